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
