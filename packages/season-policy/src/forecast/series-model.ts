// Level, weekday, season and calendar effects of a daily series, all relative to the mean of the year before, so that
// small and large series are treated alike and zeros do no harm.
import { holidayNames, learnEffects, positionsOf, type EffectOf } from "./calendar-effects.js";
import { weekdayOf } from "./calendar.js";
import { fitLeastDeviations } from "./least-deviations.js";
import type { NamedDay } from "./port.js";

const yearDays = 364;
/** Pairs of waves that draw the season. */
const waves = 6;
/** A season is learned from one and a half years on: from less it could not be told from a trend. */
const seasonAfter = 546;
/** Only so many of the newest days teach. */
const newest = 5 * 365;
const floor = 0.005;
const pull = 0.1;
/** The first ratios are to a mean of too few days. */
const unsettled = 14;

const weekdayColumns = 7;
const columnsWithSeason = weekdayColumns + 2 * waves + 4;

/** The columns of a day; without a season only the first `weekdayColumns` are looked at. */
const featuresOf = (day: number): readonly number[] => {
  const weekday = weekdayOf(day);
  const row: number[] = [1];
  for (let column = 1; column < weekdayColumns; column += 1) row.push(column === weekday ? 1 : 0);
  const angle = (2 * Math.PI * day) / 365.2425;
  for (let wave = 1; wave <= waves; wave += 1) row.push(Math.sin(wave * angle), Math.cos(wave * angle));
  const weekend = weekday >= 5 ? 1 : 0;
  for (const wave of [1, 2]) row.push(weekend * Math.sin(wave * angle), weekend * Math.cos(wave * angle));
  return row;
};

/** What the calendar says about days. It never changes, and every fit asks for the same days again. */
export interface DayFacts {
  readonly featuresOf: (day: number) => readonly number[];
  /** The names a day bears, holidays first. */
  readonly namesOf: (day: number) => readonly string[];
}

const remembered = <T>(work: (day: number) => T): ((day: number) => T) => {
  const known = new Map<number, T>();
  return (day) => {
    const before = known.get(day);
    if (before !== undefined) return before;
    const fresh = work(day);
    known.set(day, fresh);
    return fresh;
  };
};

/** Day facts under these holidays, each found once. */
export const createDayFacts = (holidays: readonly NamedDay[]): DayFacts => {
  const named = holidayNames(holidays);
  return {
    featuresOf: remembered(featuresOf),
    namesOf: remembered((day) => [...named(day), ...positionsOf(day)]),
  };
};

/** A fitted series. */
export interface SeriesModel {
  /** Expected ratio of a day to the level. */
  readonly ratioOf: (day: number) => number;
}

/** The mean of up to a year of values before index `at`; undefined at the start. */
export const createLevels = (): {
  readonly push: (value: number) => void;
  readonly before: (at: number) => number | undefined;
} => {
  const sums = [0];
  return {
    push: (value) => void sums.push((sums.at(-1) as number) + value),
    before: (at) => {
      const from = Math.max(0, at - yearDays);
      return at === from ? undefined : ((sums[at] as number) - (sums[from] as number)) / (at - from);
    },
  };
};

/** Fits the ratios `ratios` of days `first`, `first` + 1, ...; `start` are the coefficients of an earlier fit. */
export const fitSeries = (
  ratios: readonly number[],
  first: number,
  facts: DayFacts,
  start?: Float64Array,
): SeriesModel & { readonly beta: Float64Array } => {
  const seasonal = ratios.length >= seasonAfter;
  const columns = seasonal ? columnsWithSeason : weekdayColumns;
  const from = Math.max(Math.min(unsettled, ratios.length - 1), ratios.length - newest);
  const targets = Float64Array.from(ratios.slice(from));
  const features = new Float64Array(targets.length * columns);
  for (let at = 0; at < targets.length; at += 1) {
    const row = facts.featuresOf(first + from + at);
    for (let column = 0; column < columns; column += 1) features[at * columns + column] = row[column] as number;
  }
  const prior = new Float64Array(columns);
  prior[0] = 1;
  const near = start?.length === columns ? start : undefined;
  const beta = fitLeastDeviations(
    { columns, features, targets, weights: new Float64Array(targets.length).fill(1) },
    { prior, pull, floor, ...(near === undefined ? { rounds: 15 } : { start: near, rounds: 3 }) },
  );
  const baseOf = (day: number): number => {
    const row = facts.featuresOf(day);
    let sum = 0;
    for (let column = 0; column < columns; column += 1) sum += (row[column] as number) * (beta[column] as number);
    return sum;
  };
  const left = targets.map((ratio, at) => ratio - baseOf(first + from + at));
  const effect: EffectOf = learnEffects(left, first + from, facts.namesOf);
  return { beta, ratioOf: remembered((day) => Math.max(0, baseOf(day) + effect(day))) };
};
