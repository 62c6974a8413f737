// Every route of the contract against what a hostile or clumsy caller sends. Whatever it is: a problem with a code, nothing
// written, nothing echoed. New routes are covered the moment they stand in the contract.
import type { Endpoint } from "@wedsync/adapter-http";
import { type ApiClient, createApiClient } from "@wedsync/test";
import { endpoints } from "./contract/endpoints.js";
import { canary, refusalCheck } from "./testing/refusal-check.js";
import { startTestPlatform, type RunningPlatform } from "./testing/running-platform.js";
import { book, dayFromNow, requestEmail } from "./testing/sample.js";

const all: readonly Endpoint[] = Object.values(endpoints);
const guarded = all.filter((endpoint) => endpoint.allow !== "open");
const withBody = all.filter(
  (endpoint) => endpoint.method !== "GET" && endpoint.body?.safeParse(undefined).success === false,
);

/** A path that reaches the route: names that exist for everything before the last part. */
const pathOf = (endpoint: Endpoint, fill: Readonly<Record<string, string>> = {}): string =>
  endpoint.path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => fill[name] ?? sampleParam[name] ?? "x");
const sampleParam: Readonly<Record<string, string>> = {
  vendorId: "vendor-1",
  weddingId: "wedding-1",
  journeyId: "default",
  executionId: "00000000-0000-4000-8000-000000000000",
  keyId: "00000000-0000-4000-8000-000000000000",
  type: "email",
  version: "1",
};
const named = (endpoint: Endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const;

describe("bad input", () => {
  let platform: RunningPlatform;
  let stranger: ApiClient;
  beforeAll(async () => {
    platform = await startTestPlatform();
    await book(platform.api, "vendor-1", "wedding-1");
    stranger = createApiClient(platform.url);
  });
  afterAll(async () => {
    await platform.stop();
  });
  const refused = refusalCheck(() => platform);

  it.each(guarded.map(named))(
    "SEC-1 %s: without a credential, with a malformed and with an unknown one: 401",
    async (_name, endpoint) => {
      const path = pathOf(endpoint);
      await refused(async () => await stranger.call(endpoint.method, path), [401], "credential_missing");
      for (const authorization of ["Basic abc", "Bearer", `Bearer ${"x".repeat(5_000)}`])
        await refused(
          async () => await stranger.call(endpoint.method, path, undefined, { authorization }),
          [401],
          "credential_malformed",
        );
      for (const authorization of ["Bearer wk_0123456789", "Bearer a.b.c"])
        await refused(async () => await stranger.call(endpoint.method, path, undefined, { authorization }), [401]);
    },
  );

  it.each(guarded.map(named))(
    "SEC-1 %s: roles that are not named for it get 403, and the refusal is recorded",
    async (_name, endpoint) => {
      for (const role of ["vendor", "service", "read-only", "ops"] as const) {
        if (endpoint.allow === "open" || endpoint.allow.includes(role)) continue;
        const client = await platform.as(role, role === "vendor" ? "vendor-1" : undefined);
        await refused(async () => await client.call(endpoint.method, pathOf(endpoint)), [403], "role_not_allowed");
      }
    },
  );

  it.each(guarded.filter((endpoint) => endpoint.path.includes(":vendorId")).map(named))(
    "SEC-1 %s: a vendor's key reaches no other vendor",
    async (_name, endpoint) => {
      if (endpoint.allow === "open" || !endpoint.allow.includes("vendor")) return;
      const other = await platform.as("vendor", "vendor-2");
      await refused(async () => await other.call(endpoint.method, pathOf(endpoint)), [403], "other_vendor");
    },
  );

  it.each(withBody.map(named))(
    "SEC-2 %s: bodies that are no JSON, too deep, too large, of another type or another shape",
    async (_name, endpoint) => {
      const path = pathOf(endpoint);
      const headers = { "idempotency-key": "key-of-bad-input" };
      const send = async (body: unknown, more: Readonly<Record<string, string>> = {}) =>
        await platform.api.call(endpoint.method, path, body, { ...headers, ...more });
      await refused(async () => await send(`{"${canary}": `), [400], "bad_json");
      await refused(async () => await send(""), [400]);
      await refused(async () => await send(canary, { "content-type": "text/plain" }), [415], "media_type");
      const latin1 = { "content-type": "application/json; charset=latin1" };
      await refused(async () => await send("{}", latin1), [415], "media_type");
      await refused(async () => await send("{}", { "content-encoding": "gzip" }), [415], "content_encoding");
      await refused(async () => await send(`${"[".repeat(40)}"${canary}"${"]".repeat(40)}`), [400], "too_deep");
      await refused(async () => await send(JSON.stringify({ a: `${canary}\u0000` })), [400], "bad_text");
      await refused(async () => await send(`{"a":"${canary}\\ud800"}`), [400], "bad_text");
      await refused(async () => await send(`{"__proto__":{"${canary}":1},"constructor":"${canary}"}`), [400]);
      for (const body of ["null", "[]", "42", `"${canary}"`, "{}", `{"${canary}":"${canary}"}`])
        await refused(async () => await send(body), [400], "invalid_request");
      const limit = endpoint.bodyLimit ?? 64 * 1024;
      await refused(async () => await send(`"${"x".repeat(limit + 1)}"`), [413], "body_too_large");
    },
  );

  it.each(all.filter((endpoint) => endpoint.params !== undefined).map(named))(
    "SEC-2 %s: path parts of the wrong form: 400 with the part's name",
    async (_name, endpoint) => {
      const names = [...endpoint.path.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => name ?? "");
      const body = endpoint.body === undefined ? undefined : {};
      for (const name of names) {
        for (const value of ["%20", "a%2Fb", "%00", "..%2F..", `${"x".repeat(200)}`, "%C3%B6"]) {
          const answer = await platform.api.call(endpoint.method, pathOf(endpoint, { [name]: value }), body);
          expect(answer.status).toBe(400);
          expect(answer.body).toMatchObject({ code: expect.stringMatching(/^(invalid_request|bad_address)$/) });
        }
      }
    },
  );

  it("SEC-1: tokens: only HS256 with our secret, an end, the role `authenticated` and our claims", async () => {
    const { SignJWT, UnsecuredJWT } = await import("jose");
    const { jwtSecret } = await import("./testing/running-platform.js");
    const good = { role: "authenticated", app_metadata: { wedsync: { role: "ops" } } };
    const sign = async (
      claims: Record<string, unknown>,
      secret = jwtSecret,
      end: string | null = "5m",
      subject = "person-1",
    ) => {
      const token = new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).setSubject(subject);
      return await (end === null ? token : token.setExpirationTime(end)).sign(new TextEncoder().encode(secret));
    };
    const ask = async (token: string) => (await createApiClient(platform.url, token).call("GET", "/v1/status")).status;
    expect(await ask(await sign(good))).toBe(200);
    expect(await ask(await sign(good, jwtSecret, "5m", "person\u0000one"))).toBe(401);
    expect(await ask(await sign({ ...good, role: "service_role" }))).toBe(401);
    expect(await ask(await sign({ ...good, app_metadata: {} }))).toBe(401);
    expect(await ask(await sign({ ...good, app_metadata: { wedsync: { role: "vendor" } } }))).toBe(401);
    expect(await ask(await sign({ ...good, app_metadata: { wedsync: { role: "root" } } }))).toBe(401);
    expect(await ask(await sign(good, "another-secret-0123456789-0123456789"))).toBe(401);
    expect(await ask(await sign(good, jwtSecret, "-1m"))).toBe(401);
    expect(await ask(await sign(good, jwtSecret, null))).toBe(401);
    expect(await ask(new UnsecuredJWT(good).setSubject("person-1").setExpirationTime("5m").encode())).toBe(401);
    const vendor = await sign({ ...good, app_metadata: { wedsync: { role: "vendor", vendorId: "vendor-1" } } });
    expect(await ask(vendor)).toBe(403);
    expect((await createApiClient(platform.url, vendor).call("GET", "/v1/vendors/vendor-1")).status).toBe(200);
  });

  it("SEC-1: another vendor's execution does not exist for a vendor", async () => {
    const accepted = await requestEmail(platform.api, "vendor-1", "wedding-1", "key-1", {
      when: { at: `${dayFromNow(5)}T10:00:00Z` },
    });
    const other = await platform.as("vendor", "vendor-2");
    for (const [method, path] of [
      ["GET", ""],
      ["GET", "/history"],
      ["POST", "/cancel"],
      ["POST", "/redrive"],
    ] as const)
      await refused(
        async () => await other.call(method, `/v1/executions/${accepted.body.executionId}${path}`),
        [404],
        "execution_unknown",
      );
    const listed = await other.call<{ items: unknown[] }>("GET", "/v1/executions");
    expect(listed.body.items).toStrictEqual([]);
    expect([200, 403]).toContain((await other.call("GET", "/v1/executions?vendor=vendor-1")).status);
    expect(
      (await other.call<{ items?: unknown[] }>("GET", "/v1/executions?vendor=vendor-1")).body.items ?? [],
    ).toStrictEqual([]);
  });

  it("LOG-7: refused commands are in the log with who and why, never with what", async () => {
    const events = await platform.query<{ data: { command: string; code: string; actor: string } }>(
      "select data from wedsync.events where type = 'CommandRefused'",
    );
    expect(events.length).toBeGreaterThan(0);
    for (const { data } of events) {
      expect(Object.keys(data).toSorted()).toStrictEqual(["actor", "code", "command"]);
      expect(JSON.stringify(data)).not.toContain(canary);
    }
  });
});
