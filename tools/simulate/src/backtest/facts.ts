// From the file to what a backtest needs: the facts, their outcome by day, and whether the days asked for fit them.
import {
  bookingFeatures,
  bookingReferences,
  bookingsForecaster,
  regularStart,
  seriesForecaster,
  seriesReferences,
} from "@wedsync/season-policy/forecast";
import type { DayValue, ForecastContext, Forecaster } from "@wedsync/season-policy/forecast";
import { formatDay } from "../generate/dates.js";
import { recordOf } from "../input/booking-records.js";
import { readBookingsFile } from "../input/bookings-file.js";
import { locate, type Kind } from "../input/columns.js";
import { read, type Read } from "../input/problem.js";
import { readSeries } from "../input/read-series.js";
import { readTable } from "../input/table.js";

/** The facts of one kind, with the forecasters that understand them, ours first. */
export interface Material<Fact> {
  readonly facts: readonly Fact[];
  readonly forecasters: readonly Forecaster<Fact>[];
  readonly actual: (day: number) => number;
  /** The day from which events are regular; before it stand no more than strays. */
  readonly first: number;
  readonly last: number;
  /** Events before `first`: next to nothing beside what follows, and left out. */
  readonly strays: number;
  /** The last day whose outcome can be in the file. */
  readonly toldUntil: number;
  readonly rows: number;
  /** Columns and values that may be exported for models of one's own, by origin; undefined where there are none. */
  readonly featuresAt: ((context: ForecastContext) => FeaturesAt) | undefined;
}

/** Features of each day of the horizon. */
export type FeaturesAt = (origin: number) => readonly (Readonly<Record<string, number>> & { readonly day: number })[];

/** Runs `use` with the material of whichever kind it is. */
export type AnyMaterial = { readonly use: <R>(use: <Fact>(material: Material<Fact>) => R) => R };

/** Before the first origin, less history than this makes no forecast worth judging. */
export const fewestHistoryDays = 28;

const rangeOf = (days: readonly number[]): Pick<Material<unknown>, "first" | "last" | "strays"> => {
  const ascending = Float64Array.from(days).sort();
  const { first = Number.POSITIVE_INFINITY, strays } = regularStart(ascending);
  return { first, last: ascending.at(-1) ?? Number.NEGATIVE_INFINITY, strays };
};

const tally = (counted: readonly (readonly [number, number])[]): ((day: number) => number) => {
  const totals = new Map<number, number>();
  for (const [day, value] of counted) totals.set(day, (totals.get(day) ?? 0) + value);
  return (day) => totals.get(day) ?? 0;
};

const bookingMaterial = (bytes: Uint8Array, map: string): Read<AnyMaterial> => {
  const bookings = readBookingsFile(bytes, map);
  if (!bookings.ok) return bookings;
  const facts = bookings.value.rows.map(recordOf);
  const material = {
    facts,
    forecasters: [bookingsForecaster, ...bookingReferences],
    actual: tally(facts.flatMap(({ day, releasedOn }) => (releasedOn === undefined ? [[day, 1] as const] : []))),
    ...rangeOf(facts.map(({ day }) => day)),
    toldUntil: bookings.value.toldUntil,
    rows: facts.length,
    featuresAt: (context: ForecastContext): FeaturesAt => {
      const at = bookingFeatures(facts, context);
      return (origin) => at(origin).map((features) => ({ ...features }));
    },
  };
  return read({ use: (use) => use(material) });
};

const seriesMaterial = (bytes: Uint8Array, map: string, more: readonly Forecaster<DayValue>[]): Read<AnyMaterial> => {
  const table = readTable(bytes);
  if (!table.ok) return table;
  const cellOf = locate("series", map, table.value);
  if (!cellOf.ok) return cellOf;
  const values = readSeries(table.value, cellOf.value);
  if (!values.ok) return values;
  const facts = values.value;
  const range = rangeOf(facts.map(({ day }) => day));
  const material = {
    facts,
    forecasters: [seriesForecaster, ...seriesReferences, ...more],
    actual: tally(facts.map(({ day, value }) => [day, value] as const)),
    ...range,
    toldUntil: range.last,
    rows: facts.length,
    featuresAt: undefined,
  };
  return read({ use: (use) => use(material) });
};

/** Reads the file's bytes as the kind says; `more` forecasters of a series are compared besides ours. */
export const materialOf = (
  kind: Kind,
  bytes: Uint8Array,
  map: string,
  more: readonly Forecaster<DayValue>[],
): Read<AnyMaterial> => (kind === "bookings" ? bookingMaterial(bytes, map) : seriesMaterial(bytes, map, more));

/** Why the target days cannot be judged with these facts; undefined when they can. */
export const rangeProblem = (
  { first, last, rows }: Pick<Material<unknown>, "first" | "last" | "rows">,
  from: number,
  to: number,
  horizon: number,
): string | undefined => {
  if (from > to) return "--from is after --to.";
  if (rows === 0) return "The file has a header, but no rows.";
  if (to > last) return `--to ${formatDay(to)} is after the last day of the file, ${formatDay(last)}.`;
  const earliest = first + fewestHistoryDays + horizon - 1;
  if (from >= earliest) return undefined;
  const history = `${rows} rows from ${formatDay(first)} on`;
  return `--from ${formatDay(from)} leaves too little history: the file has ${history}, and a forecast ${horizon} days ahead needs ${fewestHistoryDays} days before its origin. The first day that can be judged is ${formatDay(earliest)}.`;
};

/** Mean absolute difference to the same weekday of the week before, over the days before `from`: the scale of MASE. */
export const naiveScale = ({ first, actual }: Pick<Material<unknown>, "first" | "actual">, from: number): number => {
  let sum = 0;
  for (let day = first + 7; day < from; day += 1) sum += Math.abs(actual(day) - actual(day - 7));
  return sum / Math.max(from - first - 7, 1);
};

/** What a reader of the figures has to know of the facts behind them, as sentences. */
export const notesOf = (
  { first, strays, toldUntil }: Pick<Material<unknown>, "first" | "strays" | "toldUntil">,
  to: number,
): readonly string[] => [
  ...(strays === 0
    ? []
    : [`${strays} rows before ${formatDay(first)} are left out: next to nothing beside what follows.`]),
  ...(to <= toldUntil
    ? []
    : [
        `The newest booking, cancellation or finished event of the file is of ${formatDay(toldUntil)}: if it was exported then, what ` +
          "became of later days is not in it, and their figures are too good.",
      ]),
];
