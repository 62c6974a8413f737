// Local wall time to instants and back. Temporal stays inside this file: everything else works with epoch milliseconds.
import { Temporal } from "temporal-polyfill";

/** Is this the name of a time zone that this runtime knows (IANA, also links)? */
export function isValidZone(zone: string): boolean {
  // Offsets such as +02:00 are zones for Temporal, but they know no daylight saving: a wedding has a place.
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(zone)) return false;
  try {
    Temporal.PlainDate.from("2026-01-01").toZonedDateTime(zone);
    return true;
  } catch {
    return false;
  }
}

/** The name as the tables write it: `europe/london` is `Europe/London`. Throws RangeError for an unknown one. */
export const zoneName = (zone: string): string =>
  Temporal.PlainDate.from("2026-01-01").toZonedDateTime(zone).timeZoneId;

/** What `isValidDate` takes, in words. */
export const calendarDays = "a day of the calendar from 1970 to 9999, written YYYY-MM-DD";

/** Is this a day of the calendar, written YYYY-MM-DD, between the years 1970 and 9999? */
export function isValidDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || date < "1970") return false;
  try {
    return Temporal.PlainDate.from(date, { overflow: "reject" }).toString() === date;
  } catch {
    return false;
  }
}

/**
 * The instant of a local wall time, days after a date. In the gap of a clock change: the first valid instant after it;
 * in the overlap: the first occurrence.
 * @param date YYYY-MM-DD
 * @param time HH:MM
 * @returns epoch milliseconds
 * @throws RangeError for an invalid zone, date or time; callers validate at the door.
 */
export function instantOf(date: string, dayOffset: number, time: string, zone: string): number {
  const local = Temporal.PlainDate.from(date).add({ days: dayOffset }).toPlainDateTime(Temporal.PlainTime.from(time));
  const earlier = local.toZonedDateTime(zone, { disambiguation: "earlier" });
  if (earlier.toPlainDateTime().equals(local)) return earlier.epochMilliseconds;
  // In a gap `earlier` lies before the change: the first valid instant is the change itself.
  const transition = earlier.getTimeZoneTransition("next");
  return (transition ?? local.toZonedDateTime(zone, { disambiguation: "later" })).epochMilliseconds;
}

/** The first instant of a local day, days after a date (not always midnight). Epoch milliseconds. */
export function startOfDay(date: string, dayOffset: number, zone: string): number {
  return Temporal.PlainDate.from(date).add({ days: dayOffset }).toZonedDateTime(zone).epochMilliseconds;
}

const epochDay = Temporal.PlainDate.from("1970-01-01");

/** Days since 1970-01-01 of a local date YYYY-MM-DD. Throws RangeError for an invalid date. */
export const dayNumber = (date: string): number => epochDay.until(date).days;

/** The local date of a day number, YYYY-MM-DD. */
export const dateOfDay = (day: number): string => epochDay.add({ days: day }).toString();

export interface LocalTime {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** 0 to 23. */
  readonly hour: number;
}

/** Offsets of zones change on quarter hours, so all instants of one share the local hour. */
const quarterMs = 900_000;
/** The quarter last asked for, by zone: most questions are about the present one. */
const lastAsked = new Map<string, { readonly quarter: number; readonly local: LocalTime }>();

/** Local day and hour of an instant, epoch milliseconds. Throws RangeError for an invalid zone. */
export function localTime(at: number, zone: string): LocalTime {
  const quarter = Math.floor(at / quarterMs);
  const known = lastAsked.get(zone);
  if (known?.quarter === quarter) return known.local;
  const time = Temporal.Instant.fromEpochMilliseconds(quarter * quarterMs).toZonedDateTimeISO(zone);
  const local = { day: epochDay.until(time.toPlainDate()).days, hour: time.hour };
  lastAsked.set(zone, { quarter, local });
  return local;
}
