import { defaultProfile, learnProfile, parseProfile, type HistoryPoint, type LearnedProfile } from "./index.js";
import { eachDay, monthOf, weekdayOf } from "./civil-time.js";

const months = [0.5, 0.5, 0.8, 1, 1.4, 1.5, 1.6, 1.5, 1.3, 0.9, 0.5, 0.5];
const weekdays = [0.5, 0.5, 0.5, 0.7, 1, 2.6, 1.2];
const daily = (from: string, to: string, level: (year: number) => number = () => 100): readonly HistoryPoint[] =>
  [...eachDay(from, to)].map((date) => ({
    date,
    count: level(Number(date.slice(0, 4))) * (months[monthOf(date) - 1] ?? 0) * (weekdays[weekdayOf(date) - 1] ?? 0),
  }));
const monthly = (from: string, to: string): readonly HistoryPoint[] => {
  const counts = new Map<string, number>();
  for (const date of eachDay(from, to)) {
    const month = date.slice(0, 7);
    counts.set(month, (counts.get(month) ?? 0) + (months[monthOf(date) - 1] ?? 0));
  }
  return [...counts].map(([date, count]) => ({ date, count }));
};
const options = { name: "learned", zone: "Europe/London" };
const learned = (history: readonly HistoryPoint[], more = {}): LearnedProfile => {
  const result = learnProfile(history, { ...options, ...more });
  if (!result.ok) throw new Error(result.code);
  return result;
};
const seasonsOf = ({ profile }: LearnedProfile) => profile.seasons.map(({ multiplier }) => multiplier);

describe("a learned profile", () => {
  it("SEA-2: finds the months and weekdays that made the counts, whatever the level of each year", () => {
    const found = learned(daily("2020-01-01", "2023-12-31", (year) => (year === 2021 ? 20 : 100)));
    expect(parseProfile(found.profile)).toMatchObject({ ok: true });
    seasonsOf(found).forEach((value, index) => expect(value).toBeCloseTo(months[index] ?? 0, 2));
    found.profile.weekdays.forEach((value, index) => expect(value).toBeCloseTo(weekdays[index] ?? 0, 2));
    expect(found).toMatchObject({ granularity: "day", unknownMonths: [], peakMonth: 7 });
    expect(found.fit).toMatchObject({ basis: "held_out", years: [2023] });
    expect(found.fit.rSquared).toBeCloseTo(1);
    expect(found.fit.mape).toBeCloseTo(0);
  });

  it("SEA-2: monthly counts are taken by the length of the month, leap years included; rates are not", () => {
    const found = learned(monthly("2019-01-01", "2021-12-31"));
    seasonsOf(found).forEach((value, index) => expect(value).toBeCloseTo(months[index] ?? 0, 2));
    expect(found).toMatchObject({ granularity: "month", profile: { weekdays: [1, 1, 1, 1, 1, 1, 1] } });
    const rates = Array.from({ length: 36 }, (_, index) => ({
      date: `${2019 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`,
      count: months[index % 12] ?? 0,
    }));
    seasonsOf(learned(rates, { measure: "rate" })).forEach((value, index) =>
      expect(value).toBeCloseTo(months[index] ?? 0, 2),
    );
  });

  it("SEA-2: months that are not known are named and stay at 1", () => {
    const history = monthly("2019-01-01", "2021-12-31").map(({ date, count }) => ({
      date,
      count: date.endsWith("-01") || date.endsWith("-02") ? null : count,
    }));
    const found = learned(history);
    expect(found.unknownMonths).toEqual([1, 2]);
    expect(seasonsOf(found).slice(0, 2)).toEqual([1, 1]);
    expect(found).toMatchObject({ peakMonth: 7 });
    expect([11, 12]).toContain(found.lowMonth);
    expect(found.disagreements.some(({ of }) => of <= 2)).toBe(false);
  });

  it("SEA-2: says where it disagrees with the default, the widest first", () => {
    const found = learned(daily("2020-01-01", "2023-12-31"));
    const [widest] = found.disagreements;
    expect(found.disagreements.length).toBeGreaterThan(3);
    expect(found.disagreements.find(({ kind, of }) => kind === "weekday" && of === 7)).toMatchObject({
      assumed: 3 / (11 / 7),
    });
    const distance = (one = widest): number => Math.abs(Math.log((one?.learned ?? 1) / (one?.assumed ?? 1)));
    expect(found.disagreements.every((one) => distance(one) <= distance())).toBe(true);
    expect(learned(daily("2020-01-01", "2023-12-31"), { tolerance: 100 }).disagreements).toEqual([]);
    const same = learned(daily("2020-01-01", "2023-12-31"), { compareWith: { ...defaultProfile, ...found.profile } });
    expect(same.disagreements).toEqual([]);
  });

  it("SEA-2: the fit is measured on years that nothing was learned from; two years are measured on themselves", () => {
    // The last year is a million times larger and the other way round: whoever learned from it would fit it perfectly.
    const turned = daily("2023-01-01", "2023-12-31").map(({ date, count }) => ({
      date,
      count: 1e6 / ((count ?? 0) + 1),
    }));
    const found = learned([...daily("2020-01-01", "2022-12-31"), ...turned]);
    expect(found.fit).toMatchObject({ basis: "held_out", years: [2023] });
    expect(found.fit.rSquared).toBeLessThan(0);
    expect(learned(daily("2021-01-01", "2022-12-31")).fit).toMatchObject({ basis: "in_sample", years: [2021, 2022] });
  });

  it("SEA-2: a weekday without events and a history that never changes are no trouble", () => {
    const closed = daily("2020-01-01", "2022-12-31").map(({ date, count }) => ({
      date,
      count: weekdayOf(date) === 1 ? 0 : count,
    }));
    expect(learned(closed).profile.weekdays[0]).toBe(0);
    const flat = [...eachDay("2020-01-01", "2022-12-31")].map((date) => ({ date, count: 5 }));
    expect(learned(flat)).toMatchObject({ fit: { rSquared: 1, mape: 0 } });
    const lastYearEmpty = [
      ...daily("2020-01-01", "2022-12-31"),
      ...[...eachDay("2023-01-01", "2023-12-31")].map((date) => ({ date, count: 0 })),
    ];
    expect(learned(lastYearEmpty).fit).toMatchObject({ rSquared: 1, mape: 0 });
  });

  const one = { date: "2020-01", count: 1 };
  it.each([
    ["history_too_short", []],
    ["history_too_short", [one, { date: "2020-02", count: 2 }]],
    ["history_too_short", monthly("2020-01-01", "2020-12-31").map(({ date }) => ({ date, count: 0 }))],
    ["history_mixed", [one, { date: "2020-02-01", count: 1 }]],
    ["history_mixed", [{ date: "2020-02-01", count: 1 }, one]],
    ["date_invalid", [{ date: "2020-13", count: 1 }]],
    ["date_invalid", [{ date: "2021-02-29", count: 1 }]],
    ["date_repeated", [one, one]],
    ["count_invalid", [{ date: "2020-01", count: -1 }]],
    ["count_invalid", [{ date: "2020-01", count: Number.NaN }]],
  ])("SEA-2: refuses with %s", (code, history) => {
    expect(learnProfile(history, options)).toMatchObject({ ok: false, code });
  });

  it("SEA-2: refuses an unknown zone", () => {
    expect(learnProfile([], { ...options, zone: "Mars" })).toMatchObject({ ok: false, code: "zone_unknown" });
  });
});
