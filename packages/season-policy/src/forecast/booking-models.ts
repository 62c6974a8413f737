// The regressions that are averaged into a forecast from bookings in hand. Each explains the final count by what is in
// hand and by views of the pick-up; they differ in what else they look at, so their errors differ as well.
import { fitLeastDeviations } from "./least-deviations.js";

/** What is known about one target day at one lead. */
export interface Features {
  /** Bookings in hand expected to take place. */
  readonly inHand: number;
  /** The same, mean of the week around the day. */
  readonly inHandWeek: number;
  /** The best single view of the pick-up. */
  readonly pickUp: number;
  readonly recent: number;
  readonly typical: number;
  /** Mean demand of the last four such weekdays. */
  readonly sameWeekday: number;
  /** Place in the year, as the two coordinates of a circle. */
  readonly yearSine: number;
  readonly yearCosine: number;
}

interface Model {
  readonly columns: readonly ((features: Features) => number)[];
  /** The coefficients believed before anything was learned: final = in hand + pick-up. */
  readonly prior: readonly number[];
}

const one = (): number => 1;
const inHand = ({ inHand: value }: Features): number => value;
const pickUp = ({ pickUp: value }: Features): number => value;

const models: readonly Model[] = [
  { columns: [one, inHand, pickUp], prior: [0, 1, 1] },
  { columns: [one, inHand, pickUp, (row) => row.typical], prior: [0, 1, 0.8, 0.2] },
  { columns: [one, inHand, pickUp, (row) => row.inHandWeek, (row) => row.recent], prior: [0, 1, 0.8, 0, 0.2] },
  {
    columns: [one, inHand, pickUp, (row) => row.inHandWeek, (row) => row.recent, (row) => row.sameWeekday],
    prior: [0, 1, 0.8, 0, 0.2, 0],
  },
  { columns: [one, inHand, pickUp, (row) => row.yearSine, (row) => row.yearCosine], prior: [0, 1, 1, 0, 0] },
];

/** Rows' worth of trust in the prior. */
const pull = 5;
/** Misses below half an event are no misses. */
const floor = 0.5;
/** Below this many rows the prior alone speaks. */
const fewestRows = 20;
/** Only the last two years teach. */
const newestRows = 728;

/** Learns from pairs of features and outcome, in order of their days. */
export interface BookingModels {
  readonly add: (features: Features, actual: number) => void;
  /** Learns again from everything added. */
  readonly fit: () => void;
  /** The mean of the regressions, >= 0. */
  readonly predict: (features: Features) => number;
}

/** Untaught models, which say "in hand + pick-up". */
export const createBookingModels = (): BookingModels => {
  const matrices = models.map((): number[] => []);
  const targets: number[] = [];
  const betas = models.map(({ prior }): Float64Array => Float64Array.from(prior));
  let taught = false;
  return {
    add: (features, actual) => {
      for (const [at, { columns }] of models.entries()) {
        for (const column of columns) matrices[at]?.push(column(features));
      }
      targets.push(actual);
    },
    fit: () => {
      const rows = Math.min(targets.length, newestRows);
      if (rows < fewestRows) return;
      const weights = new Float64Array(rows).fill(1);
      for (const [at, { columns, prior }] of models.entries()) {
        const problem = {
          columns: columns.length,
          features: Float64Array.from((matrices[at] ?? []).slice(-rows * columns.length)),
          targets: Float64Array.from(targets.slice(-rows)),
          weights,
        };
        const start = betas[at] ?? prior;
        betas[at] = fitLeastDeviations(problem, { prior, pull, floor, start, rounds: taught ? 4 : 12 });
      }
      taught = true;
    },
    predict: (features) => {
      let sum = 0;
      for (const [at, { columns }] of models.entries()) {
        for (const [place, column] of columns.entries()) sum += (betas[at]?.[place] ?? 0) * column(features);
      }
      return Math.max(0, sum / models.length);
    },
  };
};
