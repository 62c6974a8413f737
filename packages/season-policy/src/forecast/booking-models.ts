// The regressions that are averaged into a forecast from bookings in hand. Each explains the final count by what is in
// hand and by views of the pick-up; they differ in what else they look at, so their errors differ as well.
import { fitLeastDeviations } from "./least-deviations.js";

/** What is known about one target day at one lead. */
export interface Features {
  /** Bookings in hand expected to take place. */
  readonly inHand: number;
  /** The same for the days around it: mean of the two and of the three days before, and of the three after. */
  readonly twoBefore: number;
  readonly threeBefore: number;
  readonly threeAfter: number;
  /** The best single view of the pick-up: last year's season where there is one, else the recent weeks. */
  readonly pickUp: number;
  readonly recent: number;
  /** Mean demand of the last four such weekdays. */
  readonly sameWeekday: number;
  /** Place in the year, as the two coordinates of a circle. */
  readonly yearSine: number;
  readonly yearCosine: number;
}

type Column = (features: Features) => number;

const one: Column = () => 1;
const inHand: Column = (row) => row.inHand;
const pickUp: Column = (row) => row.pickUp;
const recent: Column = (row) => row.recent;
const sameWeekday: Column = (row) => row.sameWeekday;
const twoBefore: Column = (row) => row.twoBefore;
const threeBefore: Column = (row) => row.threeBefore;
const threeAfter: Column = (row) => row.threeAfter;

interface Model {
  readonly columns: readonly Column[];
  /** The coefficients believed before anything was learned: final = in hand + pick-up. */
  readonly prior: readonly number[];
}

const models: readonly Model[] = [
  { columns: [one, inHand, pickUp, threeBefore], prior: [0, 1, 1, 0] },
  { columns: [one, inHand, pickUp, twoBefore], prior: [0, 1, 1, 0] },
  { columns: [one, inHand, pickUp, threeBefore, threeAfter], prior: [0, 1, 1, 0, 0] },
  { columns: [one, inHand, pickUp, threeBefore, recent], prior: [0, 1, 0.8, 0, 0.2] },
  { columns: [one, inHand, pickUp, threeBefore, recent, sameWeekday], prior: [0, 1, 0.8, 0, 0.2, 0] },
  {
    columns: [one, inHand, pickUp, threeBefore, threeAfter, recent, sameWeekday],
    prior: [0, 1, 0.8, 0, 0, 0.2, 0],
  },
  {
    columns: [one, inHand, pickUp, threeBefore, (row) => row.yearSine, (row) => row.yearCosine],
    prior: [0, 1, 1, 0, 0, 0],
  },
];

/** Rows' worth of trust in the prior. */
const pull = 1.5;
/** Misses below half an event are no misses. */
const floor = 0.5;
/** Below this many rows the prior alone speaks. */
const fewestRows = 20;
/** Only the last year teaches: each season once. */
const newestRows = 364;

/** Learns from pairs of features and outcome, in order of their days. */
export interface BookingModels {
  /** `weight` says how much the pair counts, > 0. */
  readonly add: (features: Features, actual: number, weight: number) => void;
  /** Learns again from everything added. */
  readonly fit: () => void;
  /** The mean of the regressions and of what is believed without them, in hand + pick-up; >= 0. */
  readonly predict: (features: Features) => number;
}

/** Untaught models, which say "in hand + pick-up". */
export const createBookingModels = (): BookingModels => {
  const matrices = models.map((): number[] => []);
  const targets: number[] = [];
  const weights: number[] = [];
  const betas = models.map(({ prior }): Float64Array => Float64Array.from(prior));
  let taught = false;
  return {
    add: (features, actual, weight) => {
      for (const [at, { columns }] of models.entries()) {
        for (const column of columns) matrices[at]?.push(column(features));
      }
      targets.push(actual);
      weights.push(weight);
    },
    fit: () => {
      const rows = Math.min(targets.length, newestRows);
      if (rows < fewestRows) return;
      for (const [at, { columns, prior }] of models.entries()) {
        const problem = {
          columns: columns.length,
          features: Float64Array.from((matrices[at] ?? []).slice(-rows * columns.length)),
          targets: Float64Array.from(targets.slice(-rows)),
          weights: Float64Array.from(weights.slice(-rows)),
        };
        const start = betas[at] ?? prior;
        betas[at] = fitLeastDeviations(problem, { prior, pull, floor, start, rounds: taught ? 2 : 12 });
      }
      taught = true;
    },
    predict: (features) => {
      let sum = features.inHand + features.pickUp;
      for (const [at, { columns }] of models.entries()) {
        for (const [place, column] of columns.entries()) sum += (betas[at]?.[place] ?? 0) * column(features);
      }
      return Math.max(0, sum / (models.length + 1));
    },
  };
};
