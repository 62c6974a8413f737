// When a day counts as busy: at or above the 90th percentile of the last 365 days, and never without a single event. Where
// most days have none, the percentile is zero: every day would reach it, and be busy for ever.
import { ascending, quantileOf } from "./statistics.js";

const share = 0.9;
const window = 365;
const fewestEvents = 1;
/** Fewer days than four weeks say nothing about what is busy. */
const fewest = 28;

/** The threshold after the last of `demand`'s days; undefined when there are too few. */
export const busyThresholdOf = (demand: ArrayLike<number>): number | undefined => {
  if (demand.length < fewest) return undefined;
  return Math.max(fewestEvents, quantileOf(ascending(demand, demand.length - window), share));
};
