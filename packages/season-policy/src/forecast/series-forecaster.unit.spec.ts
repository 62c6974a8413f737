import { dateOf, weekdayOf } from "./calendar.js";
import { learnEffects, positionsOf } from "./calendar-effects.js";
import type { DayValue, DemandProfile } from "./port.js";
import { seriesReferences } from "./reference-forecasters.js";
import { seriesForecaster } from "./series-forecaster.js";
import { chance } from "./testing/made-up-bookings.js";

// 2010-01-01, a Friday.
const first = 14_610;

const series = (days: number, valueOf: (day: number, at: number) => number): readonly DayValue[] =>
  Array.from({ length: days }, (_, at) => ({ day: first + at, value: valueOf(first + at, at) }));

const weekly = (day: number): number => (weekdayOf(day) >= 5 ? 200 : 100);
const yearly = (day: number): number => weekly(day) * (1 + 0.3 * Math.sin((2 * Math.PI * day) / 365.2425));

const errors = (facts: readonly DayValue[], origin: number, truth: (day: number) => number, context = {}): number => {
  const { days } = seriesForecaster.prepare(facts, context)(origin);
  return days.reduce((sum, { day, point }) => sum + Math.abs(point / truth(day) - 1), 0) / days.length;
};

describe("the forecaster of a bare daily series", () => {
  it("SEA-3: finds weekdays within ten weeks and calls its history short", () => {
    const facts = series(70, weekly);
    expect(errors(facts, first + 69, weekly)).toBeLessThan(0.04);
    expect(seriesForecaster.prepare(facts)(first + 69)).toMatchObject({ basis: "short-history", historyDays: 70 });
  });

  it("SEA-3: finds the season within three years", () => {
    const noisy = series(1_100, (day) => yearly(day) * (0.95 + 0.1 * chance(day)));
    expect(errors(noisy, first + 1_099, yearly, { horizon: 20 })).toBeLessThan(0.05);
  });

  it("SEA-3: follows a shift of the level within two months", () => {
    const shifted = (day: number): number => weekly(day) * (day >= first + 500 ? 1.5 : 1);
    expect(errors(series(560, shifted), first + 559, shifted, { horizon: 7 })).toBeLessThan(0.15);
  });

  it("SEA-3: knows a day that is the fourth Thursday of its month each year without being told", () => {
    const quiet = (day: number): number => (positionsOf(day).includes("w11.3.3") ? 30 : weekly(day));
    const facts = series(365 * 4 + 300, quiet);
    // 2014-11-27; the origin is the 1st of November.
    const { days } = seriesForecaster.prepare(facts, { horizon: 30 })(16_375);
    expect(days.find(({ day }) => day === 16_401)?.point).toBeLessThan(55);
    expect(days.find(({ day }) => day === 16_394)?.point).toBeGreaterThan(90);
  });

  it("SEA-3: a holiday that moves is recognised by its name", () => {
    const holidays = [100, 480, 830, 1_210].map((at) => ({ day: first + at, name: "feast" }));
    const isFeast = new Set(holidays.map(({ day }) => day));
    const facts = series(1_200, (day) => (isFeast.has(day) ? 10 : weekly(day)));
    const at = (context: object) =>
      seriesForecaster.prepare(facts, { horizon: 15, ...context })(first + 1_199).days[10];
    expect(at({ holidays })?.point).toBeLessThan(60);
    expect(at({})?.point).toBeGreaterThan(90);
  });

  it("SEA-3: starts from a profile and leaves it behind", () => {
    const profile: DemandProfile = { level: 50, months: Array(12).fill(1), weekdays: [1, 1, 1, 1, 1, 2, 2] };
    const cold = seriesForecaster.prepare([], { profile, horizon: 7 })(first);
    expect(cold.basis).toBe("profile");
    expect(cold.days.map(({ point }) => point)).toEqual([100, 100, 50, 50, 50, 50, 50]);
    const facts = series(370, weekly);
    const warm = (days: number) => seriesForecaster.prepare(facts, { profile, horizon: 1 })(first + days - 1).days[0];
    expect(warm(91)?.point).toBeCloseTo(75, -1);
    expect(warm(370)?.point).toBeCloseTo(100, -1);
    expect(seriesForecaster.prepare([])(first)).toMatchObject({ basis: "nothing", busyThreshold: undefined });
  });

  it.each([
    ["Saturdays", [5]],
    ["Fridays to Sundays", [4, 5, 6]],
  ])("SEA-3: foresees a house that is open on %s only", (_, open) => {
    const facts = series(1_100, (day) => (open.includes(weekdayOf(day)) ? 3 : 0));
    for (const origin of [199, 399, 699, 1_099]) {
      const { days } = seriesForecaster.prepare(facts, { horizon: 14 })(first + origin);
      for (const { day, point, busyProbability } of days) {
        const truth = open.includes(weekdayOf(day)) ? 3 : 0;
        expect(Math.abs(point - truth)).toBeLessThan(0.3);
        expect(busyProbability >= 0.5).toBe(truth === 3);
      }
    }
  });

  it("SEA-3: a house that closes in winter is foreseen when it opens again, and its intervals are not blown up", () => {
    const open = (day: number): boolean => dateOf(day).month >= 4 && dateOf(day).month <= 10;
    const facts = series(1_300, (day) => (open(day) ? 10 : 0));
    // 2013-04-10 and 2013-07-15.
    for (const origin of [15_805, 15_901]) {
      const { days } = seriesForecaster.prepare(facts, { horizon: 14 })(origin);
      for (const { point, interval80 } of days) {
        expect(Math.abs(point - 10)).toBeLessThan(1);
        expect(interval80.high).toBeLessThan(13);
      }
    }
  });

  it("SEA-3: follows a collapse to a tenth, and the recovery, within two weeks", () => {
    const truth = (day: number): number => yearly(day) * (day >= first + 1_000 && day < first + 1_150 ? 0.1 : 1);
    const facts = series(1_300, truth);
    expect(errors(facts, first + 1_014, truth, { horizon: 14 })).toBeLessThan(0.3);
    expect(errors(facts, first + 1_164, truth, { horizon: 14 })).toBeLessThan(0.3);
  });

  it("SEA-3: one stray row of years ago changes nothing", () => {
    const facts = series(300, weekly);
    const stray = { day: first - 3_000, value: 1 };
    expect(seriesForecaster.prepare([stray, ...facts])(first + 299)).toEqual(
      seriesForecaster.prepare(facts)(first + 299),
    );
  });

  it("lives with nothing but zeros", () => {
    const { days } = seriesForecaster.prepare(series(60, () => 0))(first + 59);
    expect(days.map(({ point }) => point)).toEqual(Array(30).fill(0));
  });

  it.each([seriesForecaster, ...seriesReferences].map((forecaster) => [forecaster.name, forecaster] as const))(
    "P-9: %s does not know the days after the origin, and its intervals are nested",
    (_, forecaster) => {
      const facts = series(700, (day) => Math.round(yearly(day) * (0.8 + 0.4 * chance(day))));
      const origin = first + 600;
      const changed = facts.map(({ day, value }) => ({ day, value: day > origin ? 7 * value + 1 : value }));
      const forecastAt = forecaster.prepare(changed);
      const forecast = forecastAt(origin);
      expect(forecast).toEqual(forecaster.prepare(facts)(origin));
      expect(forecastAt(origin - 10)).toEqual(forecaster.prepare(facts)(origin - 10));
      for (const { point, interval50, interval80, interval95, busyProbability } of forecast.days) {
        const ladder = [interval95.low, interval80.low, interval50.low, point];
        ladder.push(interval50.high, interval80.high, interval95.high);
        expect(ladder).toEqual(ladder.toSorted((a, b) => a - b));
        expect(Math.abs(busyProbability - 0.5)).toBeLessThanOrEqual(0.5);
      }
    },
  );

  it("same weekday last year falls back to the newest same weekday", () => {
    const [, lastYear] = seriesReferences;
    const facts = series(400, (_, at) => at);
    expect(lastYear?.prepare(facts, { horizon: 1 })(first + 99).days[0]?.point).toBe(93);
    expect(lastYear?.prepare(facts, { horizon: 1 })(first + 399).days[0]?.point).toBe(36);
  });
});

describe("calendar effects", () => {
  it("are taken for chance unless they repeat and stand out", () => {
    const left = Array.from({ length: 800 }, (_, at) => 0.1 * (chance(at) - 0.5) + (at % 365 === 40 ? 0.6 : 0));
    const effectOf = learnEffects(left, 0, (day) => [`at ${day % 365}`]);
    expect(effectOf(40)).toBeGreaterThan(0.35);
    expect(effectOf(41)).toBe(0);
    expect(learnEffects(left.slice(0, 300), 0, (day) => [`at ${day}`])(40)).toBe(0);
  });

  it("name a day by its date, its weekday counted from the start, and from the end of the month", () => {
    expect(positionsOf(16_401)).toEqual(["d11.27", "w11.3.3", "e11.3.0"]);
    // 29 February 2000 and 28 February 1900 and 2023 are each the last of their months.
    for (const day of [11_016, -25_510, 19_416]) expect(positionsOf(day)[2]).toMatch(/^e2\.\d\.0$/);
  });
});
