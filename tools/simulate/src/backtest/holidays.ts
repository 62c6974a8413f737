// Public holidays of a region as plain data for the forecasters; the library stays in the tool.
import Holidays from "date-holidays";
import type { NamedDay } from "@wedsync/season-policy/forecast";
import { dateOf } from "@wedsync/season-policy/forecast";
import { parseDay } from "../generate/dates.js";
import { read, refuse, type Read } from "./problem.js";

/** Public holidays between two days. `region` is `COUNTRY`, `COUNTRY-STATE` or `COUNTRY-STATE-REGION`, as in DE-BY. */
export const holidaysOf = (region: string, first: number, last: number): Read<readonly NamedDay[]> => {
  const [country = "", state, part] = region.toUpperCase().split("-");
  const known = new Holidays().getCountries();
  if (!Object.hasOwn(known, country)) {
    return refuse("holidays", `--holidays knows no country "${country}": give its ISO 3166 code, as in US or DE-BY.`);
  }
  const library =
    part !== undefined && state !== undefined
      ? new Holidays(country, state, part)
      : state !== undefined
        ? new Holidays(country, state)
        : new Holidays(country);
  const days: NamedDay[] = [];
  for (let { year } = dateOf(first); year <= dateOf(last).year; year += 1) {
    for (const { date, name, type } of library.getHolidays(year)) {
      const day = parseDay(date.slice(0, 10));
      if (type === "public" && day !== undefined) days.push({ day, name });
    }
  }
  return read(days);
};
