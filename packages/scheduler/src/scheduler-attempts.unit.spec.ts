import { createBench, meta, type Bench } from "./testing/bench.js";
import { handover, worker } from "./testing/execution-facts.js";
import { minute, monthBeforeAt, retry, sealed, uuidOf, wedding } from "./testing/work.js";
import type { PendingItem } from "./pending-item.js";

const vendor = wedding.vendor;
const claimAt = (now: number) => ({ handover, worker, now, policyVersion: 1 });

describe("the scheduler over a log", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = createBench();
    await bench.book();
    await bench.scheduler.requestExecution(bench.requestOf(1), meta);
  });
  const only = (): PendingItem => {
    const [item] = bench.pending();
    if (item === undefined) throw new Error("Nothing is pending.");
    return item;
  };
  const claim = async (item: PendingItem = only(), now: number = monthBeforeAt) => {
    const claimed = bench.scheduler.claim(item, claimAt(now));
    return claimed === undefined ? undefined : await bench.log.append(claimed.request);
  };
  const attempt = (version: number, number = 1) => ({ version, attempt: number, worker, handover, provider: "smtp" });
  const outcomeOf = (version: number, effectBegun: boolean) => ({
    ...attempt(version),
    effectBegun,
    now: monthBeforeAt,
    random: 0.5,
    retry,
  });

  describe("attempts", () => {
    it("SCH-7: begin, report, done, without reading the stream", async () => {
      const item = only();
      await claim(item);
      expect(await bench.scheduler.beginEffect(item, attempt(2))).toMatchObject({ ok: true, version: 3 });
      expect(bench.log.rows("open_attempt")).toMatchObject([{ provider: "smtp" }]);
      const done = await bench.scheduler.reportOutcome(item, { ...outcomeOf(3, true), outcome: { kind: "accepted" } });
      expect(done).toMatchObject({ ok: true, version: 4, state: { phase: "succeeded" } });
      expect([bench.log.rows("open_attempt"), bench.pending()]).toEqual([[], []]);
    });

    it("SCENARIOS 2: a report whose answer was lost is made again without effect", async () => {
      const item = only();
      await claim(item);
      const report = { ...outcomeOf(2, false), outcome: { kind: "not_sent" as const, code: "smtp_no_such_host" } };
      await bench.scheduler.reportOutcome(item, report);
      expect(await bench.scheduler.reportOutcome(item, report)).toMatchObject({ ok: true, version: 4 });
      expect(await bench.types(1)).toEqual([
        "ExecutionRequested",
        "ExecutionStarted",
        "ExecutionFailed",
        "ExecutionRetryScheduled",
      ]);
    });

    it("SCENARIOS 2: a worker that was given up may not begin, and what it says later is kept", async () => {
      const item = only();
      await claim(item);
      const loss = { attempt: 1, worker, now: monthBeforeAt, random: 0.5, retryOf: () => retry };
      expect(await bench.scheduler.loseAttempt(item.execution, loss)).toMatchObject({
        ok: true,
        state: { phase: "pending" },
      });
      expect(await bench.scheduler.loseAttempt(item.execution, loss)).toMatchObject({ ok: true, version: 4 });
      expect(await bench.scheduler.beginEffect(item, attempt(2))).toEqual({ ok: false, code: "not_running" });
      const late = await bench.scheduler.reportOutcome(item, { ...outcomeOf(2, false), outcome: { kind: "accepted" } });
      expect(late).toMatchObject({ ok: true, version: 6 });
      expect((await bench.types(1)).slice(-2)).toEqual(["LateOutcomeReported", "ExecutionRetryScheduled"]);
    });

    it("S24: a cancel that comes while the report is on its way is seen by it", async () => {
      const item = only();
      await claim(item);
      await bench.scheduler.cancelExecution(item.execution, "requested", meta);
      expect(await bench.scheduler.beginEffect(item, attempt(2))).toEqual({ ok: false, code: "not_running" });
      await bench.scheduler.reportOutcome(item, {
        ...outcomeOf(2, false),
        outcome: { kind: "not_sent", code: "smtp_aborted" },
      });
      expect((await bench.types(1)).slice(-3)).toEqual(["CancelRequested", "ExecutionFailed", "ExecutionCancelled"]);
    });

    it("a stream that changes before every try is left to the next call; one that cannot be read is named", async () => {
      const item = only();
      await claim(item);
      let number = 9_000;
      const race = async (): Promise<void> => {
        bench.before(race);
        number += 1;
        const expectedVersion = (await bench.types(1)).length;
        await bench.log.append({
          class: "normal",
          meta: { ...meta, time: 1 },
          streams: [
            {
              category: "execution",
              stream: uuidOf(1),
              expectedVersion,
              events: [{ id: uuidOf(number), type: "CancelRequested", schemaVersion: 1, data: { cause: "requested" } }],
            },
          ],
        });
      };
      bench.before(race);
      const report = { ...outcomeOf(2, false), outcome: { kind: "accepted" as const } };
      expect(await bench.scheduler.reportOutcome(item, report)).toEqual({ ok: false, code: "busy" });
      bench.before(undefined);
      const expectedVersion = (await bench.types(1)).length;
      await bench.log.append({
        class: "normal",
        meta: { ...meta, time: 1 },
        streams: [
          {
            category: "execution",
            stream: uuidOf(1),
            expectedVersion,
            events: [{ id: uuidOf(8_000), type: "FromTheFuture", schemaVersion: 1, data: {} }],
          },
        ],
      });
      expect(await bench.scheduler.reportOutcome(item, report)).toEqual({ ok: false, code: "unreadable" });
    });

    it("a loss of what does not exist, and a receipt that no log can hold, are answered with a code", async () => {
      const loss = { attempt: 1, worker, now: monthBeforeAt, random: 0.5, retryOf: () => retry };
      expect(await bench.scheduler.loseAttempt(uuidOf(99), loss)).toEqual({ ok: false, code: "execution_unknown" });
      const item = only();
      await claim(item);
      const report = { ...outcomeOf(2, false), outcome: { kind: "accepted" as const, receipt: "\u0000" } };
      expect(await bench.scheduler.reportOutcome(item, report)).toMatchObject({ ok: false });
    });
  });

  it("people cancel, redrive, release and settle", async () => {
    const { scheduler } = bench;
    const item = only();
    await claim(item);
    await scheduler.reportOutcome(item, {
      ...outcomeOf(2, false),
      outcome: { kind: "unknown", code: "smtp_connection_lost" },
    });
    expect(bench.log.rows("attention")).toMatchObject([{ execution: uuidOf(1), kind: "uncertain", vendor }]);
    bench.setNow(monthBeforeAt + minute);
    expect(await scheduler.settle(item.execution, "retry", sealed, meta)).toMatchObject({
      value: { phase: "pending" },
    });
    expect(bench.log.rows("attention")).toEqual([]);
    expect(only().work).toMatchObject({ attempts: 1, dueAt: monthBeforeAt + minute });
    expect(await scheduler.releaseExecution(item.execution, meta)).toMatchObject({ ok: true, changed: false });
    expect(await scheduler.redrive(item.execution, meta)).toMatchObject({ ok: true, changed: false });
    expect(await scheduler.cancelExecution(item.execution, "requested", meta)).toMatchObject({
      events: ["ExecutionCancelled"],
    });
    expect(await scheduler.redrive(item.execution, meta)).toMatchObject({
      ok: false,
      refusal: { code: "not_redrivable" },
    });
    const loaded = await scheduler.execution(item.execution);
    expect(loaded.ok && loaded.state.phase).toBe("cancelled");
  });
});
