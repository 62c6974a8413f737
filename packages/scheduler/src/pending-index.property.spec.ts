import { tiers, type Tier } from "@wedsync/contracts/scheduler";
import * as fc from "fast-check";
import { createPendingIndex, type PendingIndex } from "./pending-index.js";
import type { PendingItem } from "./pending-item.js";
import { byExecution, item, request, tierOfItem } from "./testing/batches.js";
import { tierRank } from "./tier.js";

const indexOf = (items: readonly PendingItem[]): PendingIndex => {
  const index = createPendingIndex();
  for (const each of items) index.put(each);
  return index;
};
const items = fc.array(item, { maxLength: 80 });
const tick = fc.record({
  wait: fc.integer({ min: 0, max: 60 }),
  credits: fc.integer({ min: 0, max: 12 }),
  criticalCredits: fc.integer({ min: 0, max: 4 }),
});

describe("batches of any pending work", () => {
  it("SCH-2 INVARIANTS 34 and 36: credits are never exceeded, the reserve is for critical work, and no lower tier goes before critical work but for the share that low work is owed", () => {
    fc.assert(
      fc.property(items, fc.array(tick, { maxLength: 8 }), (all, ticks) => {
        const index = indexOf(all);
        const waiting = byExecution(all);
        let now = 0;
        for (const { wait, credits, criticalCredits } of ticks) {
          now += wait;
          const { chosen } = index.nextBatch(request({ now, credits, criticalCredits }));
          for (const { item: each, tier } of chosen) {
            expect(waiting.get(each.execution)).toEqual(each);
            expect(each.work.dueAt).toBeLessThanOrEqual(now);
            expect(tier).toBe(tierOfItem(each, now));
            waiting.delete(each.execution);
          }
          const critical = chosen.filter(({ tier }) => tier === "critical").length;
          const used = Math.max(0, critical - criticalCredits) + (chosen.length - critical);
          expect(used).toBeLessThanOrEqual(credits);
          const left = [...waiting.values()].filter((each) => each.work.dueAt <= now);
          const ofTier = (tier: Tier) => left.filter((each) => tierOfItem(each, now) === tier).length;
          if (ofTier("critical") > 0) expect(critical).toBeGreaterThanOrEqual(criticalCredits);
          for (const { tier, reason } of chosen) {
            if (reason.code === "low_guarantee") continue;
            const higher = tiers.filter((other) => tierRank(other) < tierRank(tier));
            expect(higher.map(ofTier)).toEqual(higher.map(() => 0));
          }
          // No slot stays empty while work is due.
          if (left.length > 0) expect(used).toBe(credits);
        }
        expect(index.size).toBe(waiting.size);
      }),
      { numRuns: 500 },
    );
  });

  it("INVARIANTS 33 S20: after any time, each item counts in the tier that the tier function gives for now", () => {
    fc.assert(
      fc.property(items, fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 8 }), (all, waits) => {
        const index = indexOf(all);
        let now = 0;
        for (const wait of waits) {
          now += wait;
          const expected: Partial<Record<Tier, number>> = {};
          for (const each of byExecution(all).values()) {
            if (each.work.dueAt > now) continue;
            const tier = tierOfItem(each, now);
            expected[tier] = (expected[tier] ?? 0) + 1;
          }
          expect(index.nextBatch(request({ now })).due).toEqual(expected);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("SCH-3: inside a vendor and a tier the earliest deadline goes first", () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 0, max: 150 }), fc.integer({ min: 0, max: 30 }), (all, now, credits) => {
        const index = indexOf(all);
        const { chosen } = index.nextBatch(request({ now, credits }));
        const rest = index.nextBatch(request({ now, credits: 1_000 })).chosen;
        for (const tier of tiers) {
          for (const vendor of new Set(all.map((each) => each.work.vendor))) {
            const deadlines = [...chosen, ...rest]
              .filter((each) => each.tier === tier && each.item.work.vendor === vendor)
              .map((each) => each.item.work.deadline);
            expect(deadlines).toEqual(deadlines.toSorted((one, other) => one - other));
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("nothing is lost and nothing comes twice: putting, replacing, removing, pausing and releasing in any order", () => {
    const action = fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant("put" as const), item, held: fc.boolean() }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("remove" as const), item }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("tick" as const), tick }) },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant("pause" as const), module: fc.constantFrom("email", "none") }),
      },
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
        const index = createPendingIndex();
        const model = new Map<string, PendingItem>();
        let paused = "none";
        let now = 0;
        const take = (credits: number): void => {
          const isPaused = (each: PendingItem): boolean => each.work.moduleType === paused;
          for (const { item: each } of index.nextBatch(request({ now, credits, isPaused })).chosen) {
            expect(isPaused(each)).toBe(false);
            expect(model.get(each.execution)).toEqual(each);
            model.delete(each.execution);
          }
        };
        for (const each of actions) {
          if (each.kind === "put") {
            index.put({ ...each.item, held: each.held });
            if (each.held) model.delete(each.item.execution);
            else model.set(each.item.execution, each.item);
          } else if (each.kind === "remove") {
            expect(index.remove(each.item.execution)).toBe(model.delete(each.item.execution));
          } else if (each.kind === "pause") {
            if (paused !== each.module) index.unpark();
            paused = each.module;
          } else {
            now += each.tick.wait;
            take(each.tick.credits);
          }
          expect(index.size).toBe(model.size);
        }
        paused = "none";
        index.unpark();
        now = 1_000;
        take(1_000);
        expect([...model.keys()]).toEqual([]);
        expect(index.nextBatch(request({ now, credits: 5 }))).toEqual({ chosen: [], due: {}, wakeAt: null });
      }),
      { numRuns: 500 },
    );
  });

  it("it says when the next item becomes due", () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 0, max: 120 }), (all, now) => {
        const later = [...byExecution(all).values()].map((each) => each.work.dueAt).filter((dueAt) => dueAt > now);
        const { wakeAt } = indexOf(all).nextBatch(request({ now }));
        expect(wakeAt).toBe(later.length === 0 ? null : Math.min(...later));
      }),
    );
  });
});
