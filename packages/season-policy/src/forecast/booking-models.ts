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

/** Numbers kept in order; only the newest are read. A list that iterated them would cost more than the regression. */
const createColumnStore = (width: number) => {
  let room = new Float64Array(64 * width);
  let used = 0;
  return {
    push: (value: number): void => {
      if (used === room.length) {
        const larger = new Float64Array(2 * used);
        larger.set(room);
        room = larger;
      }
      room[used] = value;
      used += 1;
    },
    newest: (rows: number): Float64Array => room.subarray(used - rows * width, used),
  };
};

/** Untaught models, which say "in hand + pick-up". */
export const createBookingModels = (): BookingModels => {
  const learners = models.map(({ columns, prior }) => ({
    columns,
    prior,
    rows: createColumnStore(columns.length),
    beta: Float64Array.from(prior),
  }));
  const targets = createColumnStore(1);
  const weights = createColumnStore(1);
  let known = 0;
  let taught = false;
  return {
    add: (features, actual, weight) => {
      for (const { columns, rows } of learners) for (const column of columns) rows.push(column(features));
      targets.push(actual);
      weights.push(weight);
      known += 1;
    },
    fit: () => {
      const count = Math.min(known, newestRows);
      if (count < fewestRows) return;
      const common = { targets: targets.newest(count), weights: weights.newest(count) };
      for (const { columns, prior, rows, beta } of learners) {
        const problem = { columns: columns.length, features: rows.newest(count), ...common };
        beta.set(fitLeastDeviations(problem, { prior, pull, floor, start: beta, rounds: taught ? 2 : 12 }));
      }
      taught = true;
    },
    predict: (features) => {
      let sum = features.inHand + features.pickUp;
      for (const { columns, beta } of learners) {
        for (const [place, column] of columns.entries()) sum += (beta[place] as number) * column(features);
      }
      return Math.max(0, sum / (learners.length + 1));
    },
  };
};
