import * as fc from "fast-check";
import { multiplierAt, parsePolicy, type MarketPolicy, type SeasonPolicy } from "./index.js";
import { eachDay, instantOf } from "./civil-time.js";

const multiplier = fc.double({ min: 0, max: 1_000, noNaN: true });
const date = fc
  .record({
    year: fc.integer({ min: 2020, max: 2034 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  })
  .map(({ year, month, day }) => `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`);
const range = fc.tuple(date, date).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
const zone = fc.constantFrom(
  "Europe/London",
  "Pacific/Apia",
  "Asia/Kathmandu",
  "America/Los_Angeles",
  "Australia/Lord_Howe",
);
const market: fc.Arbitrary<MarketPolicy> = fc
  .record({
    zone,
    bounds: fc.tuple(
      fc.double({ min: 0.01, max: 1_000, noNaN: true }),
      fc.double({ min: 0.01, max: 1_000, noNaN: true }),
    ),
    months: fc.array(multiplier, { minLength: 12, maxLength: 12 }),
    weekdays: fc.array(multiplier, { minLength: 7, maxLength: 7 }),
    combination: fc.constantFrom("season_times_weekday" as const, "strongest" as const),
    events: fc.record({ dayWeight: multiplier, weekWeight: multiplier, weekDays: fc.integer({ min: 0, max: 31 }) }),
    periods: fc.array(fc.tuple(range, multiplier), { maxLength: 8 }),
    covers: range,
  })
  .map(({ bounds, months, periods, ...rest }) => ({
    ...rest,
    floor: Math.min(...bounds),
    cap: Math.max(...bounds),
    seasons: months.map((value, index) => ({ code: `m${index + 1}`, months: [index + 1], multiplier: value })),
    periods: periods.map(([days, value]) => ({ code: "p", ...days, multiplier: value })),
  }));
const policyOf = (data: MarketPolicy): SeasonPolicy => ({ name: "p", version: 1, markets: { m: data } });
const shares = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([day, rest]) => ({ dayShare: day, weekShare: (1 - day) * rest }));

describe("a multiplier of any policy", () => {
  it("SEA-1: never leaves [floor, cap], and always says why", () => {
    fc.assert(
      fc.property(market, date, shares, (data, at, events) => {
        const policy = policyOf(data);
        expect(parsePolicy(policy)).toEqual({ ok: true, policy });
        const decision = multiplierAt(policy, { market: "m", at, events });
        expect(decision.multiplier).toBeGreaterThanOrEqual(data.floor);
        expect(decision.multiplier).toBeLessThanOrEqual(data.cap);
        expect(decision.reasons.length).toBeGreaterThanOrEqual(2);
      }),
    );
  });

  it("SEA-1: is the same for every instant of a local day, clock changes included", () => {
    fc.assert(
      fc.property(market, date, fc.integer({ min: 0, max: 1_439 }), (data, at, minute) => {
        const policy = policyOf(data);
        const instant = instantOf(at, minute, data.zone);
        expect(multiplierAt(policy, { market: "m", at: instant })).toEqual(multiplierAt(policy, { market: "m", at }));
      }),
    );
  });

  it("SEA-1: raising any part of a policy above 1 never lowers a day", () => {
    fc.assert(
      fc.property(market, date, fc.double({ min: 1, max: 10, noNaN: true }), (data, at, factor) => {
        const raised = {
          ...data,
          seasons: data.seasons.map((season) => ({ ...season, multiplier: season.multiplier * factor })),
          weekdays: data.weekdays.map((value) => value * factor),
        };
        const before = multiplierAt(policyOf(data), { market: "m", at }).multiplier;
        expect(multiplierAt(policyOf(raised), { market: "m", at }).multiplier).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});

it("SEA-1: every day of leap years and others has a season, 29 February among them", () => {
  const months = Array.from({ length: 12 }, (_, index) => ({
    code: `m${index + 1}`,
    months: [index + 1],
    multiplier: index + 1,
  }));
  const [sample] = fc.sample(market, 1);
  const policy = policyOf({ ...(sample as MarketPolicy), seasons: months });
  const days = [...eachDay("2027-12-01", "2029-03-02")];
  expect(days).toHaveLength(31 + 366 + 31 + 28 + 2);
  expect(days).toContain("2028-02-29");
  expect(days).not.toContain("2029-02-29");
  for (const day of days)
    expect(multiplierAt(policy, { market: "m", at: day }).season).toBe(`m${Number(day.slice(5, 7))}`);
});
