import { defaultProfile, eventShares, isSeasonError, multiplierAt, resolvePolicy, type SeasonPolicy } from "./index.js";
import { ms } from "./testing/instants.js";
import { policyOf } from "./testing/policy.js";

const made = resolvePolicy({
  name: "default",
  version: 1,
  markets: { any: defaultProfile },
  years: { from: 2027, to: 2028 },
});
if (!made.ok) throw new Error(JSON.stringify(made.issues));
const { policy } = made;
const of = (at: string | number, events?: { dayShare: number; weekShare: number }) =>
  multiplierAt(policy, { market: "any", at, ...(events === undefined ? {} : { events }) });

describe("the default profile", () => {
  it.each([
    ["2027-01-13", 1, "off"],
    ["2027-04-14", 2, "mid"],
    ["2027-10-13", 2, "mid"],
    ["2027-05-12", 5, "peak"],
    ["2027-09-15", 5, "peak"],
    ["2027-01-16", 3, "off"],
    ["2027-04-18", 6, "mid"],
  ])("SEA-1: %s has %p in the season %s", (date, multiplier, season) => {
    expect(of(date)).toMatchObject({ multiplier, season });
  });

  it("SEA-1: season times weekend is capped, and the decision says so", () => {
    expect(of("2027-06-19")).toEqual({
      multiplier: 10,
      season: "peak",
      reasons: [
        { code: "season", params: { season: "peak", multiplier: 5 } },
        { code: "weekday", params: { weekday: 6, multiplier: 3 } },
        { code: "multiplier_cap", params: { multiplier: 10, without: 15 } },
      ],
    });
  });

  it("SEA-1: event weights count for the share of work they concern, never as a product", () => {
    expect(of("2027-01-13", { dayShare: 0.1, weekShare: 0.3 }).multiplier).toBeCloseTo(1 + 0.1 * 4 + 0.3 * 1);
    expect(of("2027-01-13", { dayShare: 1, weekShare: 0 })).toMatchObject({
      multiplier: 5,
      reasons: [{ code: "season" }, { code: "weekday" }, { code: "event_day", params: { share: 1, weight: 5 } }],
    });
    expect(of("2027-01-13", { dayShare: 0, weekShare: 1 })).toMatchObject({
      multiplier: 2,
      reasons: [{ code: "season" }, { code: "weekday" }, { code: "event_week", params: { share: 1, weight: 2 } }],
    });
  });
});

describe("a multiplier", () => {
  it("SEA-1: an instant counts by the market's local day, on both sides of a clock change", () => {
    const london = policyOf();
    const at = (instant: string) => multiplierAt(london, { market: "uk", at: ms(instant) }).season;
    expect(at("2027-03-31T22:59:59Z")).toBe("off");
    expect(at("2027-03-31T23:00:00Z")).toBe("mid");
    expect(at("2027-10-31T23:59:59Z")).toBe("mid");
    expect(at("2027-11-01T00:00:00Z")).toBe("off");
  });

  it("SEA-1: the strongest period on each side of 1 counts once", () => {
    const period = (code: string, multiplier: number) => ({ code, multiplier, from: "2027-01-13", to: "2027-01-13" });
    const many = policyOf({
      periods: [period("feast", 2), period("greater_feast", 4), period("fast", 0.5), period("quiet", 0.8)],
    });
    expect(multiplierAt(many, { market: "uk", at: "2027-01-13" })).toEqual({
      multiplier: 2,
      season: "off",
      reasons: [
        { code: "season", params: { season: "off", multiplier: 1 } },
        { code: "weekday", params: { weekday: 3, multiplier: 1 } },
        { code: "period", params: { period: "greater_feast", multiplier: 4 } },
        { code: "period", params: { period: "fast", multiplier: 0.5 } },
      ],
    });
    expect(multiplierAt(many, { market: "uk", at: "2027-01-14" }).multiplier).toBe(1);
  });

  it("SEA-1: the other combination takes the stronger of season and weekday", () => {
    const strongest = policyOf({ combination: "strongest" });
    expect(multiplierAt(strongest, { market: "uk", at: "2027-06-19" }).multiplier).toBe(5);
    expect(multiplierAt(strongest, { market: "uk", at: "2027-01-16" }).multiplier).toBe(3);
  });

  it("SEA-1: the floor holds, and days without calendars say so", () => {
    const low = policyOf({ weekdays: [0, 1, 1, 1, 1, 1, 1] });
    expect(multiplierAt(low, { market: "uk", at: "2029-01-01" })).toMatchObject({
      multiplier: 0.1,
      reasons: [
        { code: "season" },
        { code: "weekday" },
        { code: "calendar_not_covered", params: { from: "2026-01-01", to: "2028-12-31" } },
        { code: "multiplier_floor", params: { multiplier: 0.1, without: 0 } },
      ],
    });
  });

  it.each([
    ["market_unknown", { market: "mars", at: "2027-01-01" }],
    ["market_unknown", { market: "toString", at: "2027-01-01" }],
    ["date_invalid", { market: "uk", at: "2027-02-29" }],
    ["date_invalid", { market: "uk", at: "2027-13-01" }],
    ["date_invalid", { market: "uk", at: "soon" }],
    ["range_invalid", { market: "uk", at: Number.NaN }],
    ["range_invalid", { market: "uk", at: "2027-01-01", events: { dayShare: 0.6, weekShare: 0.6 } }],
    ["range_invalid", { market: "uk", at: "2027-01-01", events: { dayShare: -0.1, weekShare: 0 } }],
  ])("throws %s for what it cannot answer", (code, question) => {
    const failure = (() => {
      try {
        return multiplierAt(policyOf(), question);
      } catch (error) {
        return error;
      }
    })();
    expect(isSeasonError(failure)).toBe(true);
    expect(failure).toMatchObject({ code });
  });

  it("refuses a month that no season has, should a policy come unchecked", () => {
    const broken = policyOf({ seasons: [] });
    expect(() => multiplierAt(broken, { market: "uk", at: "2027-01-01" })).toThrow("No season has month 1");
    expect(isSeasonError(new Error("x"))).toBe(false);
  });
});

describe("the shares of event work", () => {
  const shares = (policyInForce: SeasonPolicy, at: string | number, work: Parameters<typeof eventShares>[1]["work"]) =>
    eventShares(policyInForce, { market: "uk", at, work });

  it("SEA-1: the day counts once, the week is the seven days before it", () => {
    const work = [
      { eventDate: "2027-06-19", amount: 1 },
      { eventDate: "2027-06-20", amount: 2 },
      { eventDate: "2027-06-26", amount: 3 },
      { eventDate: "2027-06-27", amount: 4 },
      { eventDate: "2027-06-18", amount: 5 },
      { amount: 5 },
    ];
    expect(shares(policyOf(), "2027-06-19", work)).toEqual({ dayShare: 1 / 20, weekShare: 5 / 20 });
    expect(shares(policyOf(), ms("2027-06-18T23:30Z"), work)).toEqual({ dayShare: 1 / 20, weekShare: 5 / 20 });
    expect(shares(policyOf(), "2027-06-19", [])).toEqual({ dayShare: 0, weekShare: 0 });
  });
});
