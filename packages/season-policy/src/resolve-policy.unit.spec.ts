import { defaultProfile, multiplierAt, resolvePolicy, type SeasonProfile } from "./index.js";
import { asiaPacific, europe, middleEast, southAsia } from "./profiles/index.js";
import { advent, easterSunday, lunarMonths } from "./calendars.js";

const noHolidays = (calendar: string) => ({ [calendar]: { fromYear: 2020, toYear: 2040, days: [] } });
function resolved(profile: SeasonProfile, from: number, to = from, holidays = {}) {
  const made = resolvePolicy({ name: "p", version: 1, markets: { m: profile }, years: { from, to }, holidays });
  if (!made.ok) throw new Error(JSON.stringify(made.issues));
  return made;
}
const rangesOf = (profile: SeasonProfile, code: string, from: number, to = from, holidays = {}) =>
  (resolved(profile, from, to, holidays).policy.markets["m"]?.periods ?? [])
    .filter((period) => period.code === code)
    .map((period) => [period.from, period.to]);
const withPeriod = (when: SeasonProfile["periods"][number]["when"]): SeasonProfile => ({
  ...defaultProfile,
  periods: [{ code: "p", multiplier: 2, when }],
});

describe("religious and lunar calendars", () => {
  it("SEA-2: Easter Sunday of years from published tables", () => {
    // Dates of Easter 2024 to 2030 and two extremes, United States Census Bureau, Easter Dates from 1600 to 2099.
    const years = [1818, 1943, 2024, 2025, 2026, 2027, 2028, 2029, 2030, 2038];
    expect(years.map(easterSunday)).toEqual([
      "1818-03-22",
      "1943-04-25",
      "2024-03-31",
      "2025-04-20",
      "2026-04-05",
      "2027-03-28",
      "2028-04-16",
      "2029-04-01",
      "2030-04-21",
      "2038-04-25",
    ]);
  });

  it("SEA-2: Lent and Advent move with their feasts", () => {
    expect(rangesOf(europe, "lent", 2027, 2028, noHolidays("DE"))).toEqual([
      ["2027-02-10", "2027-03-27"],
      ["2028-03-01", "2028-04-15"],
    ]);
    expect([2023, 2027, 2028].map(advent)).toEqual([
      { from: "2023-12-03", to: "2023-12-24" },
      { from: "2027-11-28", to: "2027-12-24" },
      { from: "2028-12-03", to: "2028-12-24" },
    ]);
  });

  it("SEA-2: Ramadan by the Umm al-Qura calendar, two of them in 2030", () => {
    expect(rangesOf(middleEast, "ramadan", 2027)).toEqual([["2027-02-08", "2027-03-08"]]);
    expect(rangesOf(middleEast, "ramadan", 2030)).toHaveLength(2);
    expect(rangesOf(middleEast, "shawwal", 2027)).toEqual([["2027-03-09", "2027-04-07"]]);
  });

  it("SEA-2: the seventh lunar month; a leap month of its neighbour does not move it twice", () => {
    expect(rangesOf(asiaPacific, "ghost_month", 2024, 2027, noHolidays("SG"))).toEqual([
      ["2024-08-04", "2024-09-02"],
      ["2025-08-23", "2025-09-21"],
      ["2026-08-13", "2026-09-10"],
      ["2027-08-02", "2027-08-31"],
    ]);
    expect(lunarMonths("chinese", 7, "2025-10-01", "2025-10-02")).toEqual([]);
  });

  it("SEA-2: demand falls in Ramadan and in the seventh month, and rises on an auspicious day", () => {
    const at = (profile: SeasonProfile, date: string, holidays = {}) =>
      multiplierAt(resolved(profile, 2026, 2027, holidays).policy, { market: "m", at: date }).multiplier;
    expect(at(middleEast, "2027-02-11")).toBeCloseTo(at(middleEast, "2027-01-14") * 0.2);
    expect(at(asiaPacific, "2027-08-07", noHolidays("SG"))).toBeCloseTo(
      at(asiaPacific, "2027-07-31", noHolidays("SG")) * 0.3,
    );
    expect(at(southAsia, "2026-02-05")).toBeCloseTo(at(southAsia, "2026-02-18") * 4);
  });
});

describe("resolving a profile", () => {
  it("SEA-2: the table of 2026 has 59 days, and a year without a table is named", () => {
    const [auspicious] = southAsia.periods;
    expect(auspicious?.when).toMatchObject({ kind: "dates" });
    expect(auspicious?.when.kind === "dates" && auspicious.when.dates).toHaveLength(59);
    expect(resolved(southAsia, 2026).gaps).toEqual([]);
    expect(resolved(southAsia, 2026, 2028).gaps).toEqual([
      { market: "m", period: "auspicious_day", year: 2027 },
      { market: "m", period: "auspicious_day", year: 2028 },
    ]);
  });

  it("SEA-2: days that follow each other become one period, of the wanted types only", () => {
    const day = (date: string, type: "public" | "observance" = "public") => ({ date, type });
    const holidays = {
      XX: {
        fromYear: 2027,
        toYear: 2027,
        days: [
          day("2027-12-27"),
          day("2027-12-25"),
          day("2027-12-26"),
          day("2027-06-20", "observance"),
          day("2028-01-01"),
        ],
      },
    };
    const profile = withPeriod({ kind: "holidays", calendar: "XX", types: ["public"] });
    expect(rangesOf(profile, "p", 2027, 2027, holidays)).toEqual([["2027-12-25", "2027-12-27"]]);
  });

  it("SEA-2: a yearly range may go over New Year and begin or end on a leap day", () => {
    const newYear = withPeriod({ kind: "yearly", from: "12-30", to: "01-02" });
    expect(rangesOf(newYear, "p", 2027)).toEqual([
      ["2026-12-30", "2027-01-02"],
      ["2027-12-30", "2028-01-02"],
    ]);
    expect(rangesOf(withPeriod({ kind: "yearly", from: "02-29", to: "03-02" }), "p", 2027, 2028)).toEqual([
      ["2027-03-01", "2027-03-02"],
      ["2028-02-29", "2028-03-02"],
    ]);
    expect(rangesOf(withPeriod({ kind: "yearly", from: "02-20", to: "02-29" }), "p", 2027, 2028)).toEqual([
      ["2027-02-20", "2027-02-28"],
      ["2028-02-20", "2028-02-29"],
    ]);
  });

  it("SEA-2: ranges that overlap are one", () => {
    const profile = withPeriod({ kind: "easter", fromDay: 0, toDay: 400 });
    // Easter of 2026 + 400 days reaches over that of 2027, and so on to Easter 2028 + 400 days.
    expect(rangesOf(profile, "p", 2027, 2028)).toEqual([["2026-04-05", "2029-05-21"]]);
  });
});
