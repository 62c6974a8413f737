import type { Tier } from "@wedsync/contracts/scheduler";
import * as fc from "fast-check";
import { defaultDispatchPolicy } from "./dispatch-policy.js";
import { createPendingIndex, type ChosenItem } from "./pending-index.js";
import { request } from "./testing/batches.js";
import { anItem } from "./testing/work.js";

let number = 0;
const due = (vendor: string, defaultTier: Tier = "normal", deadline = 0) => {
  number += 1;
  return anItem(number, {
    vendor,
    defaultTier,
    dueAt: 0,
    deadline,
    window: { highFrom: 9e12, criticalFrom: 9e12, criticalUntil: 9e12 },
  });
};
const backlog = (counts: Readonly<Record<string, number>>, tier: Tier = "normal") => {
  const index = createPendingIndex();
  for (const [vendor, count] of Object.entries(counts))
    for (let each = 0; each < count; each += 1) index.put(due(vendor, tier));
  return index;
};
const countOf = (chosen: readonly ChosenItem[], vendor: string): number =>
  chosen.filter((each) => each.item.work.vendor === vendor).length;

describe("fairness between vendors", () => {
  it("SCH-3: a vendor with 10,000 items takes its turn like the others, from the first batch on", () => {
    const index = backlog({ bulk: 10_000, a: 20, b: 20, c: 20 });
    const { chosen } = index.nextBatch(request({ now: 1, credits: 40 }));
    expect(["bulk", "a", "b", "c"].map((vendor) => countOf(chosen, vendor))).toEqual([10, 10, 10, 10]);
  });

  it("SCH-3: a vendor that comes while a bulk is under way is served at once, and an idle one saves nothing up", () => {
    const index = backlog({ bulk: 10_000, late: 1 });
    index.nextBatch(request({ now: 1, credits: 5_000 }));
    for (let each = 0; each < 30; each += 1) index.put(due("late"));
    const { chosen } = index.nextBatch(request({ now: 2, credits: 20 }));
    expect(Math.abs(countOf(chosen, "late") - countOf(chosen, "bulk"))).toBeLessThanOrEqual(1);
  });

  it("SCH-3: vendors that always have work get shares in proportion to their weights, within one start each", () => {
    const weights = fc.dictionary(
      fc.constantFrom("a", "b", "c", "d", "constructor", "__proto__"),
      fc.double({ min: 0.25, max: 8, noNaN: true }),
      { minKeys: 2, noNullPrototype: true },
    );
    fc.assert(
      fc.property(weights, fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 8 }), (vendorWeights, batches) => {
        const vendors = Object.keys(vendorWeights);
        const index = backlog(Object.fromEntries(vendors.map((vendor) => [vendor, 210])));
        const policy = { ...defaultDispatchPolicy, vendorWeights };
        const chosen = batches.flatMap((credits) => index.nextBatch(request({ now: 1, credits, policy })).chosen);
        for (const one of vendors) {
          for (const other of vendors) {
            const [w1, w2] = [vendorWeights[one] ?? 1, vendorWeights[other] ?? 1];
            // The bound of start-time fair queueing for items of one size.
            const apart = Math.abs(countOf(chosen, one) / w1 - countOf(chosen, other) / w2);
            expect(apart).toBeLessThanOrEqual(1 / w1 + 1 / w2 + 1e-9);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("SCH-3: a vendor named like a property of every object has the weight 1", () => {
    const index = backlog({ constructor: 50, toString: 50, plain: 50 });
    const { chosen } = index.nextBatch(request({ now: 1, credits: 30 }));
    expect(["constructor", "toString", "plain"].map((vendor) => countOf(chosen, vendor))).toEqual([10, 10, 10]);
  });

  it("memory of vendors that are long idle is given back, and what waits is not lost by it", () => {
    const index = createPendingIndex();
    for (let vendor = 0; vendor < 25_000; vendor += 1) {
      index.put(due(`vendor-${vendor}`));
      if (vendor % 5 === 4) index.nextBatch(request({ now: 1, credits: 4 }));
    }
    expect(index.size).toBe(5_000);
    expect(index.nextBatch(request({ now: 1, credits: 6_000 })).chosen.length).toBe(5_000);
  });
});

describe("the lowest tier", () => {
  it("SCH-3 INVARIANTS 34: gets its guaranteed share while others wait, whatever the sizes of the batches", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 40 }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.constantFrom<Tier>("critical", "high", "normal"),
        (batches, lowGuarantee, rival) => {
          const index = createPendingIndex();
          for (let each = 0; each < 700; each += 1) {
            index.put(due("a", "low"));
            index.put(due("a", rival));
          }
          const policy = { ...defaultDispatchPolicy, lowGuarantee };
          let [credits, low] = [0, 0];
          for (const batch of batches) {
            credits += batch;
            low += index
              .nextBatch(request({ now: 1, credits: batch, policy }))
              .chosen.filter(({ tier }) => tier === "low").length;
            expect(Math.abs(low - credits * lowGuarantee)).toBeLessThan(1 + 1e-9);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("SCH-2: its share never comes out of the slots that are kept for critical work", () => {
    const index = backlog({ a: 100 }, "low");
    const { chosen } = index.nextBatch(request({ now: 1, credits: 0, criticalCredits: 50 }));
    expect(chosen).toEqual([]);
  });

  it("is not owed anything for a time when it had no work", () => {
    const index = backlog({ a: 1_000 });
    for (let tick = 0; tick < 50; tick += 1) index.nextBatch(request({ now: 1, credits: 10 }));
    for (let each = 0; each < 100; each += 1) index.put(due("a", "low"));
    const { chosen } = index.nextBatch(request({ now: 1, credits: 10 }));
    expect(chosen.filter(({ tier }) => tier === "low").length).toBe(0);
  });
});
