// Days that repeat in the calendar without being told: the same date, the same "fourth Thursday of November", the same
// "last Monday of May", and named days with their neighbours. What is left of a day after level, weekday and season is
// remembered under these names.
import { dateOf, daysInMonth, weekdayOf } from "./calendar.js";
import type { NamedDay } from "./port.js";
import { ascending, quantileOf } from "./statistics.js";

/** Days before and after a named day that may feel it. */
const neighbours = [-2, -1, 0, 1, 2];
/** An effect must exceed this many times the usual scatter, or it is taken for chance. */
const noticeable = 1.5;
/** Years of a name that weigh as much as "no effect". */
const doubt = 0.5;

/** The names a day bears in the calendar, apart from holidays. */
export const positionsOf = (day: number): readonly string[] => {
  const { year, month, date } = dateOf(day);
  const fromEnd = Math.floor((daysInMonth(year, month) - date) / 7);
  const weekday = weekdayOf(day);
  return [`d${month}.${date}`, `w${month}.${weekday}.${Math.floor((date - 1) / 7)}`, `e${month}.${weekday}.${fromEnd}`];
};

/** Finds the names a day bears as a holiday or beside one, nearest first. */
export const holidayNames = (holidays: readonly NamedDay[]): ((day: number) => readonly string[]) => {
  const byDay = new Map<number, string[]>();
  for (const { day, name } of holidays) {
    for (const offset of neighbours) {
      const names = byDay.get(day + offset) ?? [];
      // A day off beside a weekend is felt otherwise than one within a week.
      names.push(`h${offset}.${name}`);
      byDay.set(day + offset, names);
    }
  }
  return (day) => byDay.get(day) ?? [];
};

/** What a calendar name adds to the ratio of a day to its expectation. */
export type EffectOf = (day: number) => number;

/**
 * Learns effects from what was left over on past days (`left` by index from day `first`). Of a day's names the one
 * with the largest effect speaks: they are different ways to say the same thing.
 */
export const learnEffects = (
  left: ArrayLike<number>,
  first: number,
  namesOf: (day: number) => readonly string[],
): EffectOf => {
  const scatter = quantileOf(ascending(Float64Array.from(left, Math.abs)), 0.5) * 1.4826;
  const seen = new Map<string, number[]>();
  for (let at = 0; at < left.length; at += 1) {
    for (const name of namesOf(first + at)) {
      const list = seen.get(name);
      if (list === undefined) seen.set(name, [left[at] as number]);
      else list.push(left[at] as number);
    }
  }
  const effects = new Map<string, number>();
  for (const [name, list] of seen) {
    if (list.length < 2) continue;
    const middle = quantileOf(ascending(list), 0.5);
    if (Math.abs(middle) * Math.sqrt(list.length) < noticeable * scatter * Math.SQRT2) continue;
    effects.set(name, (middle * list.length) / (list.length + doubt));
  }
  return (day) => {
    let largest = 0;
    for (const name of namesOf(day)) {
      const effect = effects.get(name) ?? 0;
      if (Math.abs(effect) > Math.abs(largest)) largest = effect;
    }
    return largest;
  };
};
