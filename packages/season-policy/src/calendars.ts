// Days of religious and lunar calendars. Asked only when a policy is made: what a runtime's calendar data say may change, what
// a policy says does not. Temporal stays in this file and `civil-time.ts`.
import { Temporal } from "temporal-polyfill/full";
import { addDays, weekdayOf } from "./civil-time.js";

/** Days from `from` to `to`, both included, YYYY-MM-DD. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

export type LunarCalendar = "islamic-umalqura" | "chinese";

/**
 * A month of a lunar calendar in each of the years that the days from `from` to `to` touch. A Chinese leap month is not the
 * month whose number it repeats. Islamic months follow the Umm al-Qura tables; where the moon is watched they differ by a day.
 */
export function lunarMonths(calendar: LunarCalendar, month: number, from: string, to: string): readonly DayRange[] {
  const monthCode = `M${String(month).padStart(2, "0")}`;
  const yearOf = (date: string): number => Temporal.PlainDate.from(date).withCalendar(calendar).year;
  const ranges: DayRange[] = [];
  for (let year = yearOf(from); year <= yearOf(to); year += 1) {
    const first = Temporal.PlainDate.from({ calendar, year, monthCode, day: 1 });
    const begins = first.withCalendar("iso8601").toString();
    ranges.push({ from: begins, to: addDays(begins, first.daysInMonth - 1) });
  }
  return ranges.filter((range) => range.to >= from && range.from <= to);
}

/**
 * Easter Sunday of the western churches in a Gregorian year: the anonymous Gregorian algorithm, as in J. Meeus, Astronomical
 * Algorithms (1991), chapter 8.
 */
export function easterSunday(year: number): string {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const moonCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - moonCorrection + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const sum = epact + toSunday - 7 * late + 114;
  return isoOf(year, Math.floor(sum / 31), (sum % 31) + 1);
}

/** From the fourth Sunday before Christmas to 24 December. */
export function advent(year: number): DayRange {
  const eve = isoOf(year, 12, 24);
  // Christmas Eve itself is the fourth Sunday when it is one.
  const fourth = addDays(eve, -(weekdayOf(eve) % 7));
  return { from: addDays(fourth, -21), to: eve };
}

const isoOf = (year: number, month: number, day: number): string =>
  `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
