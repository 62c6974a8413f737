// What past forecasts missed by, and from it intervals and chances: conformal prediction (Vovk, Gammerman and Shafer
// 2005), with the misses of the same lead divided by the spread that was expected of them.
import { assumedMisses, assumedOutcomes } from "./assumed-outcomes.js";
import { quantileOf } from "./statistics.js";
import type { Interval } from "./port.js";

/** Only so many of the newest misses count (17 weeks of days), so that intervals follow the season. */
const memory = 119;
/** What is assumed fades out while the first real misses come in. */
const assumedUntil = 64;
/**
 * Below this share of the usual outcome nothing much is expected, as in a closed season. Such forecasts are right to the
 * event; their misses are kept apart, or five closed months would make the forecasts of the first open one look certain.
 */
const quietShare = 0.1;
/** Outcomes that say what is usual. */
const usualDays = 364;

/** The distribution of one forecast. */
export interface Outlook {
  /** The interval that should hold the outcome with the chance `share`, always with the point in it. */
  readonly interval: (share: number) => Interval;
  /** The chance of `threshold` or more. */
  readonly chanceOf: (threshold: number) => number;
}

/** The misses of one lead. */
export interface Residuals {
  /** Remembers that `point` was forecast with `spread` (>= 1, one event for rounding included) and `actual` came. */
  readonly add: (actual: number, point: number, spread: number) => void;
  readonly outlook: (point: number, spread: number) => Outlook;
}

/** The newest misses of one kind; `sorted` is kept until another one comes. */
interface Misses {
  readonly newest: number[];
  sorted: Float64Array | undefined;
}

/** The misses in order, with as many of the assumed ones as are not yet replaced. */
const sampleOf = (misses: Misses, point: number, spread: number): Float64Array => {
  const kept = Math.ceil(assumedMisses * Math.max(0, 1 - misses.newest.length / assumedUntil));
  if (kept === 0) {
    misses.sorted ??= Float64Array.from(misses.newest).sort();
    return misses.sorted;
  }
  const { outcomes } = assumedOutcomes(point, spread);
  const step = assumedMisses / kept;
  const prior = Array.from({ length: kept }, (_, at) => outcomes[Math.floor((at + 0.5) * step)] as number);
  return Float64Array.from([...misses.newest, ...prior.map((outcome) => (outcome - point) / spread)]).sort();
};

/** An empty memory of misses. */
export const createResiduals = (): Residuals => {
  const open: Misses = { newest: [], sorted: undefined };
  const quiet: Misses = { newest: [], sorted: undefined };
  const outcomes: number[] = [];
  let sum = 0;
  const kindOf = (point: number): Misses => (point < (quietShare * sum) / Math.max(1, outcomes.length) ? quiet : open);
  return {
    add: (actual, point, spread) => {
      const misses = kindOf(point);
      misses.newest.push((actual - point) / spread);
      if (misses.newest.length > memory) misses.newest.shift();
      misses.sorted = undefined;
      outcomes.push(actual);
      sum += actual;
      if (outcomes.length > usualDays) sum -= outcomes.shift() as number;
    },
    outlook: (point, spread) => {
      const misses = kindOf(point);
      const values = sampleOf(misses, point, spread);
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
          for (const value of misses.newest) if (value >= needed) reached += 1;
          const seen = misses.newest.length;
          const learned = Math.min(1, seen / assumedUntil);
          const assumed = assumedMisses * (1 - learned);
          const believed = assumed === 0 ? 0 : assumed * assumedOutcomes(point, spread).chanceOf(threshold);
          // The next miss is half above and half below, once the misses speak.
          return (reached + believed + 0.5 * learned) / (seen + assumed + learned);
        },
      };
    },
  };
};
