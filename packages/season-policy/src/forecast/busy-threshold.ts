// When a day counts as busy: at or above the 90th percentile of the last 365 days.
import { ascending, quantileOf } from "./statistics.js";

const share = 0.9;
const window = 365;
/** Fewer days than four weeks say nothing about what is busy. */
const fewest = 28;

/** The threshold after the last of `demand`'s days; undefined when there are too few. */
export const busyThresholdOf = (demand: ArrayLike<number>): number | undefined => {
  if (demand.length < fewest) return undefined;
  return quantileOf(ascending(demand, demand.length - window), share);
};
