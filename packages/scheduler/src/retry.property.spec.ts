import * as fc from "fast-check";
import { retryDelayMs } from "./retry.js";

const policy = fc.record({
  baseMs: fc.integer({ min: 1, max: 60_000 }),
  capMs: fc.integer({ min: 1, max: 86_400_000 }),
});
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const boundOf = (attempt: number, { baseMs, capMs }: { baseMs: number; capMs: number }): number =>
  Math.min(capMs, baseMs * 2 ** (attempt - 1));

it("SCH-5: full jitter: whole milliseconds between nothing and the exponential bound, under the cap", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), policy, random, (attempt, each, chance) => {
      const delay = retryDelayMs(attempt, each, chance);
      expect(Number.isSafeInteger(delay)).toBe(true);
      expect(delay).toBeGreaterThanOrEqual(0);
      expect(delay).toBeLessThanOrEqual(boundOf(attempt, each));
    }),
  );
});

it("SCH-5: the bound doubles with each attempt and never falls", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), policy, random, (attempt, each, chance) => {
      expect(retryDelayMs(attempt + 1, each, chance)).toBeGreaterThanOrEqual(retryDelayMs(attempt, each, chance));
    }),
  );
  const delays = [1, 2, 3, 4, 5].map((attempt) => retryDelayMs(attempt, { baseMs: 1_000, capMs: 10_000 }, 0.9999));
  expect(delays).toEqual([999, 1_999, 3_999, 7_999, 9_999]);
});

it("SCH-5: the whole range is used evenly: every tenth of it is met about as often as the others", () => {
  const buckets = Array.from({ length: 10 }, () => 0);
  for (let step = 0; step < 1_000; step += 1) {
    const bucket = Math.floor(retryDelayMs(3, { baseMs: 1_000, capMs: 60_000 }, step / 1_000) / 400);
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  expect(buckets).toEqual(Array.from({ length: 10 }, () => 100));
});
