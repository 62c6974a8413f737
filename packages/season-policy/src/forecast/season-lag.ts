// Which day of the year before a day is to be compared with: the same weekday 52 weeks ago, or, near a feast that moves
// through the calendar, as many weeks ago as the feast was.
import { yearLag } from "./calendar.js";
import type { NamedDay } from "./port.js";

/** Days around a named day that move with it. */
const reach = 7;
/** A feast one year before lies within these days. */
const earliest = 330;
const latest = 400;

/** The lag in days, a multiple of seven, by target day. */
export const seasonLags = (holidays: readonly NamedDay[]): ((target: number) => number) => {
  const sorted = holidays.toSorted((a, b) => a.day - b.day || (a.name < b.name ? -1 : 1));
  return (target) => {
    let nearest = reach + 1;
    let lag = yearLag;
    for (const { day, name } of sorted) {
      const distance = Math.abs(day - target);
      if (distance >= nearest) continue;
      const before = sorted.find(
        (other) => other.name === name && day - other.day >= earliest && day - other.day <= latest,
      );
      if (before === undefined) continue;
      nearest = distance;
      lag = 7 * Math.round((day - before.day) / 7);
    }
    return lag;
  };
};
