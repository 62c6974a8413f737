// Enough calendar for forecasting, in whole days since 1970-01-01: the pure layers have no Date.
import { civilFromDays, daysFromCivil } from "../civil-time.js";

/** Days of the lag that joins a day to the same weekday about one year before. */
export const yearLag = 364;

/** 0 for Monday .. 6 for Sunday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** Year, month (1 to 12) and day of month of a day number in the proleptic Gregorian calendar. */
export const dateOf = civilFromDays;

/** Days of a month; `month` is 1 to 12. */
export const daysInMonth = (year: number, month: number): number =>
  daysFromCivil(month === 12 ? year + 1 : year, (month % 12) + 1, 1) - daysFromCivil(year, month, 1);
