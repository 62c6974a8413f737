import {
  capacityReview,
  costReport,
  exportFeatures,
  planCapacity,
  type CapacityPlan,
  type HourlyLoad,
} from "./index.js";
import { ms } from "./testing/instants.js";
import { policyOf } from "./testing/policy.js";

const hour = 3_600_000;
const policy = { ...policyOf(), markets: { ...policyOf().markets, other: policyOf().markets["uk"]! } };
const from = ms("2027-03-31T00:00Z");
/** One day of each season's month: 10 an hour to the end of March in London, then 40. */
const hourlyLoad: readonly HourlyLoad[] = Array.from({ length: 48 }, (_, index) => {
  const upper = index < 23 ? 10 : 40;
  return { at: from + index * hour, expected: upper, lower: upper - 1, upper };
});
const planOf = (market: string): CapacityPlan =>
  planCapacity({
    policy,
    market,
    zone: "Europe/London",
    from,
    to: from + 48 * hour,
    hourlyLoad,
    serviceRatePerSlot: 1 / 360,
    targetUtilisation: 1,
    levelFactor: 1,
    current: 1,
    floor: 1,
    cap: 10,
    leadTimeMs: 0,
    mode: "active",
  });

describe("the cost report", () => {
  it("SEA-6: compares with the static peak by season and market, cut at the market's local day", () => {
    const report = costReport({ policy, plan: planOf("uk"), staticPeak: 4, pricePerSlotHour: 0.5 });
    expect(report.seasons).toEqual([
      {
        market: "uk",
        season: "off",
        hours: 23,
        slotHours: 23,
        staticSlotHours: 92,
        cost: 11.5,
        staticCost: 46,
        saving: 0.75,
      },
      {
        market: "uk",
        season: "mid",
        hours: 25,
        slotHours: 100,
        staticSlotHours: 100,
        cost: 50,
        staticCost: 50,
        saving: 0,
      },
    ]);
    expect(report.total).toMatchObject({ hours: 48, slotHours: 123, staticSlotHours: 192, cost: 61.5 });
  });

  it("SEA-6: takes several plans with a peak for each market", () => {
    const plan = [planOf("uk"), planOf("other")];
    const report = costReport({ policy, plan, staticPeak: { uk: 4, other: 0 }, pricePerSlotHour: 1 });
    expect(report.seasons.map(({ market, saving }) => [market, saving])).toEqual([
      ["uk", 0.75],
      ["uk", 0],
      ["other", 0],
      ["other", 0],
    ]);
    expect(() => costReport({ policy, plan, staticPeak: { uk: 4 }, pricePerSlotHour: 1 })).toThrow(
      "staticPeak of other",
    );
    expect(() => costReport({ policy, plan, staticPeak: 4, pricePerSlotHour: -1 })).toThrow("pricePerSlotHour");
  });
});

describe("the capacity review", () => {
  it("MON-10: says what came, where it was too much, and how good the intervals were", () => {
    const actual = [
      { at: from, executions: 12 },
      { at: from + hour, executions: 10 },
      { at: from + 2 * hour, executions: 30 },
      { at: from + 30 * hour, executions: 40 },
      { at: from - hour, executions: 1e6 },
      { at: from + 48 * hour, executions: 1e6 },
    ];
    const question = { policy, plan: planOf("uk"), forecast: hourlyLoad, actual, staticPeak: 4, pricePerSlotHour: 1 };
    const review = capacityReview(question);
    expect(review).toMatchObject({
      market: "uk",
      executions: 92,
      slotHours: 123,
      shortHourCount: 2,
      shortHours: [
        { at: from + 2 * hour, executions: 30 },
        { at: from, executions: 12 },
      ],
    });
    expect(review.utilisation).toBeCloseTo(92 / 1_230);
    expect(review.intervalCoverage).toBeCloseTo(2 / 48);
    expect(review.cost.total.slotHours).toBe(123);
    expect("intervalCoverage" in capacityReview({ ...question, forecast: [] })).toBe(false);
    const idle = { ...question.plan, steps: [{ at: from, slots: 0, reasons: [] }] };
    expect(capacityReview({ ...question, plan: idle, actual: [] }).utilisation).toBe(0);
  });
});

describe("the features", () => {
  const history = Array.from({ length: 400 }, (_, index) => ({
    date: new Intl.DateTimeFormat("en-CA", { timeZone: "UTC" }).format(ms("2026-05-01T12:00Z") + index * 24 * hour),
    count: 10 + (index % 7),
  }));
  const question = {
    policy: policyOf({ periods: [{ code: "feast", from: "2027-05-30", to: "2027-05-31", multiplier: 2 }] }),
    market: "uk",
    origin: "2027-05-30",
    horizonDays: 2,
    inHand: [
      { date: "2027-05-31", count: 20 },
      { date: "2027-05-31", count: 4 },
      { date: "2027-06-01", count: 3 },
    ],
    history,
  };

  it("SEA-10: are rows of calendar and counts by market and day", () => {
    expect(exportFeatures(question)[0]).toEqual({
      market: "uk",
      origin: "2027-05-30",
      date: "2027-05-31",
      leadDays: 1,
      month: 5,
      weekday: 1,
      dayOfYear: 151,
      season: "peak",
      multiplier: 10,
      periods: ["feast"],
      inHand: 24,
      yearBefore: history.find(({ date }) => date === "2026-06-01")?.count,
      last28Days: 28 * 13,
    });
  });

  it("SEA-10: small counts are left out, so that no one can be found in them", () => {
    expect(exportFeatures(question)[1]?.inHand).toBeNull();
    expect(exportFeatures({ ...question, suppressBelow: 0 })[1]?.inHand).toBe(3);
    expect(exportFeatures({ ...question, inHand: [] })[1]?.inHand).toBe(0);
  });

  it("SEA-10: nothing after the origin is read, and what is not known is null", () => {
    const leaked = exportFeatures({ ...question, origin: "2026-05-10", horizonDays: 400 });
    expect(leaked.every(({ yearBefore, last28Days }) => last28Days === null && (yearBefore ?? 10) >= 10)).toBe(true);
    expect(leaked.find(({ date }) => date === "2027-05-10")?.yearBefore).toBeNull();
    expect(() => exportFeatures({ ...question, horizonDays: 0 })).toThrow("horizonDays");
    expect(() => exportFeatures({ ...question, origin: "2027-02-30" })).toThrow("calendar");
  });
});
