// Local days and instants. Temporal stays in this file and `calendars.ts`: everything else has epoch milliseconds and
// YYYY-MM-DD.
import { Temporal } from "temporal-polyfill";
import { seasonError } from "./errors.js";

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Is this the name of a time zone that this runtime knows (IANA, also links)? An offset such as +02:00 is not. */
export function isValidZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/** Is this a day of the calendar, written YYYY-MM-DD, of the years 1900 to 9999? */
export function isValidDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || date < "1900") return false;
  const at = utcOf(date);
  return at !== undefined && isoOf(at) === date;
}

/** @throws SeasonError `zone_unknown` */
export function requireZone(zone: string): void {
  if (isValidZone(zone)) return;
  throw seasonError("zone_unknown", "The time zone is not an IANA name such as Europe/London.");
}

/** @throws SeasonError `date_invalid` */
export function requireDate(date: string): void {
  if (isValidDate(date)) return;
  throw seasonError("date_invalid", "The date is not a day of the calendar, written YYYY-MM-DD.");
}

// Days are counted as UTC midnights: calendar arithmetic needs no zone and no clock.
function utcOf(date: string): number | undefined {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return daysFromCivil(year, month, day) * dayMs;
}

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil and civil_from_days.
/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar; `month` is 1 to 12. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Year, month (1 to 12) and day of the month of a number of days since 1970-01-01. */
export function civilFromDays(day: number): { readonly year: number; readonly month: number; readonly date: number } {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date };
}

function isoOf(utcMidnight: number): string {
  const { year, month, date } = civilFromDays(Math.floor(utcMidnight / dayMs));
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** Days since 1970-01-01; negative before. */
export function dayNumber(date: string): number {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  return daysFromCivil(year, month, day);
}

/** The date of a day number. */
export const dateOf = (day: number): string => isoOf(day * dayMs);

/** The day that is `days` days later. */
export const addDays = (date: string, days: number): string => dateOf(dayNumber(date) + days);

/** 1 = Monday .. 7 = Sunday. 1970-01-01 was a Thursday. */
export const weekdayOf = (date: string): number => ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;

/** 1 = January .. 12 = December. */
export const monthOf = (date: string): number => Number(date.slice(5, 7));

/** The days from `from` to `to`, both included; none when they are out of order. */
export function* eachDay(from: string, to: string): Generator<string> {
  const last = dayNumber(to);
  for (let day = dayNumber(from); day <= last; day += 1) yield dateOf(day);
}

/** The local day of an instant, YYYY-MM-DD. */
export const localDate = (at: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone).toPlainDate().toString();

/** The first instant of a local day (not always midnight). Epoch milliseconds. */
export const startOfDay = (date: string, zone: string): number =>
  Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;

/**
 * The instant of a local wall time. In the gap of a clock change: the first valid instant after it; in the overlap: the first
 * occurrence. Epoch milliseconds.
 * @param minuteOfDay 0 to 1439; 1440 is the next day's 00:00.
 */
export function instantOf(date: string, minuteOfDay: number, zone: string): number {
  const local = Temporal.PlainDate.from(date).toPlainDateTime().add({ minutes: minuteOfDay });
  const earlier = local.toZonedDateTime(zone, { disambiguation: "earlier" });
  if (earlier.toPlainDateTime().equals(local)) return earlier.epochMilliseconds;
  // In a gap `earlier` lies before the change: the first valid instant is the change itself.
  const change = earlier.getTimeZoneTransition("next");
  return (change ?? local.toZonedDateTime(zone, { disambiguation: "later" })).epochMilliseconds;
}
