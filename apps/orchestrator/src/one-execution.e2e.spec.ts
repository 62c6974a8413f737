// One execution from POST to mail, and everything a caller may do with it on the way.
import { until } from "@wedsync/test";
import { startTestPlatform, type RunningPlatform } from "./testing/running-platform.js";
import { book, dayFromNow, emailPayload, requestEmail } from "./testing/sample.js";

describe("one execution", () => {
  let platform: RunningPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform();
    await book(platform.api, "vendor-1", "wedding-1");
  });
  afterAll(async () => {
    await platform.stop();
  });
  const state = async (id: string) =>
    (
      await platform.api.call<{ status: string; reason?: string; dueAt: string; tier: string }>(
        "GET",
        `/v1/executions/${id}`,
      )
    ).body;
  const settled = async (id: string, status: string) =>
    await until(
      async () => await state(id),
      (found) => found.status === status,
    );

  it("SCH-4 SCH-12 API-1: is accepted, mailed once, and its history tells how", async () => {
    const accepted = await requestEmail(platform.api, "vendor-1", "wedding-1", "key-1", {
      payload: emailPayload("First"),
    });
    expect(accepted.status).toBe(202);
    expect(accepted.headers.get("location")).toBe(`/v1/executions/${accepted.body.executionId}`);
    expect(accepted.body).toMatchObject({ tier: "normal" });
    await settled(accepted.body.executionId, "succeeded");
    const mails = (await platform.smtp.mails()).filter((mail) => mail.subject === "First");
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      to: '"Anna & Ben" <anna.ben@example.test>',
      text: expect.stringContaining("Dear Anna & Ben"),
    });
    const history = await platform.api.call<{ items: { type: string }[] }>(
      "GET",
      `/v1/executions/${accepted.body.executionId}/history`,
    );
    expect(history.body.items.map((event) => event.type)).toStrictEqual([
      "ExecutionRequested",
      "ExecutionStarted",
      "ExecutionEffectBegun",
      "ExecutionSucceeded",
    ]);
    expect(history.text).not.toContain("anna.ben");
  });

  it("SCH-6 S22: the same key gives the same execution, also from twenty callers at once; another body is refused", async () => {
    const calls = await Promise.all(
      Array.from({ length: 20 }, async () => await requestEmail(platform.api, "vendor-1", "wedding-1", "key-2")),
    );
    expect(new Set(calls.map((call) => call.body.executionId)).size).toBe(1);
    expect(calls.map((call) => call.status).toSorted()).toStrictEqual([...Array.from({ length: 19 }, () => 200), 202]);
    const other = await requestEmail(platform.api, "vendor-1", "wedding-1", "key-2", {
      payload: emailPayload("Other"),
    });
    expect(other).toMatchObject({ status: 409, body: { code: "idempotency_key_reused" } });
    const reordered = await platform.api.call(
      "POST",
      "/v1/vendors/vendor-1/executions",
      `{"payload":{"text":"Dear {{ couple.names }}, see you soon.","subject":"Hello"},"moduleType":"email","weddingId":"wedding-1"}`,
      { "idempotency-key": "key-2" },
    );
    expect(reordered.status).toBe(200);
    const stored = await platform.query(
      "select from wedsync.events where type = 'ExecutionRequested' and stream = $1",
      [calls[0]?.body.executionId],
    );
    expect(stored).toHaveLength(1);
  });

  it("SCH-6: the key itself is nowhere in the database", async () => {
    await requestEmail(platform.api, "vendor-1", "wedding-1", "a-key-nobody-stores");
    const found = await platform.query(
      "select from wedsync.events where data::text like '%a-key-nobody-stores%' or meta::text like '%a-key-nobody-stores%'",
    );
    expect(found).toStrictEqual([]);
  });

  it("SCH-1 SCH-4: a relative time follows the wedding, a moved wedding moves it, and its tier with it", async () => {
    await book(platform.api, "vendor-1", "wedding-2", { date: dayFromNow(100) });
    const accepted = await requestEmail(platform.api, "vendor-1", "wedding-2", "key-3", {
      when: { day: -30, time: "09:00" },
    });
    expect(accepted.body.status).toBe("scheduled");
    expect(accepted.body.dueAt.slice(0, 10)).toBe(dayFromNow(70));
    await book(platform.api, "vendor-1", "wedding-2", { date: dayFromNow(40) });
    const moved = await until(
      async () => await state(accepted.body.executionId),
      (found) => found.dueAt.slice(0, 10) === dayFromNow(10),
    );
    expect(moved.status).toBe("scheduled");
    const [row] = await platform.query<{ schedule_version: number }>(
      "select schedule_version from wedsync.pending where execution = $1",
      [accepted.body.executionId],
    );
    expect(row?.schedule_version).toBe(2);
  });

  it("SCH-1: work of a wedding tomorrow is critical", async () => {
    await book(platform.api, "vendor-1", "wedding-3", { date: dayFromNow(1) });
    const accepted = await requestEmail(platform.api, "vendor-1", "wedding-3", "key-4");
    expect(accepted.body.tier).toBe("critical");
    await settled(accepted.body.executionId, "succeeded");
  });

  it("SCH-10: a cancelled execution never runs, and cancelling it again changes nothing", async () => {
    const accepted = await requestEmail(platform.api, "vendor-1", "wedding-1", "key-5", {
      when: { at: `${dayFromNow(3)}T10:00:00Z` },
    });
    const cancel = async () => await platform.api.call("POST", `/v1/executions/${accepted.body.executionId}/cancel`);
    expect(await cancel()).toMatchObject({ status: 200, body: { status: "cancelled" } });
    const before = await platform.query("select from wedsync.events where stream = $1", [accepted.body.executionId]);
    const again = await cancel();
    expect([200, 409]).toContain(again.status);
    const after = await platform.query("select from wedsync.events where stream = $1", [accepted.body.executionId]);
    expect(after).toHaveLength(before.length);
  });

  it("INVARIANTS 31: a cancelled wedding cancels what waits and accepts nothing more", async () => {
    await book(platform.api, "vendor-1", "wedding-4", { date: dayFromNow(50) });
    const accepted = await requestEmail(platform.api, "vendor-1", "wedding-4", "key-6", {
      when: { day: -7, time: "09:00" },
    });
    const cancelled = await platform.api.call("POST", "/v1/vendors/vendor-1/weddings/wedding-4/cancel");
    expect(cancelled).toMatchObject({ status: 200, body: { status: "cancelled" } });
    await settled(accepted.body.executionId, "cancelled");
    expect(await requestEmail(platform.api, "vendor-1", "wedding-4", "key-7")).toMatchObject({
      status: 409,
      body: { code: "wedding_cancelled" },
    });
  });

  it("SCH-10 INVARIANTS 31: nothing inside a held scope starts until it is released", async () => {
    await book(platform.api, "vendor-2", "wedding-1");
    expect((await platform.api.call("POST", "/v1/hold", { scope: "vendor:vendor-2" })).status).toBe(200);
    const held = await requestEmail(platform.api, "vendor-2", "wedding-1", "key-8");
    // Work accepted after it, of another vendor, is done: so the dispatcher has passed the held one by.
    const other = await requestEmail(platform.api, "vendor-1", "wedding-1", "key-9");
    await settled(other.body.executionId, "succeeded");
    expect((await state(held.body.executionId)).status).toBe("waiting");
    const status = await platform.api.call<{ holds: { scope: string }[] }>("GET", "/v1/status");
    expect(status.body.holds.map((hold) => hold.scope)).toStrictEqual(["vendor:vendor-2"]);
    expect((await platform.api.call("POST", "/v1/release", { scope: "vendor:vendor-2" })).status).toBe(200);
    await settled(held.body.executionId, "succeeded");
  });

  it("REG-1: a module type without a handler is refused at acceptance and when a journey names it", async () => {
    const sms = { weddingId: "wedding-1", moduleType: "sms", payload: { text: "hi" } };
    expect(
      await platform.api.call("POST", "/v1/vendors/vendor-1/executions", sms, { "idempotency-key": "key-10" }),
    ).toMatchObject({ status: 409, body: { code: "handler_missing" } });
    const journey = {
      steps: [{ key: "a", moduleType: "sms", at: { day: -1, time: "09:00" }, config: { text: "hi" } }],
    };
    expect(await platform.api.call("PUT", "/v1/vendors/vendor-1/journeys/j", journey)).toMatchObject({
      status: 409,
      body: { code: "handler_missing" },
    });
  });

  it("INVARIANTS 1-4, 14-16, 19-22, 30: the log of all this is whole", async () => {
    await until(
      async () => await platform.query("select from wedsync.open_attempt"),
      (rows) => rows.length === 0,
    );
    const odd = await platform.query(
      `select 'gap' from wedsync.events having count(*) <> max(position) or min(position) <> 1
       union all select 'version' from wedsync.events group by stream having count(*) <> max(version)
       union all select 'two successes' from wedsync.events where type = 'ExecutionSucceeded' group by stream having count(*) > 1
       union all select 'started twice' from (
         select type, lead(type) over (partition by stream order by version) as next from wedsync.events
          where type in ('ExecutionStarted','ExecutionSucceeded','ExecutionFailed','ExecutionAttemptLost','ExecutionUncertain')) t
        where type = 'ExecutionStarted' and next = 'ExecutionStarted'`,
    );
    expect(odd).toStrictEqual([]);
    const succeeded = await platform.query<{ count: string }>(
      "select count(*) from wedsync.events where type = 'ExecutionSucceeded'",
    );
    expect(await platform.smtp.mails()).toHaveLength(Number(succeeded[0]?.count));
  });
});
