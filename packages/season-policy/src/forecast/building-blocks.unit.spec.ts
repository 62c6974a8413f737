import { Temporal } from "temporal-polyfill";
import { busyThresholdOf } from "./busy-threshold.js";
import { dateOf, weekdayOf } from "./calendar.js";
import { fitLeastDeviations } from "./least-deviations.js";
import { logRatio, pickUpViews, weekdayFactors } from "./pick-up.js";
import type { BookingRecord } from "./port.js";
import { mixWithProfile } from "./profile.js";
import { bookingReferences } from "./reference-forecasters.js";
import { createResiduals } from "./residuals.js";
import { seasonLags } from "./season-lag.js";
import { ascending, meanOf, quantileOf } from "./statistics.js";
import { cellOf, createSurvivorTable } from "./survivor-table.js";

describe("calendar and statistics", () => {
  it("agrees with the platform's calendar over three centuries", () => {
    const epoch = Temporal.PlainDate.from("1970-01-01");
    for (let at = -40_000; at < 70_000; at += 17) {
      const { year, month, day, dayOfWeek } = epoch.add({ days: at });
      expect(dateOf(at)).toEqual({ year, month, date: day });
      expect(weekdayOf(at)).toBe(dayOfWeek - 1);
    }
  });

  it("clips ranges and interpolates quantiles", () => {
    expect(meanOf([1, 2, 3], -5, 2)).toBe(1.5);
    expect(meanOf([1, 2, 3], 3)).toBeUndefined();
    expect(quantileOf(ascending([4, 1, 3, 2]), 0.9)).toBeCloseTo(3.7);
    expect(quantileOf([], 0.5)).toBe(0);
  });

  it("P-8: the busy threshold is the 90th percentile of the last 365 days, and needs four weeks", () => {
    expect(busyThresholdOf(new Float64Array(27))).toBeUndefined();
    const demand = [...Array<number>(100).fill(1_000), ...Array.from({ length: 365 }, (_, at) => at)];
    expect(busyThresholdOf(demand)).toBeCloseTo(327.6);
  });

  it("SEA-7: where most days have no event a busy day has one at least, so that not every day is busy", () => {
    expect(busyThresholdOf(new Float64Array(365))).toBe(1);
    expect(busyThresholdOf(new Float64Array(365).fill(0.1))).toBe(1);
  });
});

describe("regression by least absolute deviations", () => {
  const rows = Array.from({ length: 60 }, (_, at) => [1, at]);
  const features = Float64Array.from(rows.flat());
  const weights = new Float64Array(60).fill(1);

  it("finds a line through outliers that would bend least squares", () => {
    const targets = rows.map(([, at = 0]) => (at % 10 === 3 ? 500 : 2 + 3 * at));
    const [intercept, slope] = fitLeastDeviations(
      { columns: 2, features, targets, weights },
      { prior: [0, 0], pull: 0, floor: 0.01, rounds: 40 },
    );
    expect(intercept).toBeCloseTo(2, 0);
    expect(slope).toBeCloseTo(3, 1);
  });

  it("keeps the prior where the data say nothing, and where the pull is strong", () => {
    const flat = new Float64Array(120).fill(1);
    const targets = new Float64Array(60).fill(10);
    const dumb = fitLeastDeviations(
      { columns: 2, features: flat, targets, weights },
      { prior: [5, 5], pull: 1, floor: 0.5 },
    );
    expect(dumb[0]).toBeCloseTo(5);
    expect(dumb[1]).toBeCloseTo(5);
    const stiff = fitLeastDeviations(
      { columns: 2, features, targets, weights },
      { prior: [1, 2], pull: 1e6, floor: 0.5 },
    );
    expect(stiff[1]).toBeCloseTo(2, 2);
    expect(
      fitLeastDeviations({ columns: 1, features: [], targets: [], weights: [] }, { prior: [3], pull: 1, floor: 1 })[0],
    ).toBeCloseTo(3);
  });
});

describe("survivors", () => {
  it("SEA-3: a cell without bookings speaks as its segment does, one with many for itself", () => {
    const table = createSurvivorTable(2, 10);
    for (let at = 0; at < 400; at += 1) {
      table.count(7, cellOf(0, 1, 20), at % 2 === 0);
      table.count(7, cellOf(1, 12, 200), at % 10 === 0);
    }
    expect(table.share(7, cellOf(0, 1, 20))).toBeCloseTo(0.5, 1);
    expect(table.share(7, cellOf(1, 12, 200))).toBeCloseTo(0.1, 1);
    expect(table.share(7, cellOf(0, 12, 400))).toBeCloseTo(0.5, 1);
    expect(table.share(3, cellOf(0, 1, 20))).toBeCloseTo(0.9);
    table.count(3, cellOf(0, 1, 20), true);
    table.count(3, cellOf(0, 1, 20), true, -1);
    expect(table.share(3, cellOf(0, 1, 20))).toBeCloseTo(0.9);
  });
});

describe("pick-up", () => {
  it("SEA-3: last year's weeks are carried to this year's level, and one crowd does not colour them", () => {
    const values = Array.from({ length: 500 }, (_, at) => (at === 480 - 364 ? 300 : 10));
    const history = { values, first: 0, target: 510, gain: 7, lag: 364, paceRatio: 0, localRatio: 0 };
    const calm = pickUpViews(history);
    expect(calm.lastYear).toBeCloseTo(10, 0);
    expect(calm.recent).toBeCloseTo(10, 0);
    expect(calm.fresh).toBeCloseTo(7, 0);
    expect(pickUpViews({ ...history, paceRatio: Math.log(2) }).lastYear).toBeGreaterThan(12);
    expect(pickUpViews({ ...history, target: 300 }).lastYear).toBeUndefined();
    expect(pickUpViews({ ...history, values: [] })).toEqual({ recent: 0, fresh: 7, lastYear: undefined });
  });

  it("damps ratios of small counts and finds no rhythm in nothing", () => {
    expect(logRatio(2, 0)).toBeLessThan(logRatio(200, 0) / 5);
    expect(weekdayFactors([0, 0, 0], 4)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    const [monday = 0, , , , , saturday = 0] = weekdayFactors(
      Array.from({ length: 70 }, (_, at) => (weekdayOf(at) === 5 ? 20 : 2)),
      0,
    );
    expect(saturday).toBeGreaterThan(2.5 * monday);
  });

  it("SEA-3: compares with 52 weeks ago, or with the feast of the year before near a feast that moves", () => {
    const lagOf = seasonLags([
      { day: 1_000, name: "feast" },
      { day: 1_385, name: "feast" },
      { day: 1_390, name: "new" },
    ]);
    expect(lagOf(1_384)).toBe(385);
    expect(lagOf(1_389)).toBe(385);
    expect(lagOf(1_300)).toBe(364);
    expect(lagOf(1_001)).toBe(364);
  });

  it("a profile fades as history grows", () => {
    expect(mixWithProfile(10, undefined, 0)).toBe(10);
    expect(mixWithProfile(10, 30, 0)).toBe(30);
    expect(mixWithProfile(10, 30, 91)).toBe(20);
    expect(mixWithProfile(10, 30, 364)).toBe(10);
  });
});

describe("residuals", () => {
  it("SEA-3: intervals hold as often as they say, on misses of the same kind", () => {
    const residuals = createResiduals();
    for (let at = 0; at < 200; at += 1) residuals.add(50 + ((at * 37) % 101) - 50, 50, 1);
    const { interval, chanceOf } = residuals.outlook(50, 1);
    expect(interval(0.8).low).toBeCloseTo(10, -1);
    expect(interval(0.8).high).toBeCloseTo(90, -1);
    expect(chanceOf(50)).toBeCloseTo(0.5, 1);
    expect(chanceOf(1_000)).toBeLessThan(0.01);
  });

  it("SEA-3: a closed season does not make the first open days look certain", () => {
    const residuals = createResiduals();
    for (let at = 0; at < 200; at += 1) residuals.add(50 + ((at * 37) % 101) - 50, 50, 7);
    const open = residuals.outlook(50, 7).interval(0.8);
    for (let at = 0; at < 150; at += 1) residuals.add(0, 0.2, 1.1);
    expect(residuals.outlook(50, 7).interval(0.8)).toEqual(open);
    expect(residuals.outlook(0.2, 1.1).interval(0.8).high).toBeLessThan(0.5);
  });

  it("SEA-3: without misses the chance of a rare event is that of Poisson, and misses take over without a step", () => {
    const residuals = createResiduals();
    const chances = Array.from({ length: 130 }, (_, at) => {
      const chance = residuals.outlook(0.05, Math.sqrt(1.1)).chanceOf(1);
      residuals.add(at % 20 === 10 ? 1 : 0, 0.05, Math.sqrt(1.1));
      return chance;
    });
    expect(chances[0]).toBeCloseTo(1 - Math.exp(-0.05), 2);
    for (const chance of chances) expect(chance).toBeLessThan(0.12);
    for (const [at, chance] of chances.slice(1).entries()) {
      expect(Math.abs(chance - (chances[at] as number))).toBeLessThan(0.06);
    }
  });

  it("without misses is wider than chance alone would make it", () => {
    const { low, high } = createResiduals().outlook(100, 10).interval(0.8);
    expect(high - low).toBeGreaterThan(2 * 1.28 * 10);
  });
});

describe("the yardsticks for bookings", () => {
  // Every day ten bookings stand a week before, and twelve come; nobody cancels.
  const records: readonly BookingRecord[] = Array.from({ length: 60 }, (_, day) =>
    Array.from({ length: 12 }, (_, at) => ({ day, bookedOn: day - (at < 10 ? 7 : 2) })),
  ).flat();
  it.each(bookingReferences.map((forecaster) => [forecaster.name, forecaster] as const))(
    "P-8: %s foresees the same again",
    (_, forecaster) => {
      const { days } = forecaster.prepare(records, { horizon: 6 })(50);
      for (const { point } of days) expect(point).toBeCloseTo(12);
    },
  );
});
