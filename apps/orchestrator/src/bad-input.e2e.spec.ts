// Every route of the contract against what a hostile or clumsy caller sends. Whatever it is: a problem with a code, nothing
// written, nothing echoed. New routes are covered the moment they stand in the contract.
import type { Endpoint } from "@wedsync/adapter-http";
import { type Answer, type ApiClient, createApiClient } from "@wedsync/test";
import { endpoints } from "./contract/endpoints.js";
import { startTestPlatform, type RunningPlatform } from "./testing/running-platform.js";
import { book, dayFromNow, requestEmail, vendorBody, weddingBody } from "./testing/sample.js";

const canary = "canary-7f3a-Zoë";
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

  const footprint = async (): Promise<string> =>
    JSON.stringify(
      await platform.query(
        // The planner writes by itself, at its own times.
        `select (select count(*) from wedsync.events
                  where type <> 'CommandRefused' and category not in ('season', 'capacity')) as events,
                (select count(*) from wedsync.data_key) as keys, (select count(*) from wedsync.api_key) as api_keys,
                (select count(*) from wedsync.guard) as guards, (select count(*) from wedsync.pending) as pending`,
      ),
    );

  /** Sends, and expects a clean refusal that left nothing behind. */
  const refused = async (send: () => Promise<Answer>, statuses: readonly number[], code?: string): Promise<Answer> => {
    const before = await footprint();
    const answer = await send();
    expect(statuses).toContain(answer.status);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(answer.body).toMatchObject({
      status: answer.status,
      code: code ?? expect.stringMatching(/^[a-z_]+$/),
      detail: expect.any(String),
    });
    expect(answer.text).not.toContain(canary);
    expect(await footprint()).toBe(before);
    return answer;
  };

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

  it.each([
    "%",
    "%zz",
    "/v1/%E0%A4%A",
    "//v1///vendors",
    `/v1/${canary}`,
    "/v2/vendors/x",
    `/v1/vendors/x/${"y/".repeat(500)}`,
  ])("SEC-2: an address nobody serves, %s, is a 4xx without an echo", async (path) => {
    const answer = await platform.api.call("GET", path.startsWith("/") ? path : `/${path}`);
    expect([400, 404]).toContain(answer.status);
    expect(answer.text).not.toContain(canary);
  });

  it.each<readonly [string, string, unknown, string]>([
    ["PUT", "/v1/vendors/v-bad", { ...vendorBody, timeZone: "Mars/Olympus" }, "/body/timeZone"],
    ["PUT", "/v1/vendors/v-bad", { ...vendorBody, type: canary }, "/body/type"],
    ["PUT", "/v1/vendors/v-bad", { ...vendorBody, replyTo: canary }, "/body/replyTo"],
    ["PUT", "/v1/vendors/v-bad", { ...vendorBody, extra: canary }, "/body"],
    ["PUT", "/v1/vendors/vendor-1/weddings/w-bad", weddingBody("2026-02-30"), "/body/date"],
    ["PUT", "/v1/vendors/vendor-1/weddings/w-bad", weddingBody("12/06/2027"), "/body/date"],
    [
      "PUT",
      "/v1/vendors/vendor-1/weddings/w-bad",
      { ...weddingBody("2027-06-12"), endDate: "2027-06-11" },
      "/body/endDate",
    ],
    [
      "PUT",
      "/v1/vendors/vendor-1/weddings/w-bad",
      { ...weddingBody("2027-06-12"), timeZone: "Nowhere/Land" },
      "/body/timeZone",
    ],
    [
      "PUT",
      "/v1/vendors/vendor-1/weddings/w-bad",
      { ...weddingBody(), couple: { names: canary, email: canary } },
      "/body/couple/email",
    ],
    ["PUT", "/v1/vendors/vendor-1/journeys/j-bad", { steps: [] }, "/body/steps"],
    [
      "PUT",
      "/v1/vendors/vendor-1/journeys/j-bad",
      { steps: [{ key: "a", moduleType: "email", at: { day: -1, time: "25:00" }, config: {} }] },
      "/body/steps/0/at/time",
    ],
    [
      "PUT",
      "/v1/vendors/vendor-1/weddings/w-bad",
      { ...weddingBody(), couple: { names: `${canary}\r\nBcc: x`, email: "a@example.test" } },
      "/body/couple/names",
    ],
    ["PUT", "/v1/vendors/vendor-1/weddings/w-bad", weddingBody("9999-12-31"), "/body/date"],
    ["PUT", "/v1/vendors/v-bad", { ...vendorBody, name: "  " }, "/body/name"],
    [
      "PUT",
      "/v1/vendors/vendor-1/journeys/j-bad",
      `{"steps":[{"key":"a","moduleType":"email","at":{"day":-1,"time":"09:00"},"config":{"${canary} <a@b.c>":1e400}}]}`,
      "/body/steps/0/config/*",
    ],
    [
      "PUT",
      "/v1/vendors/vendor-1/journeys/j-bad",
      { steps: [{ key: "a", moduleType: "telepathy", at: { day: -1, time: "09:00" }, config: {} }] },
      "/body/steps/0/moduleType",
    ],
    [
      "PUT",
      "/v1/vendors/vendor-1/journeys/j-bad",
      { steps: [{ key: "a", moduleType: "email", at: { day: -1, time: "09:00" }, config: { text: canary } }] },
      "/body/steps/0/config/subject",
    ],
    [
      "PUT",
      "/v1/vendors/vendor-1/journeys/j-bad",
      {
        steps: [
          { key: "a", moduleType: "email", at: { day: -1, time: "09:00" }, config: { subject: "x", text: "{{ a." } },
        ],
      },
      "/body/steps/0/config/text",
    ],
    ["POST", "/v1/vendors/vendor-1/weddings/nobody/cancel", {}, "/params/weddingId"],
    ["POST", "/v1/module-types/email/versions", { definition: { type: "email", title: 1 } }, "/body/definition/title"],
    ["POST", "/v1/module-types/email/versions/999/activate", {}, "/params/version"],
    ["POST", "/v1/hold", { scope: canary }, "/body/scope"],
    ["POST", "/v1/keys", { role: "vendor" }, "/body"],
    ["POST", "/v1/keys", { role: canary }, "/body/role"],
  ])("SEC-2 %s %s names the offending part", async (method, path, body, where) => {
    const answer = await refused(async () => await platform.api.call(method, path, body), [400, 404, 409, 422]);
    expect(answer.body["path"]).toBe(where);
  });

  it.each<readonly [string, Record<string, unknown>, number, string, string]>([
    ["an unknown wedding", { weddingId: "nobody" }, 404, "wedding_unknown", "/body/weddingId"],
    ["an unknown module", { moduleType: "telepathy" }, 404, "module_unknown", "/body/moduleType"],
    ["an instant in the past", { when: { at: "2020-01-01T00:00:00Z" } }, 422, "at_in_the_past", "/body/when/at"],
    [
      "an instant no answer can write",
      { when: { at: "9999-12-31T23:59:59-23:59" } },
      400,
      "invalid_request",
      "/body/when/at",
    ],
    ["an instant without a zone", { when: { at: "2030-01-01T00:00:00" } }, 400, "invalid_request", "/body/when/at"],
    ["a time that is none", { when: { day: -1, time: "9 o'clock" } }, 400, "invalid_request", "/body/when/time"],
    [
      "a template that cannot be rendered",
      { payload: { subject: "{{ couple.", text: canary } },
      422,
      "template_invalid",
      "/body/payload/subject",
    ],
    ["a payload without a subject", { payload: { text: canary } }, 422, "request_invalid", "/body/payload/subject"],
    [
      "a field nobody knows",
      { payload: { [canary]: 1, subject: "x", text: "x" } },
      422,
      "request_invalid",
      "/body/payload",
    ],
    [
      "header injection in the subject",
      { payload: { subject: `a\r\nBcc: ${canary}`, text: "x" } },
      422,
      "request_invalid",
      "/body/payload/subject",
    ],
    [
      "a recipient that is none",
      { payload: { to: canary, subject: "x", text: "x" } },
      422,
      "request_invalid",
      "/body/payload/to",
    ],
  ])("SCH-6 REG-2: an execution with %s is refused and nothing is queued", async (_what, more, status, code, path) => {
    const answer = await refused(
      async () => await requestEmail(platform.api, "vendor-1", "wedding-1", `bad-${code}`, more),
      [status],
    );
    expect(answer.body["code"]).toBe(code);
    expect(answer.body["path"]).toBe(path);
  });

  it("SCH-6: without an Idempotency-Key an execution is refused by that name", async () => {
    const body = { weddingId: "wedding-1", moduleType: "email", payload: { subject: "x", text: "x" } };
    for (const headers of [{}, { "idempotency-key": "" }, { "idempotency-key": "x".repeat(300) }])
      await refused(
        async () => await platform.api.call("POST", "/v1/vendors/vendor-1/executions", body, headers),
        [400],
        "idempotency_key_required",
      );
  });

  it("SEC-1: tokens: only HS256 with our secret, an end, the role `authenticated` and our claims", async () => {
    const { SignJWT, UnsecuredJWT } = await import("jose");
    const { jwtSecret } = await import("./testing/running-platform.js");
    const good = { role: "authenticated", app_metadata: { wedsync: { role: "ops" } } };
    const sign = async (claims: Record<string, unknown>, secret = jwtSecret, end: string | null = "5m") => {
      const token = new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).setSubject("person-1");
      return await (end === null ? token : token.setExpirationTime(end)).sign(new TextEncoder().encode(secret));
    };
    const ask = async (token: string) => (await createApiClient(platform.url, token).call("GET", "/v1/status")).status;
    expect(await ask(await sign(good))).toBe(200);
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
