import * as fc from "fast-check";
import { hourlyLoad, learnLoadShape } from "./index.js";
import { addDays } from "./civil-time.js";
import { ms } from "./testing/instants.js";

const zones = fc.constantFrom(
  "Europe/London",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Apia",
);
const cells = fc.array(
  fc.record({
    dayOffset: fc.integer({ min: -40, max: 10 }),
    hour: fc.integer({ min: 0, max: 23 }),
    executions: fc.double({ min: 0, max: 50, noNaN: true }),
  }),
  { maxLength: 12 },
);
const days = fc
  .tuple(
    fc.constantFrom("2027-03-10", "2027-10-25", "2028-02-25"),
    fc.array(fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.double({ min: 0, max: 30, noNaN: true })), {
      maxLength: 14,
    }),
  )
  .map(([first, counts]) =>
    counts.map(([expected, more], index) => ({
      date: addDays(first, index),
      expected,
      lower: expected / 2,
      upper: expected + more,
    })),
  );
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe("the load by hour of any events", () => {
  it("SEA-4: no execution is lost or doubled by zones, clock changes or leap days", () => {
    fc.assert(
      fc.property(zones, cells, days, (zone, counts, events) => {
        const shape = learnLoadShape(counts, 1);
        const load = hourlyLoad(events, shape, { zone });
        expect(sum(load.map(({ expected }) => expected))).toBeCloseTo(
          shape.total * sum(events.map(({ expected }) => expected)),
          4,
        );
        load.forEach((hour, index) => {
          expect(hour.at % 3_600_000).toBe(0);
          expect(hour.at).toBeGreaterThan(load[index - 1]?.at ?? Number.NEGATIVE_INFINITY);
          expect(hour.lower).toBeLessThanOrEqual(hour.expected);
          expect(hour.upper).toBeGreaterThanOrEqual(hour.expected);
        });
      }),
    );
  });

  it("SEA-4: asked for some hours, gives those of all", () => {
    const start = ms("2027-03-01T00:00Z");
    const hours = fc.tuple(fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: 1, max: 800 }));
    fc.assert(
      fc.property(zones, cells, days, hours, (zone, counts, events, [skipped, length]) => {
        const shape = learnLoadShape(counts, 1);
        const from = start + skipped * 3_600_000;
        const to = from + length * 3_600_000;
        const all = hourlyLoad(events, shape, { zone }).filter(({ at }) => at >= from && at < to);
        const some = hourlyLoad(events, shape, { zone, from, to });
        expect(some.map(({ at }) => at)).toEqual(all.map(({ at }) => at));
        some.forEach(({ expected, upper }, index) => {
          expect(expected).toBeCloseTo(all[index]?.expected ?? Number.NaN, 6);
          expect(upper).toBeCloseTo(all[index]?.upper ?? Number.NaN, 6);
        });
      }),
    );
  });
});
