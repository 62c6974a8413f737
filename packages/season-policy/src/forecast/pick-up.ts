// What is still to be picked up: bookings that will be made between now and the day and will take place. Recent days
// tell the level, last year's same weeks tell the season, and fresh bookings tell how this year differs from it.
import { weekdayOf, yearLag } from "./calendar.js";
import { ascending, meanOf, quantileOf } from "./statistics.js";

/** How strongly a difference from last year is carried forward (elasticity); half-believed signals, so well below 1. */
const paceElasticity = 0.3;
const localElasticity = 0.2;
/** Bookings added to both sides of a ratio, so that a handful against a handful says little. */
const ratioCushion = 10;
/** The recent weeks. */
export const recentDays = 28;
/** A weekday's factor counts as much as "like any day" when this many such days were seen. */
const weekdayShrinkage = 8;
const smallestFactor = 0.2;
/** Pick-ups above this share of last year's are cut to it: one large group must not colour its neighbours' weeks. */
const cutAbove = 0.95;

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
  /** What days gained over the last 28 days at each distance from the lead on, summed up: it has seen the newest bookings. */
  readonly fresh: number;
  /** Last year's same weeks, carried to this year's level; undefined without last year. */
  readonly lastYear: number | undefined;
}

/** What the views are made of. */
export interface PickUpHistory {
  /** The pick-ups of days `first`, `first` + 1, ... up to the origin, all at the same lead. */
  readonly values: ArrayLike<number>;
  readonly first: number;
  readonly target: number;
  /** What an average day gains from the lead on, going by the last 28 days at each distance; whatever its weekday. */
  readonly gain: number;
  /** Days back to last year's counterpart of the target, a multiple of seven. */
  readonly lag: number;
  /** This year against last year, as from `logRatio`: all fresh bookings, and those around the target day. */
  readonly paceRatio: number;
  readonly localRatio: number;
}

/** The views of the pick-up of one target day. */
export const pickUpViews = (history: PickUpHistory): PickUpViews => {
  const { values, first, target, gain, lag, paceRatio, localRatio } = history;
  if (values.length === 0) return { recent: 0, fresh: Math.max(0, gain), lastYear: undefined };
  const cap = quantileOf(ascending(values, values.length - yearLag), cutAbove);
  const usual = new Float64Array(values.length);
  for (let at = 0; at < usual.length; at += 1) {
    const value = values[at] as number;
    usual[at] = value < cap ? value : cap;
  }
  const factors = weekdayFactors(usual, first);
  const level = new Float64Array(usual.length);
  for (let at = 0; at < level.length; at += 1) {
    level[at] = (usual[at] as number) / (factors[weekdayOf(first + at)] as number);
  }
  const factor = factors[weekdayOf(target)] as number;
  const recent = (meanOf(level, level.length - recentDays) as number) * factor;
  const fresh = Math.max(0, gain) * factor;
  const centre = target - lag - first;
  if (centre < 0) return { recent, fresh, lastYear: undefined };
  const near = meanOf(level, centre - 7, centre + 8) as number;
  const wide = meanOf(level, centre - 21, centre + 22) as number;
  const carried = Math.exp(paceElasticity * paceRatio + localElasticity * localRatio);
  return { recent, fresh, lastYear: ((near + wide) / 2) * factor * carried };
};
