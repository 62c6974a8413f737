// The example over a real socket: the guard, the checks and the problems, in the order a request meets them.
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
  beforeEach(async () => {
    refused.length = 0;
    server = await notesServer({
      keys: { verify: async (key) => keys.get(key) },
      jwtSecret: secret,
      requestsPerMinute: 50,
      refused,
    });
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

  it("SEC-2: more requests than allowed are 429 with Retry-After; health is not counted", async () => {
    const answers = [];
    for (let n = 0; n < 55; n += 1) answers.push(await put("ops-key"));
    expect(answers.at(-1)).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    expect(Number(answers.at(-1)?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await put("lens-key")).status).toBe(200);
  });
});
