// What the log cannot record does not happen: keys, reads of personal data, and what a refused item leaves behind.
import { startTestPlatform, type RunningPlatform } from "./testing/running-platform.js";
import { book, requestEmail, vendorBody, weddingBody } from "./testing/sample.js";

let platform: RunningPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
  await book(platform.api, "v", "w");
});
afterAll(async () => await platform.stop());

const typesOf = async (category: string): Promise<readonly string[]> =>
  (
    await platform.query<{ type: string }>("select type from wedsync.events where category = $1 order by position", [
      category,
    ])
  ).map(({ type }) => type);

it("LOG-7 SEC-1: a key is told of before it opens anything, and again when it is revoked", async () => {
  const { api } = platform;
  const issued = await api.call<{ keyId: string }>("POST", "/v1/keys", { role: "ops" });
  expect(issued.status).toBe(201);
  const [event] = await platform.query<{ data: { keyId: string } }>(
    "select data from wedsync.events where type = 'ApiKeyIssued'",
  );
  expect(event?.data.keyId).toBe(issued.body.keyId);
  expect((await api.call("DELETE", `/v1/keys/${issued.body.keyId}`)).status).toBe(200);
  expect((await api.call("DELETE", `/v1/keys/${issued.body.keyId}`)).status).toBe(404);
  expect((await typesOf("platform")).filter((type) => type === "ApiKeyRevoked")).toHaveLength(1);
});

it("LOG-7: to look at the journey that ships writes nothing; to apply it stores it", async () => {
  const { api } = platform;
  const reader = await platform.as("read-only");
  const seen = await reader.call("GET", "/v1/vendors/v/journeys/default");
  expect(seen).toMatchObject({ status: 200, body: { journeyId: "default", version: 1 } });
  expect(await typesOf("journey")).toEqual([]);
  expect((await api.call("POST", "/v1/vendors/v/weddings/w/journeys/default")).status).toBeLessThan(300);
  expect(await typesOf("journey")).toEqual(["JourneyDefined"]);
  expect((await reader.call("GET", "/v1/vendors/v/journeys/default")).body).toEqual(seen.body);
});

it("SEC-2: an item that is no wedding is refused alone, and nothing of it is repeated", async () => {
  const hostile = [{ toString: 1 }, "Anna and Ben Secret", 7, null, ["a"], "x".repeat(300)];
  const items = [
    { weddingId: "first", ...weddingBody() },
    ...hostile.map((weddingId) => ({ weddingId, ...weddingBody() })),
    null,
    { weddingId: "last", ...weddingBody() },
  ];
  const answer = await platform.api.call<{ results: readonly { weddingId: string; status: string }[] }>(
    "POST",
    "/v1/vendors/v/weddings/bulk",
    { items },
  );
  expect(answer.status).toBe(200);
  expect(answer.body.results.map(({ status }) => status)).toEqual([
    "created",
    ...Array.from({ length: hostile.length + 1 }, () => "refused"),
    "created",
  ]);
  expect(answer.text).not.toContain("Secret");
  expect(answer.text).not.toContain("object Object");
});

it("SEC-2: a day of the booking that is not in the calendar is refused, and a corrected one is kept", async () => {
  const put = async (bookedOn: string) =>
    await platform.api.call("PUT", "/v1/vendors/v/weddings/dated", { ...weddingBody(), bookedOn });
  for (const impossible of ["2026-02-30", "0000-00-00", "2026-99-99"])
    expect((await put(impossible)).status).toBeGreaterThanOrEqual(400);
  expect(await put("2026-01-05")).toMatchObject({ status: 200, body: { bookedOn: "2026-01-05" } });
  expect(await put("2026-01-04")).toMatchObject({ status: 200, body: { bookedOn: "2026-01-04", scheduleVersion: 1 } });
});

it("SCH-1: another spelling of the zone moves no wedding", async () => {
  const spelled = { ...weddingBody(), timeZone: "europe/LONDON" };
  const put = await platform.api.call("PUT", "/v1/vendors/v/weddings/w", spelled);
  expect(put.body).toMatchObject({ timeZone: "Europe/London", scheduleVersion: 1 });
});

it("API-1: one wedding that is put many times at once is put, and nobody is told that the log is away", async () => {
  const puts = await Promise.all(
    Array.from({ length: 25 }, async (_, each) =>
      platform.api.call("PUT", "/v1/vendors/v/weddings/busy", {
        ...weddingBody(),
        couple: { names: `Couple ${each}`, email: "busy@example.test" },
      }),
    ),
  );
  expect(puts.map(({ status }) => status)).toEqual(Array.from({ length: 25 }, () => 200));
});

it("API-1: what the list shows is what was asked for, also when the list is behind", async () => {
  const accepted = await requestEmail(platform.api, "v", "w", "listed", { when: { day: -1, time: "09:00" } });
  await platform.query("update wedsync.execution_list set status = 'dead' where execution = $1", [
    accepted.body.executionId,
  ]);
  const listed = await platform.api.call<{ items: readonly { status: string }[] }>("GET", "/v1/executions?status=dead");
  expect(listed.body.items).toEqual([]);
});

// The last: nothing can be written any more from here on.
it("LOG-7 SEC-1: while the log is fenced nobody gets a key or a couple's data, and the process is not ready", async () => {
  const { api } = platform;
  await platform.query("update wedsync.log_head set system_identifier = 1");
  const before = await typesOf("platform");
  const keys = await platform.query("select from wedsync.api_key");
  const fenced = { status: 503, body: { code: "log_fenced" } };
  expect(await api.call("GET", "/v1/vendors/v/weddings/w?include=couple")).toMatchObject(fenced);
  expect(await api.call("GET", "/v1/vendors/v")).toMatchObject(fenced);
  expect(await api.call("POST", "/v1/keys", { role: "ops" })).toMatchObject(fenced);
  expect(await api.call("PUT", "/v1/vendors/other", vendorBody)).toMatchObject(fenced);
  expect(await typesOf("platform")).toEqual(before);
  expect(await platform.query("select from wedsync.api_key")).toHaveLength(keys.length);
  expect(await api.call("GET", "/health/ready")).toMatchObject({
    status: 503,
    body: { checks: { log: "failed: fenced" } },
  });
  expect((await api.call("GET", "/v1/vendors/v/weddings/w")).status).toBe(200);
});
