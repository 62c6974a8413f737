// The example over a real socket: the guard, the checks and the problems, in the order a request meets them.
import { connect } from "node:net";
import type { FastifyInstance } from "fastify";
import { SignJWT, UnsecuredJWT } from "jose";
import { notesServer } from "../examples/notes.js";

const secret = new TextEncoder().encode("a-secret-of-tests-only-0123456789abcdef");
const keys = new Map([
  ["ops-key", { keyId: "k-1", role: "ops" }],
  ["lens-key", { keyId: "k-2", role: "vendor", vendor: "lens" }],
  ["reader-key", { keyId: "k-3", role: "read-only" }],
  ["odd-key", { keyId: "k-4", role: "root" }],
]);

describe("routes as data", () => {
  let server: FastifyInstance;
  let url: string;
  const refused: string[] = [];
  const traces: (string | undefined)[] = [];
  let lookups = 0;
  beforeEach(async () => {
    refused.length = 0;
    traces.length = 0;
    lookups = 0;
    server = await notesServer({
      keys: {
        verify: async (key) => {
          lookups += 1;
          return keys.get(key);
        },
      },
      jwtSecret: secret,
      requestsPerMinute: 50,
      refused,
    });
    server.addHook("preHandler", async (request) => void traces.push(request.wedsync?.context.traceparent));
    url = await server.listen({ host: "127.0.0.1", port: 0 });
  });
  afterEach(async () => {
    await server.close();
  });
  const put = async (credential: string | undefined, more: RequestInit = {}, path = "/v1/vendors/lens/notes/n-1") => {
    const answer = await fetch(`${url}${path}`, {
      method: "PUT",
      body: JSON.stringify({ text: "hello" }),
      ...more,
      headers: {
        "content-type": "application/json",
        ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
        ...(more.headers as Record<string, string> | undefined),
      },
    });
    const text = await answer.text();
    return { status: answer.status, text, body: JSON.parse(text) as Record<string, unknown>, headers: answer.headers };
  };
  const token = async (claims: object, end = "5m", key = secret) =>
    await new SignJWT(claims as Record<string, unknown>)
      .setProtectedHeader({ alg: "HS256" })
      .setSubject("person-1")
      .setExpirationTime(end)
      .sign(key);
  const vendorClaims = (vendorId?: string) => ({
    role: "authenticated",
    app_metadata: { wedsync: { role: "vendor", ...(vendorId === undefined ? {} : { vendorId }) } },
  });

  it("SEC-1: a key and a token that may call get through, as the actor they are", async () => {
    expect(await put("ops-key")).toMatchObject({ status: 200, body: { noteId: "n-1", by: "key:k-1" } });
    expect(await put("lens-key")).toMatchObject({ status: 200, body: { by: "key:k-2" } });
    expect(await put(await token(vendorClaims("lens")))).toMatchObject({ status: 200, body: { by: "user:person-1" } });
  });

  it("SEC-1: unknown, malformed, forged and ended credentials are 401 with a code, and never an echo", async () => {
    const unsigned = new UnsecuredJWT(vendorClaims("lens")).setSubject("p").setExpirationTime("5m").encode();
    const other = new TextEncoder().encode("another-secret-0123456789-0123456789");
    for (const [credential, code] of [
      [undefined, "credential_missing"],
      ["x".repeat(5_000), "credential_malformed"],
      ["nobody-key", "key_unknown"],
      ["odd-key", "key_unknown"],
      ["a.b.c", "token_invalid"],
      [unsigned, "token_invalid"],
      [await token(vendorClaims("lens"), "-1m"), "token_invalid"],
      [await token(vendorClaims("lens"), "5m", other), "token_invalid"],
      [await token(vendorClaims()), "token_claims"],
      [await token(vendorClaims('lens"')), "token_claims"],
      [await token({ ...vendorClaims("lens"), role: "service_role" }), "token_claims"],
    ] as const) {
      const answer = await put(credential);
      expect(answer).toMatchObject({ status: 401, body: { code } });
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      if (credential !== undefined) expect(answer.text).not.toContain(credential);
    }
    expect(refused).toStrictEqual([]);
  });

  it("SEC-1: a role that is not named and another vendor are 403 and reported; a route that is not described is none", async () => {
    expect(await put("reader-key")).toMatchObject({ status: 403, body: { code: "role_not_allowed" } });
    expect(await put("lens-key", {}, "/v1/vendors/rose/notes/n-1")).toMatchObject({
      status: 403,
      body: { code: "other_vendor" },
    });
    expect(refused).toStrictEqual(["putNote role_not_allowed key:k-3", "putNote other_vendor key:k-2"]);
    expect((await fetch(`${url}/not-described`, { headers: { authorization: "Bearer ops-key" } })).status).toBe(404);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });

  it.each<readonly [string, RequestInit, string, number, string]>([
    ["a body that is no JSON", { body: '{"text": canary' }, "", 400, "bad_json"],
    ["another media type", { headers: { "content-type": "text/plain" } }, "", 415, "media_type"],
    ["a body that is too large", { body: JSON.stringify({ text: "x".repeat(2_000) }) }, "", 413, "body_too_large"],
    ["a body that is too deep", { body: `${"[".repeat(40)}${"]".repeat(40)}` }, "", 400, "too_deep"],
    ["text with a NUL", { body: '{"text":"canary\\u0000"}' }, "", 400, "bad_text"],
    ["half a surrogate pair", { body: '{"text":"canary\\ud800"}' }, "", 400, "bad_text"],
    ["an unknown field", { body: '{"text":"x","canary":1}' }, "", 400, "invalid_request"],
    ["a missing field", { body: "{}" }, "", 400, "invalid_request"],
    ["text that is no UTF-8", { body: Buffer.from('{"text":"canary M\xfcller"}', "latin1") }, "", 400, "bad_text"],
    ["another charset", { headers: { "content-type": "application/json; charset=latin1" } }, "", 415, "media_type"],
    [
      "a charset in quotes",
      { headers: { "content-type": 'application/json;charset="utf-16"' } },
      "",
      415,
      "media_type",
    ],
    ["a longer media type", { headers: { "content-type": "application/json+canary" } }, "", 415, "media_type"],
    ["a packed body", { headers: { "content-encoding": "gzip" } }, "", 415, "content_encoding"],
    ["a bad id in the path", {}, "/v1/vendors/lens/notes/%20canary", 400, "invalid_request"],
  ])("SEC-2: %s is a problem without an echo", async (_what, more, path, status, code) => {
    const answer = await put("ops-key", more, path === "" ? undefined : path);
    expect(answer).toMatchObject({
      status,
      body: { code, type: `urn:wedsync:problem:${code}`, detail: expect.any(String) },
    });
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(answer.text).not.toContain("canary");
  });

  it("SEC-2: JSON in UTF-8 is read however it is announced, with every letter as it was sent", async () => {
    for (const type of ["application/json", "application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"'])
      expect((await put("ops-key", { headers: { "content-type": type, "content-encoding": "identity" } })).status).toBe(
        200,
      );
    expect((await put("ops-key", { body: JSON.stringify({ text: "Zoë M\u00fcller \u{1f48d}" }) })).status).toBe(200);
  });

  it("LOG-1: a trace context is taken over only where it is one by W3C's words", async () => {
    const [trace, span] = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"];
    for (const traceparent of [
      `00-${trace}-${span}-01`,
      `00-${"0".repeat(32)}-${span}-01`,
      `00-${trace}-${"0".repeat(16)}-01`,
      `00-${"0".repeat(32)}-${"0".repeat(16)}-00`,
      "nonsense",
    ])
      expect((await put("ops-key", { headers: { traceparent } })).status).toBe(200);
    expect(traces).toStrictEqual([`00-${trace}-${span}-01`, undefined, undefined, undefined, undefined]);
  });

  it("SEC-2: another method on a path there is: 405 with Allow; HEAD is GET without the body", async () => {
    for (const method of ["GET", "POST", "DELETE", "PATCH", "OPTIONS", "PROPFIND"]) {
      const answer = await fetch(`${url}/v1/vendors/lens/notes/n-1?canary=1`, { method });
      expect([method, answer.status, answer.headers.get("allow")]).toStrictEqual([method, 405, "PUT"]);
      expect(await answer.json()).toMatchObject({ code: "method_not_allowed" });
    }
    const answer = await fetch(`${url}/health/live`, { method: "POST" });
    expect([answer.status, answer.headers.get("allow")]).toStrictEqual([405, "GET, HEAD"]);
    const head = await fetch(`${url}/health/live`, { method: "HEAD" });
    expect([head.status, await head.text()]).toStrictEqual([200, ""]);
    expect((await fetch(`${url}/v1/vendors/lens/notes`)).status).toBe(404);
  });

  it.each<readonly [string, string, number, string]>([
    ["a method nobody knows", "CANARY / HTTP/1.1\r\nHost: x\r\n\r\n", 400, "bad_message"],
    ["a control character in a header", "GET / HTTP/1.1\r\nHost: x\r\nX-Canary: a\u0001b\r\n\r\n", 400, "bad_message"],
    [
      "20 KB of headers",
      `GET / HTTP/1.1\r\nHost: x\r\nX-Canary: ${"x".repeat(20_000)}\r\n\r\n`,
      431,
      "headers_too_large",
    ],
    [
      "an address that cannot be parsed",
      "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
      400,
      "bad_address",
    ],
  ])("SEC-2: %s is a problem too, on a connection that ends", async (_what, message, status, code) => {
    const answer = await send(message);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    expect(head).toMatch(/content-type: application\/problem\+json/i);
    expect(JSON.parse(body)).toMatchObject({ status, code, detail: expect.any(String) });
    expect(answer.toLowerCase()).not.toContain("canary");
  });

  /** Everything that comes back for bytes no client would send. */
  const send = async (message: string): Promise<string> =>
    await new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(message, "latin1"));
      let answer = "";
      socket.on("data", (chunk) => (answer += chunk.toString()));
      socket.on("end", () => resolve(answer));
      socket.on("error", reject);
    });

  it("SEC-2: more requests than allowed are 429 with Retry-After; health is not counted", async () => {
    const answers = [];
    for (let n = 0; n < 55; n += 1) answers.push(await put("ops-key"));
    expect(answers.at(-1)).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(50);
    expect(Number(answers.at(-1)?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await put("lens-key")).status).toBe(200);
  });

  it("SEC-2: guessed keys are counted by address, also when each is another; nothing is looked up any more", async () => {
    expect((await put("lens-key")).status).toBe(200);
    const statuses = [];
    for (let n = 0; n < 55; n += 1) statuses.push((await put(`guess-${n}`)).status);
    expect(statuses).toStrictEqual([...Array<number>(50).fill(401), ...Array<number>(5).fill(429)]);
    expect(lookups).toBe(51);
    for (const credential of [undefined, "a.b.c", "x".repeat(5_000)])
      expect(await put(credential)).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    // Whoever was known before is not shut out by a neighbour, nor is a token, which costs no look-up.
    expect((await put("lens-key")).status).toBe(200);
    expect((await put(await token(vendorClaims("lens")))).status).toBe(200);
    const strange = await put("ops-key");
    expect(strange.status).toBe(429);
    expect(Number(strange.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });

  it("SEC-2: requests that are not allowed are counted for their caller, and routes there are not for their address", async () => {
    const statuses = [];
    for (let n = 0; n < 52; n += 1) statuses.push((await put("reader-key")).status);
    expect(statuses.slice(49)).toStrictEqual([403, 429, 429]);
    expect(refused).toHaveLength(50);
    const paths = [];
    for (let n = 0; n < 52; n += 1) paths.push((await fetch(`${url}/v1/canary/${n}`)).status);
    expect(paths.slice(49)).toStrictEqual([404, 429, 429]);
  });
});
