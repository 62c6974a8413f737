// Local days and hours of instants, for counting demand where it arises.
import { LRUCache } from "lru-cache";
import { Temporal } from "temporal-polyfill";

const dayMs = 86_400_000;

/** Days since 1970-01-01 of a local date YYYY-MM-DD. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs;

/** The local date of a day number, YYYY-MM-DD. */
export const dateOfDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** Offsets of zones change on quarter hours, so all instants of one share the local hour. */
const quarterMs = 900_000;
const known = new LRUCache<string, { readonly day: number; readonly hour: number }>({ max: 10_000 });

/** Local day (days since 1970-01-01) and hour of an instant, epoch milliseconds. */
export function localTime(at: number, zone: string): { readonly day: number; readonly hour: number } {
  const quarter = Math.floor(at / quarterMs);
  const key = `${quarter}/${zone}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const local = Temporal.Instant.fromEpochMilliseconds(quarter * quarterMs).toZonedDateTimeISO(zone);
  const found = { day: dayNumber(local.toPlainDate().toString()), hour: local.hour };
  known.set(key, found);
  return found;
}

/** The first instant of a local day, epoch milliseconds. */
export const startOfDay = (day: number, zone: string): number =>
  Temporal.PlainDate.from(dateOfDay(day)).toZonedDateTime(zone).epochMilliseconds;
