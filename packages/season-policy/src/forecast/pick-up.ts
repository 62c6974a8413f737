// What is still to be picked up: bookings that will be made between now and the day and will take place. Recent days
// tell the level, last year's same weeks tell the season, and fresh bookings tell how this year differs from it.
import { weekdayOf, yearLag } from "./calendar.js";
import { meanOf, medianOf } from "./statistics.js";

/** How strongly a difference from last year is carried forward (elasticity); half-believed signals, so well below 1. */
const paceElasticity = 0.3;
const localElasticity = 0.2;
/** Bookings added to both sides of a ratio, so that a handful against a handful says little. */
const ratioCushion = 10;
/** A weekday's factor counts as much as "like any day" when this many such days were seen. */
const weekdayShrinkage = 8;
const smallestFactor = 0.2;

/** Factors of the weekdays (0 for Monday) over the last year of `values`; `first` is the day of values[0]. */
export const weekdayFactors = (values: ArrayLike<number>, first: number): readonly number[] => {
  const from = Math.max(0, values.length - yearLag);
  const sums = new Float64Array(7);
  const counts = new Float64Array(7);
  let total = 0;
  for (let at = from; at < values.length; at += 1) {
    const weekday = weekdayOf(first + at);
    const value = values[at] as number;
    sums[weekday] = (sums[weekday] as number) + value;
    counts[weekday] = (counts[weekday] as number) + 1;
    total += value;
  }
  const mean = values.length > from ? total / (values.length - from) : 0;
  if (mean <= 0) return Array.from({ length: 7 }, () => 1);
  return Array.from(sums, (sum, weekday) =>
    Math.max(smallestFactor, (sum / mean + weekdayShrinkage) / ((counts[weekday] as number) + weekdayShrinkage)),
  );
};

/** The logarithm of how much this year's count exceeds last year's, damped for small counts. */
export const logRatio = (now: number, before: number): number =>
  Math.log((now + ratioCushion) / (before + ratioCushion));

/** Simple forecasts of the pick-up of one target day at one lead; each may be missing while history is short. */
export interface PickUpViews {
  /** Mean of the last 28 days. */
  readonly recent: number;
  /** Median of the last 84 days. */
  readonly typical: number;
  /** Last year's same weeks, carried to this year's level; undefined without last year. */
  readonly lastYear: number | undefined;
}

/**
 * Views of the pick-up from `values`, the pick-ups of days `first`, `first` + 1, ... up to the origin at the same lead.
 * `paceRatio` and `localRatio` are this year against last year, as from `logRatio`: of all fresh bookings, and of the
 * fresh bookings around the target day.
 */
export const pickUpViews = (
  values: ArrayLike<number>,
  first: number,
  target: number,
  paceRatio: number,
  localRatio: number,
): PickUpViews => {
  const factors = weekdayFactors(values, first);
  const level = Float64Array.from(
    { length: values.length },
    (_, at) => (values[at] as number) / (factors[weekdayOf(first + at)] as number),
  );
  const factor = factors[weekdayOf(target)] as number;
  const end = level.length;
  const recent = (meanOf(level, end - 28) ?? 0) * factor;
  const typical = (medianOf(level, end - 84) ?? 0) * factor;
  const centre = target - yearLag - first;
  const near = centre >= 0 ? meanOf(level, centre - 7, centre + 8) : undefined;
  const wide = centre >= 0 ? meanOf(level, centre - 21, centre + 22) : undefined;
  if (near === undefined || wide === undefined) return { recent, typical, lastYear: undefined };
  const carried = Math.exp(paceElasticity * paceRatio + localElasticity * localRatio);
  return { recent, typical, lastYear: ((near + wide) / 2) * factor * carried };
};
