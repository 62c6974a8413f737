// A daily series, checked: every day once, none missing, no negative value.
import type { DayValue } from "@wedsync/season-policy/forecast";
import { formatDay, parseDay } from "../generate/dates.js";
import type { CellOf } from "./columns.js";
import { read, refuse, type Read } from "./problem.js";
import type { Table } from "./table.js";

const pad = (text: string | undefined, width: number): string => (text ?? "").padStart(width, "0");

const dayOf = (cells: readonly string[], cellOf: CellOf): number | undefined => {
  const date = cellOf(cells, "date");
  if (date !== undefined) return parseDay(date);
  const parts = [pad(cellOf(cells, "year"), 4), pad(cellOf(cells, "month"), 2), pad(cellOf(cells, "day"), 2)];
  return parseDay(parts.join("-"));
};

/** Days in order of time. */
export const readSeries = (table: Table, cellOf: CellOf): Read<readonly DayValue[]> => {
  const lineOf = new Map<number, number>();
  const values: (DayValue & { readonly line: number })[] = [];
  for (const { line, cells } of table.rows) {
    const day = dayOf(cells, cellOf);
    if (day === undefined)
      return refuse("date", "has no day of the calendar (YYYY-MM-DD, or year, month and day).", line);
    const before = lineOf.get(day);
    if (before !== undefined) {
      return refuse("duplicate", `is the same day as line ${before} (${formatDay(day)}): keep one of them.`, line);
    }
    lineOf.set(day, line);
    const text = cellOf(cells, "value") ?? "";
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
    if (!Number.isFinite(value)) return refuse("value", "has a value that is no number.", line);
    if (value < 0) return refuse("value", "has a negative value: counts are 0 or more.", line);
    values.push({ day, value, line });
  }
  values.sort((a, b) => a.day - b.day);
  for (const [at, { day, line }] of values.entries()) {
    const before = values[at - 1];
    if (before !== undefined && day !== before.day + 1) {
      const last = formatDay(day - 1);
      const missing =
        before.day + 2 === day ? `${last} is missing` : `${formatDay(before.day + 1)} to ${last} are missing`;
      return refuse("gap", `follows a gap: ${missing}. Give every day a row; 0 is a value.`, line);
    }
  }
  return read(values.map(({ day, value }) => ({ day, value })));
};
