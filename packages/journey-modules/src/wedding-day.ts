// The wedding's date as words. English and without a locale library, so that every machine writes the same mail.
import { Temporal } from "temporal-polyfill";

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

export interface WeddingWords {
  /** `2026-06-20` */
  readonly date: string;
  /** `Saturday 20 June 2026` */
  readonly dateLong: string;
  readonly weekday: string;
  readonly year: string;
}

/** Words for a `YYYY-MM-DD` date; undefined when there is no such day. */
export function weddingWords(date: string): WeddingWords | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  try {
    const { dayOfWeek, day, month, year } = Temporal.PlainDate.from(date, { overflow: "reject" });
    const weekday = weekdays[dayOfWeek - 1] ?? "";
    return { date, dateLong: `${weekday} ${day} ${months[month - 1]} ${year}`, weekday, year: String(year) };
  } catch {
    return undefined;
  }
}
