import { calendarsOf, multiplierAt, parseProfile, resolvePolicy, type SeasonProfile } from "../index.js";
import * as shipped from "./index.js";

const profiles: Readonly<Record<string, SeasonProfile>> = shipped;
const holidays = Object.fromEntries(
  calendarsOf(Object.values(profiles)).map((calendar) => [calendar, { fromYear: 2026, toYear: 2028, days: [] }]),
);
const made = resolvePolicy({
  name: "all",
  version: 1,
  markets: Object.fromEntries(Object.values(profiles).map((profile) => [profile.name, profile])),
  years: { from: 2026, to: 2028 },
  holidays,
});
if (!made.ok) throw new Error(JSON.stringify(made.issues));
const { policy } = made;
const at = (market: string, date: string): number => multiplierAt(policy, { market, at: date }).multiplier;
/** Mean multiplier of a month of 2027, periods included. */
const month = (market: string, number: number): number => {
  const days = Array.from(
    { length: 28 },
    (_, day) => `2027-${String(number).padStart(2, "0")}-${String(day + 1).padStart(2, "0")}`,
  );
  return days.reduce((sum, day) => sum + at(market, day), 0) / days.length;
};
const byDemand = (market: string): readonly number[] =>
  Array.from({ length: 12 }, (_, index) => index + 1).sort((a, b) => month(market, b) - month(market, a));

describe("the shipped profiles", () => {
  it.each(Object.entries(profiles))("SEA-2: %s is a valid profile that names its sources", (_name, profile) => {
    expect(parseProfile(profile)).toEqual({ ok: true, profile });
  });

  it("SEA-2: all regions that are promised are there", () => {
    expect(Object.values(profiles).map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "north-america",
        "california",
        "europe",
        "united-kingdom",
        "asia-pacific",
        "oceania",
        "south-asia",
        "middle-east",
      ]),
    );
  });

  it("SEA-2: southern regions peak in their own summer half, northern ones in theirs", () => {
    const southern = new Set([10, 11, 12, 1, 2, 3, 4]);
    expect(
      byDemand("oceania")
        .slice(0, 7)
        .every((number) => southern.has(number)),
    ).toBe(true);
    expect(
      byDemand("oceania")
        .slice(-3)
        .sort((a, b) => a - b),
    ).toEqual([6, 7, 8]);
    for (const market of ["united-kingdom", "europe", "north-america"]) {
      const northern = new Set([5, 6, 7, 8, 9, 10]);
      expect(
        byDemand(market)
          .slice(0, 4)
          .every((number) => northern.has(number)),
      ).toBe(true);
    }
  });

  it("SEA-2: California's season begins earlier than the rest of North America's", () => {
    const share = (market: string): number =>
      month(market, 4) / Math.max(...[6, 7, 8, 9, 10].map((n) => month(market, n)));
    expect(share("california")).toBeGreaterThan(1.5 * share("north-america"));
  });

  it("SEA-2: Sunday is 0.3x in the United Kingdom and 3x by default", () => {
    const sunday = "2027-01-17";
    const wanted = profiles["unitedKingdom"]?.weekdays[6] ?? 1;
    expect(wanted).toBeCloseTo(0.3, 1);
    expect(at("united-kingdom", sunday)).toBeCloseTo(wanted);
    expect(at("united-kingdom", "2027-01-16")).toBeGreaterThan(10 * at("united-kingdom", sunday));
  });

  it("SEA-2: the Gulf's demand in Ramadan is below every other month's", () => {
    expect(at("middle-east", "2027-02-13")).toBeLessThan(at("middle-east", "2027-07-10"));
  });
});

describe("a seasonal business that has no guests", () => {
  it("SEA-8: tax season peaks on the weekdays before its deadlines", () => {
    const days = Array.from({ length: 365 }, (_, day) => {
      const date = new Intl.DateTimeFormat("en-CA", { timeZone: "UTC" }).format(1_798_761_600_000 + day * 86_400_000);
      return { date, multiplier: at("tax-season", date) };
    }).sort((a, b) => b.multiplier - a.multiplier);
    const busiest = days.slice(0, 6).map(({ date }) => date);
    expect(busiest.every((date) => date >= "2027-04-08" && date <= "2027-04-15")).toBe(true);
    expect(at("tax-season", "2027-10-14")).toBeGreaterThan(2 * at("tax-season", "2027-11-11"));
    expect(at("tax-season", "2027-04-11")).toBeLessThan(at("tax-season", "2027-04-12") / 3);
  });

  it("SEA-8: its client work weighs more near the client's own date, by the same rule", () => {
    const filing = { dayShare: 1, weekShare: 0 };
    const near = multiplierAt(policy, { market: "tax-season", at: "2027-06-09", events: filing });
    expect(near.multiplier).toBeCloseTo(1.2 * 4);
    expect(near.reasons.map(({ code }) => code)).toEqual(["season", "weekday", "event_day"]);
  });
});
