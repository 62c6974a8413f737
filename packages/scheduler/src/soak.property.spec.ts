// An hour of dispatching on a simulated clock: arrivals of all tiers and vendors, one batch a second.
import type { Tier } from "@wedsync/contracts/scheduler";
import * as fc from "fast-check";
import { defaultDispatchPolicy } from "./dispatch-policy.js";
import { createPendingIndex } from "./pending-index.js";
import { request } from "./testing/batches.js";
import { anItem } from "./testing/work.js";

const second = 1_000;
const seconds = 3_600;
const credits = 20;
const criticalCredits = 5;
const vendors = Array.from({ length: 30 }, (_, index) => `vendor-${index}`);
const never = { highFrom: 9e12, criticalFrom: 9e12, criticalUntil: 9e12 };

interface Hour {
  readonly waits: ReadonlyMap<string, readonly number[]>;
  /** Starts of low work in each minute. */
  readonly lowPerMinute: readonly number[];
  readonly left: number;
}

function anHour(arrivals: readonly number[]): Hour {
  const index = createPendingIndex();
  const waits = new Map<string, number[]>();
  const lowPerMinute: number[] = Array.from({ length: 60 }, () => 0);
  let number = 0;
  const arrive = (now: number, vendor: string, defaultTier: Tier): void => {
    number += 1;
    index.put(anItem(number, { vendor, defaultTier, dueAt: now, deadline: now + 4 * 3_600_000, window: never }));
  };
  // A bulk that alone would fill the hour, and low work that nobody would get to.
  for (let each = 0; each < 60_000; each += 1) arrive(0, "bulk", "normal");
  for (let each = 0; each < 20_000; each += 1) arrive(0, "bulk", "low");
  for (let tick = 0; tick < seconds; tick += 1) {
    const now = tick * second;
    const chance = arrivals[tick % arrivals.length] ?? 0;
    for (let each = 0; each < chance % 5; each += 1) arrive(now, vendors[(chance + each) % 30] ?? "", "normal");
    if (chance % 3 === 0) arrive(now, vendors[chance % 30] ?? "", "high");
    for (let each = 0; each < chance % (criticalCredits + 1); each += 1)
      arrive(now, vendors[(chance + 7 * each) % 30] ?? "", "critical");
    if (chance % 4 === 0) arrive(now, vendors[chance % 30] ?? "", "low");
    for (const { item, tier } of index.nextBatch(request({ now, credits, criticalCredits })).chosen) {
      const { vendor, dueAt } = item.work;
      const key = `${tier} ${vendor === "bulk" ? "bulk" : "others"}`;
      const list = waits.get(key) ?? [];
      list.push((now - dueAt) / second);
      waits.set(key, list);
      if (tier === "low") {
        const minute = Math.floor(tick / 60);
        lowPerMinute[minute] = (lowPerMinute[minute] ?? 0) + 1;
      }
    }
  }
  return { waits, lowPerMinute, left: index.size };
}

it("SCH-2 SCH-3: in an hour under a bulk of 80,000, critical work never waits, small vendors wait seconds, and low work always moves", () => {
  const arrivals = fc.array(fc.nat({ max: 1_000 }), { minLength: 200, maxLength: 600 });
  fc.assert(
    fc.property(arrivals, (chances) => {
      const { waits, lowPerMinute, left } = anHour(chances);
      const longest = (key: string): number => (waits.get(key) ?? []).reduce((most, wait) => Math.max(most, wait), 0);
      expect(longest("critical others")).toBe(0);
      expect(longest("high others")).toBe(0);
      // At most 4 arrive a second and at least 18 of the 20 slots go to normal and high work: a turn comes within seconds.
      expect(longest("normal others")).toBeLessThanOrEqual(5);
      expect(longest("low others")).toBeLessThanOrEqual(30);
      expect(Math.min(...lowPerMinute)).toBeGreaterThanOrEqual(credits * 60 * defaultDispatchPolicy.lowGuarantee);
      // The bulk was not held back either: no slot was left empty, so some of it is still there only for want of slots.
      const startedOfAll = [...waits.values()].reduce((sum, list) => sum + list.length, 0);
      expect(startedOfAll).toBeGreaterThanOrEqual(seconds * credits);
      expect(left).toBeGreaterThan(0);
    }),
    { numRuns: 4 },
  );
});
