// From the file to what a backtest needs: the facts, their outcome by day, and whether the days asked for fit them.
import {
  bookingReferences,
  bookingsForecaster,
  seriesForecaster,
  seriesReferences,
} from "@wedsync/season-policy/forecast";
import type { Forecaster } from "@wedsync/season-policy/forecast";
import { formatDay } from "../generate/dates.js";
import { locate, type Kind } from "./columns.js";
import { read, type Read } from "./problem.js";
import { readBookings } from "./read-bookings.js";
import { readSeries } from "./read-series.js";
import { readTable, type Table } from "./table.js";

/** The facts of one kind, with the forecasters that understand them, ours first. */
export interface Material<Fact> {
  readonly facts: readonly Fact[];
  readonly forecasters: readonly Forecaster<Fact>[];
  readonly actual: (day: number) => number;
  readonly first: number;
  readonly last: number;
  readonly rows: number;
}

/** Runs `use` with the material of whichever kind it is. */
export type AnyMaterial = { readonly use: <R>(use: <Fact>(material: Material<Fact>) => R) => R };

/** Before the first origin, less history than this makes no forecast worth judging. */
export const fewestHistoryDays = 28;

const rangeOf = (days: readonly number[]): { readonly first: number; readonly last: number } => ({
  first: days.reduce((least, day) => Math.min(least, day), Number.POSITIVE_INFINITY),
  last: days.reduce((most, day) => Math.max(most, day), Number.NEGATIVE_INFINITY),
});

const tally = (counted: readonly (readonly [number, number])[]): ((day: number) => number) => {
  const totals = new Map<number, number>();
  for (const [day, value] of counted) totals.set(day, (totals.get(day) ?? 0) + value);
  return (day) => totals.get(day) ?? 0;
};

const bookingMaterial = (table: Table, map: string): Read<AnyMaterial> => {
  const cellOf = locate("bookings", map, table);
  if (!cellOf.ok) return cellOf;
  const records = readBookings(table, cellOf.value);
  if (!records.ok) return records;
  const facts = records.value;
  const material = {
    facts,
    forecasters: [bookingsForecaster, ...bookingReferences],
    actual: tally(facts.flatMap(({ day, releasedOn }) => (releasedOn === undefined ? [[day, 1] as const] : []))),
    ...rangeOf(facts.map(({ day }) => day)),
    rows: facts.length,
  };
  return read({ use: (use) => use(material) });
};

const seriesMaterial = (table: Table, map: string): Read<AnyMaterial> => {
  const cellOf = locate("series", map, table);
  if (!cellOf.ok) return cellOf;
  const values = readSeries(table, cellOf.value);
  if (!values.ok) return values;
  const facts = values.value;
  const material = {
    facts,
    forecasters: [seriesForecaster, ...seriesReferences],
    actual: tally(facts.map(({ day, value }) => [day, value] as const)),
    ...rangeOf(facts.map(({ day }) => day)),
    rows: facts.length,
  };
  return read({ use: (use) => use(material) });
};

/** Reads the file's bytes as the kind says. */
export const materialOf = (kind: Kind, bytes: Uint8Array, map: string): Read<AnyMaterial> => {
  const table = readTable(bytes);
  if (!table.ok) return table;
  return kind === "bookings" ? bookingMaterial(table.value, map) : seriesMaterial(table.value, map);
};

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
