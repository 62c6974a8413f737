// Public holidays of a region as the forecasters take them.
import { namedHolidays } from "@wedsync/adapter-holidays";
import { dateOf, type NamedDay } from "@wedsync/season-policy/forecast";
import { parseDay } from "../generate/dates.js";
import { read, refuse, type Read } from "../input/problem.js";

/** Forecasters learn from fewer years; the calendars are not asked for more. */
const mostYears = 20;

/** Public holidays between the years of two days. `region`: `COUNTRY`, `COUNTRY-STATE` or `COUNTRY-STATE-REGION`, as in DE-BY. */
export const holidaysOf = (region: string, first: number, last: number): Read<readonly NamedDay[]> => {
  const toYear = dateOf(last).year;
  const fromYear = Math.max(dateOf(first).year, toYear - mostYears + 1);
  const found = namedHolidays({ calendar: region.toUpperCase(), fromYear, toYear });
  if (!found.ok) return refuse("holidays", `--holidays: ${found.issues.map(({ message }) => message).join(" ")}`);
  return read(
    found.days.flatMap(({ date, name, type }) => {
      const day = parseDay(date);
      return type === "public" && day !== undefined ? [{ day, name }] : [];
    }),
  );
};
