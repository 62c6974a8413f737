import { createBench, meta, type Bench } from "./testing/bench.js";
import { day, monthBeforeAt, sealed, uuidOf, wedding } from "./testing/work.js";

const codeOf = (answer: { readonly ok: true } | { readonly ok: false; readonly refusal: { readonly code: string } }) =>
  answer.ok ? "ok" : answer.refusal.code;
const moved = { schedule: { ...wedding.schedule, date: "2026-07-04", endDate: "2026-07-04" } };

describe("requests", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = createBench();
    await bench.book();
  });

  it("SCH-4: are accepted with their due time, and wait in the pending index", async () => {
    const answer = await bench.scheduler.requestExecution(bench.requestOf(1), meta);
    expect(answer).toMatchObject({ ok: true, changed: true, repeated: false, events: ["ExecutionRequested"] });
    expect(answer.ok && answer.value.work?.dueAt).toBe(monthBeforeAt);
    expect(bench.pending()).toMatchObject([{ execution: uuidOf(1), version: 1, held: false }]);
  });

  it("SCH-6 S22: of calls at once with one key one writes, and all answer the same", async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => bench.scheduler.requestExecution(bench.requestOf(1), meta)),
    );
    expect(answers.filter((answer) => answer.ok && answer.repeated === false).length).toBe(1);
    expect(new Set(answers.map((answer) => JSON.stringify(answer.ok && answer.value))).size).toBe(1);
    expect(await bench.types(1)).toEqual(["ExecutionRequested"]);
  });

  it("SCH-6: another body under the same key is refused, but a journey step keeps what was accepted first", async () => {
    const journey = { journeyId: "default", step: "month-before", version: 1 };
    await bench.scheduler.requestExecution(bench.requestOf(1), meta);
    await bench.scheduler.requestExecution(bench.requestOf(2, { journey }), meta);
    const other = { bodyDigest: "other" };
    expect(codeOf(await bench.scheduler.requestExecution(bench.requestOf(1, other), meta))).toBe(
      "idempotency_key_reused",
    );
    const edited = { ...other, journey: { ...journey, version: 2 } };
    expect(await bench.scheduler.requestExecution(bench.requestOf(2, edited), meta)).toMatchObject({
      ok: true,
      repeated: true,
    });
    expect(await bench.types(2)).toEqual(["ExecutionRequested"]);
  });

  it("SCENARIOS 4: a request that was planned for an older schedule is planned again", async () => {
    const stale = await bench.scheduler.loadWedding(wedding.vendor, wedding.wedding);
    await bench.book(moved);
    const known = stale.ok ? { known: stale.state } : {};
    const answer = await bench.scheduler.requestExecution(bench.requestOf(1, known), meta);
    expect(answer.ok && answer.value.work).toMatchObject({ scheduleVersion: 2, dueAt: monthBeforeAt + 14 * day });
  });

  it("SCENARIOS 4: a wedding that moves with every try ends in a refusal, not in a loop", async () => {
    let days = 1;
    const race = async (): Promise<void> => {
      bench.before(undefined);
      days += 1;
      const date = `2026-08-${String(days).padStart(2, "0")}`;
      await bench.book({ schedule: { ...wedding.schedule, date, endDate: date } });
      bench.before(race);
    };
    bench.before(race);
    expect(codeOf(await bench.scheduler.requestExecution(bench.requestOf(1), meta))).toBe("busy");
    expect(bench.pending()).toEqual([]);
  });

  it("for a wedding that is unknown, or was cancelled, are refused; what was accepted before is still answered", async () => {
    expect(codeOf(await bench.scheduler.requestExecution(bench.requestOf(1, { wedding: "other" }), meta))).toBe(
      "wedding_unknown",
    );
    await bench.scheduler.requestExecution(bench.requestOf(1), meta);
    await bench.scheduler.cancelWedding(wedding.vendor, wedding.wedding, meta);
    expect(codeOf(await bench.scheduler.requestExecution(bench.requestOf(2), meta))).toBe("wedding_cancelled");
    expect(await bench.scheduler.requestExecution(bench.requestOf(1), meta)).toMatchObject({
      ok: true,
      repeated: true,
    });
  });

  it("SCENARIOS 4: a cancellation that comes between reading and writing wins", async () => {
    bench.before(async () => await bench.scheduler.cancelWedding(wedding.vendor, wedding.wedding, meta));
    expect(codeOf(await bench.scheduler.requestExecution(bench.requestOf(1), meta))).toBe("wedding_cancelled");
    expect(await bench.types(1)).toEqual([]);
  });

  it("SCH-13: a step whose moment had passed is accepted and skipped in one append", async () => {
    bench.setNow(monthBeforeAt + 1);
    const answer = await bench.scheduler.requestExecution(bench.requestOf(1), meta);
    expect(answer).toMatchObject({
      ok: true,
      events: ["ExecutionRequested", "ExecutionSkipped"],
      value: { phase: "skipped" },
    });
    expect(bench.pending()).toEqual([]);
  });

  it("a time of day that is none, and text that no log can hold, are refused with their reason", async () => {
    const when = { kind: "day", day: -30, time: "25:00" } as const;
    expect(codeOf(await bench.scheduler.requestExecution(bench.requestOf(1, { when }), meta))).toBe("time_invalid");
    const poison = { sealed: { ...sealed, body: "\u0000" } };
    expect(codeOf(await bench.scheduler.requestExecution(bench.requestOf(1, poison), meta))).toBe("append_refused");
  });

  it("SCENARIOS 15: a stream with an event that this build cannot read is left alone", async () => {
    await bench.scheduler.requestExecution(bench.requestOf(1), meta);
    const foreign = (category: string, stream: string, expectedVersion: number) =>
      bench.log.append({
        class: "normal",
        meta: { ...meta, time: 1 },
        streams: [
          {
            category,
            stream,
            expectedVersion,
            events: [{ id: uuidOf(9_000), type: "FromTheFuture", schemaVersion: 1, data: {} }],
          },
        ],
      });
    await foreign("execution", uuidOf(1), 1);
    expect(codeOf(await bench.scheduler.requestExecution(bench.requestOf(1), meta))).toBe("unreadable");
    expect(codeOf(await bench.scheduler.cancelExecution(uuidOf(1), "requested", meta))).toBe("unreadable");
    await foreign("wedding", bench.scheduler.weddingStream(wedding.vendor, wedding.wedding), 1);
    expect(codeOf(await bench.scheduler.requestExecution(bench.requestOf(2), meta))).toBe("unreadable");
    await bench.scheduler.followWedding(
      bench.scheduler.weddingStream(wedding.vendor, wedding.wedding),
      bench.pending(),
    );
    expect(await bench.types(1)).toEqual(["ExecutionRequested", "FromTheFuture"]);
  });

  it("SCH-2 SCH-10: the class of the append is the class of the work, and bulk gives way", async () => {
    bench.setNow(monthBeforeAt + 29 * day);
    const now = { when: { kind: "now" as const } };
    await bench.scheduler.requestExecution(bench.requestOf(1, now), meta);
    await bench.scheduler.requestExecution(bench.requestOf(2, { ...now, bulk: true }), meta);
    bench.setNow(monthBeforeAt);
    await bench.scheduler.requestExecution(bench.requestOf(3, now), meta);
    expect(bench.classes).toEqual(["control", "critical", "bulk", "normal"]);
  });
});
