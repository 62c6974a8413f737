import { createBench, meta, type Bench } from "./testing/bench.js";
import { handover, worker } from "./testing/execution-facts.js";
import { day, monthBeforeAt, sealed, uuidOf, wedding } from "./testing/work.js";
import type { PendingItem } from "./pending-item.js";

const vendor = wedding.vendor;
const later = { ...wedding.schedule, date: "2026-07-04", endDate: "2026-07-04" };
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
  const follow = async (): Promise<void> =>
    await bench.scheduler.followWedding(bench.scheduler.weddingStream(vendor, wedding.wedding), bench.pending());
  const claim = async (item: PendingItem = only(), now: number = monthBeforeAt) => {
    const claimed = bench.scheduler.claim(item, claimAt(now));
    return claimed === undefined ? undefined : await bench.log.append(claimed.request);
  };

  describe("weddings", () => {
    it("are booked once, moved and read back", async () => {
      expect(await bench.book()).toMatchObject({ ok: true, changed: false, events: [] });
      expect(await bench.book({ schedule: later })).toMatchObject({
        ok: true,
        changed: true,
        events: ["WeddingMoved"],
      });
      const loaded = await bench.scheduler.loadWedding(vendor, wedding.wedding);
      expect(loaded.ok && loaded.state).toMatchObject({ schedule: later, scheduleVersion: 2 });
      expect(await bench.book({ schedule: { ...later, zone: "Nowhere" } })).toMatchObject({
        ok: false,
        refusal: { code: "zone_unknown" },
      });
    });

    it("SCH-1 SCH-4 INVARIANTS 53: a moved wedding takes its work along, once, wherever it was interrupted", async () => {
      await bench.scheduler.requestExecution(bench.requestOf(2, { when: { kind: "at", at: monthBeforeAt } }), meta);
      await bench.book({ schedule: later });
      await follow();
      await follow();
      expect(bench.pending().map(({ work }) => [work.scheduleVersion, work.dueAt - monthBeforeAt])).toEqual([
        [2, 14 * day],
        [2, 0],
      ]);
      expect(await bench.types(1)).toEqual(["ExecutionRequested", "ExecutionRescheduled"]);
      expect(await bench.types(2)).toEqual(["ExecutionRequested", "ExecutionRescheduled"]);
    });

    it("SCH-10: a cancelled wedding cancels what waits, and nothing of it starts from that moment on", async () => {
      await bench.scheduler.cancelWedding(vendor, wedding.wedding, meta);
      expect(await claim()).toMatchObject({ ok: false, code: "guard_refused", actual: "2/cancelled" });
      await follow();
      await follow();
      expect(await bench.types(1)).toEqual(["ExecutionRequested", "ExecutionCancelled"]);
      expect(bench.pending()).toEqual([]);
    });

    it("rows of executions that are gone are passed over", async () => {
      const stray = { ...only(), execution: uuidOf(77) };
      await bench.book({ schedule: later });
      await bench.scheduler.followWedding(bench.scheduler.weddingStream(vendor, wedding.wedding), [stray]);
      expect(await bench.types(77)).toEqual([]);
    });

    it("have journeys, which are templates with versions", async () => {
      const define = async (digest: string) =>
        await bench.scheduler.defineJourney(
          vendor,
          {
            journeyId: "default",
            digest,
            sealed,
            steps: [{ key: "a", moduleType: "email", at: { day: -30, time: "09:00" } }],
          },
          meta,
        );
      expect(await bench.scheduler.journey(vendor, "default")).toBeUndefined();
      expect(await define("a")).toMatchObject({ ok: true, value: { version: 1 } });
      expect(await define("a")).toMatchObject({ ok: true, changed: false });
      expect(await define("b")).toMatchObject({ ok: true, value: { version: 2 } });
      expect(await bench.scheduler.journey(vendor, "default")).toMatchObject({ version: 2, digest: "b" });
      const mark = async () =>
        await bench.scheduler.markJourneyApplied(vendor, wedding.wedding, "default", 2, meta, true);
      expect(await mark()).toMatchObject({ events: ["JourneyApplied"], value: { journeys: { default: 2 } } });
      expect(await mark()).toMatchObject({ changed: false });
    });
  });

  describe("claims", () => {
    it("SCH-7: of two claims of one item one wins", async () => {
      const item = only();
      const results = [await claim(item), await claim(item)];
      expect(results.map((result) => result?.ok)).toEqual([true, false]);
      expect(await bench.types(1)).toEqual(["ExecutionRequested", "ExecutionStarted"]);
      expect(bench.log.rows("open_attempt")).toMatchObject([
        { execution: uuidOf(1), attempt: 1, worker, provider: null },
      ]);
    });

    it("INVARIANTS 30 SCENARIOS 4: a claim that was made for an older schedule is refused", async () => {
      const stale = only();
      await bench.book({ schedule: later });
      expect(await claim(stale)).toMatchObject({ ok: false, code: "guard_refused", expected: "1", actual: "2" });
    });

    it("INVARIANTS 31 SCH-10: nothing starts inside a held scope, of whatever kind, and all goes on when it is released", async () => {
      for (const scope of [
        "platform",
        `vendor:${vendor}`,
        `wedding:${vendor}/smith-jones`,
        "module:email",
        "market:united-kingdom",
        "tier:normal",
      ]) {
        expect(await bench.scheduler.hold(scope, "requested", meta)).toMatchObject({ ok: true, changed: true });
        expect(await claim()).toMatchObject({ ok: false, code: "guard_refused", key: `hold:${scope}` });
        expect(await bench.scheduler.release(scope, meta)).toMatchObject({ ok: true, value: { paused: false } });
      }
      expect(await bench.scheduler.hold("everything", "requested", meta)).toMatchObject({
        refusal: { code: "scope_invalid" },
      });
      await bench.scheduler.hold("tier:critical", "requested", meta);
      expect(await claim()).toMatchObject({ ok: true });
    });

    it("SCH-2: a claim of critical work is appended as critical work", async () => {
      const soon = monthBeforeAt + 29 * day;
      bench.setNow(soon);
      await bench.scheduler.requestExecution(bench.requestOf(2, { when: { kind: "now" } }), meta);
      const item = bench.pending().find(({ execution }) => execution === uuidOf(2)) ?? only();
      expect(bench.scheduler.claim(item, claimAt(soon))?.request.class).toBe("critical");
      expect(
        bench.scheduler.claim(only(), { ...claimAt(monthBeforeAt), leader: { role: "dispatcher", epoch: 3 } })?.request,
      ).toMatchObject({ class: "normal", leader: { role: "dispatcher", epoch: 3 } });
    });

    it("SCH-13: what is not due or is held has no claim; what came too late is skipped instead of started", async () => {
      expect(bench.scheduler.claim(only(), claimAt(monthBeforeAt - 1))).toBeUndefined();
      expect(bench.scheduler.claim({ ...only(), held: true }, claimAt(monthBeforeAt))).toBeUndefined();
      expect(bench.scheduler.claim(only(), claimAt(monthBeforeAt))?.started).toBe(true);
      expect(bench.scheduler.claim(only(), claimAt(monthBeforeAt + 2 * day))?.started).toBe(false);
      await claim(only(), monthBeforeAt + 2 * day);
      expect(await bench.types(1)).toEqual(["ExecutionRequested", "ExecutionSkipped"]);
    });
  });
});
