// How far a season is moved so that it happens now: whole weeks, so that every wedding keeps its weekday.
import { formatDay, parseDay } from "./civil-date.js";
import type { Row } from "./row.js";

/** Counts rows a month, the cancelled ones left out: what `--shift-days auto` looks at. */
export class MonthCount {
  readonly #rows = new Map<string, number>();

  add(row: Row): void {
    if (row.state === "cancelled") return;
    const month = formatDay(row.date).slice(0, 7);
    this.#rows.set(month, (this.#rows.get(month) ?? 0) + 1);
  }

  /** The month (`YYYY-MM`) with most rows, the earliest of equals; undefined when there is none. */
  busiest(): string | undefined {
    const ranked = [...this.#rows].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    return ranked[0]?.[0];
  }
}

/**
 * Days to add to every date, a multiple of 7, so that the middle (the 15th) of the busiest month comes as close to
 * today as whole weeks allow.
 */
export const autoShift = (busiest: string, today: number): number => {
  const middle = parseDay(`${busiest}-15`) ?? today;
  return Math.round((today - middle) / 7) * 7;
};
