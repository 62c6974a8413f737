// What past forecasts missed by, and from it intervals and chances: conformal prediction (Vovk, Gammerman and Shafer
// 2005), with the misses of the same lead divided by the spread that was expected of them.
import { quantileOf } from "./statistics.js";
import type { Interval } from "./port.js";

/** Misses that are taken for granted before any was seen: normal, half as wide again as expected. */
const assumed = [-2.9, -2.1, -1.6, -1.2, -0.9, -0.6, -0.3, -0.1, 0.1, 0.3, 0.6, 0.9, 1.2, 1.6, 2.1, 2.9];
/** Only so many of the newest misses count, so that intervals follow the present. */
const memory = 182;
/** The assumed misses fade out while the first real ones come in. */
const assumedUntil = 64;

/** The distribution of one forecast. */
export interface Outlook {
  /** The interval that should hold the outcome with the chance `share`, always with the point in it. */
  readonly interval: (share: number) => Interval;
  /** The chance of `threshold` or more. */
  readonly chanceOf: (threshold: number) => number;
}

/** The misses of one lead. */
export interface Residuals {
  /** Remembers that `point` was forecast with `spread` (> 0) and `actual` came. */
  readonly add: (actual: number, point: number, spread: number) => void;
  readonly outlook: (point: number, spread: number) => Outlook;
}

/** An empty memory of misses. */
export const createResiduals = (): Residuals => {
  const misses: number[] = [];
  let sorted: Float64Array | undefined;
  const sample = (): Float64Array => {
    if (sorted === undefined) {
      const kept = Math.ceil(assumed.length * Math.max(0, 1 - misses.length / assumedUntil));
      const step = kept === 0 ? 0 : assumed.length / kept;
      const prior = Array.from({ length: kept }, (_, at) => assumed[Math.floor((at + 0.5) * step)] as number);
      sorted = Float64Array.from([...misses, ...prior]).sort();
    }
    return sorted;
  };
  return {
    add: (actual, point, spread) => {
      misses.push((actual - point) / spread);
      if (misses.length > memory) misses.shift();
      sorted = undefined;
    },
    outlook: (point, spread) => {
      const values = sample();
      const at = (share: number): number => {
        // The conformal correction: with n misses the next one is as likely to fall into each of n + 1 gaps.
        const outer = 0.5 + (share - 0.5) * (1 + 1 / values.length);
        return Math.max(0, point + spread * quantileOf(values, Math.min(1, Math.max(0, outer))));
      };
      return {
        interval: (share) => ({
          low: Math.min(point, at((1 - share) / 2)),
          high: Math.max(point, at((1 + share) / 2)),
        }),
        chanceOf: (threshold) => {
          // Half a count below, since counts are whole and misses are not.
          const needed = (threshold - 0.5 - point) / spread;
          let reached = 0;
          for (const value of values) if (value >= needed) reached += 1;
          return (reached + 0.5) / (values.length + 1);
        },
      };
    },
  };
};
