// What is known about one target day at one origin: the bookings in hand and around it, the views of its pick-up, and
// what last year's counterpart looked like from the same distance.
import { paceDays, type BookingLedger } from "./booking-ledger.js";
import type { Features } from "./booking-models.js";
import { yearLag } from "./calendar.js";
import { logRatio, pickUpViews, recentDays } from "./pick-up.js";

/** Days to each side that count as the neighbourhood of a target day. */
export const near = 3;

/** What was in hand at one origin; index is the lead. */
export interface Snapshot {
  readonly expected: Float64Array;
  readonly variance: Float64Array;
  readonly fresh: Float64Array;
  readonly pace: Float64Array;
}

/** Takes the snapshot of today for leads up to `reach`. */
export const snapshotOf = (ledger: BookingLedger, reach: number): Snapshot => {
  const hands = Array.from({ length: reach + 1 }, (_, lead) =>
    lead === 0 ? undefined : ledger.inHand(ledger.today() + lead),
  );
  return {
    expected: Float64Array.from(hands, (hand) => hand?.expected ?? 0),
    variance: Float64Array.from(hands, (hand) => hand?.variance ?? 0),
    fresh: Float64Array.from(hands, (hand) => hand?.fresh ?? 0),
    pace: ledger.pace(),
  };
};

/** What has been seen up to the end of `today`. */
export interface Sight {
  /** The first day of history; `demand` and `pickedUp` (at the lead of the target) count from it. */
  readonly first: number;
  readonly demand: readonly number[];
  readonly pickedUp: readonly number[];
  /** Snapshots of the days from `start` on. */
  readonly start: number;
  readonly snapshots: readonly Snapshot[];
  readonly today: number;
  readonly target: number;
  /** Days back to last year's counterpart of the target. */
  readonly lag: number;
}

export interface Observation {
  readonly features: Features;
  /** Whether last year's counterpart could be seen. */
  readonly withLastYear: boolean;
  /** Variance of the bookings in hand that take place. */
  readonly variance: number;
}

const around = (values: ArrayLike<number>, lead: number): number => {
  let sum = 0;
  for (let at = Math.max(1, lead - near); at <= lead + near; at += 1) sum += values[at] as number;
  return sum;
};

/** This year against last year: all fresh bookings, and those for days around the target; 0 where it cannot be said. */
const ratiosOf = (sight: Sight, now: Snapshot, lead: number): { readonly pace: number; readonly local: number } => {
  const { first, start, snapshots, today, target, lag } = sight;
  const lastYear = snapshots[today - yearLag - start];
  const counterpart = snapshots[today - lag - start];
  const paced = lastYear !== undefined && today - yearLag - paceDays > first - lead;
  const comparable = counterpart !== undefined && target - lag - near >= first;
  return {
    pace: paced ? logRatio(now.pace[lead] as number, lastYear.pace[lead] as number) : 0,
    local: comparable ? logRatio(around(now.fresh, lead), around(counterpart.fresh, lead)) : 0,
  };
};

/** Mean demand of the last four known days of the target's weekday; undefined without any. */
const sameWeekdayOf = ({ first, demand, target }: Sight, lead: number): number | undefined => {
  let sum = 0;
  let weeks = 0;
  for (let at = target - 7 * Math.ceil(lead / 7) - first; weeks < 4 && at >= 0; at -= 7, weeks += 1) {
    sum += demand[at] as number;
  }
  return weeks === 0 ? undefined : sum / weeks;
};

/**
 * What an average day gains between `lead` days before it and its end: for each day left on the way, the mean step of
 * the last 28 days at that distance. Days that are long over tell more steps, these tell newer ones.
 */
const gainOf = ({ first, start, snapshots, today, demand }: Sight, lead: number): number => {
  const standing = (at: number, left: number): number =>
    left === 0 ? (demand[at - first] as number) : ((snapshots[at - start] as Snapshot).expected[left] as number);
  let sum = 0;
  for (let left = 1; left <= lead; left += 1) {
    const from = Math.max(first - left, today - recentDays);
    let gain = 0;
    for (let at = from; at < today; at += 1) gain += standing(at + 1, left - 1) - standing(at, left);
    sum += gain / Math.max(today - from, 1);
  }
  return sum;
};

/** Looks at the target from today. */
export const observe = (sight: Sight): Observation => {
  const { first, start, snapshots, today, target, lag, demand, pickedUp } = sight;
  const lead = target - today;
  const now = snapshots[today - start] as Snapshot;
  const ratios = ratiosOf(sight, now, lead);
  const gain = gainOf(sight, lead);
  const history = { values: pickedUp, first, target, gain, lag, paceRatio: ratios.pace, localRatio: ratios.local };
  const { recent, fresh, lastYear } = pickUpViews(history);
  const inHand = now.expected[lead] as number;
  // In hand for a later day, demand for one that has come.
  const standing = (ahead: number): number =>
    ahead > 0 ? (now.expected[ahead] as number) : (demand[today + ahead - first] ?? inHand);
  const meanOfDays = (from: number, to: number): number => {
    let sum = 0;
    for (let ahead = lead + from; ahead <= lead + to; ahead += 1) sum += standing(ahead);
    return sum / (to - from + 1);
  };
  const angle = (2 * Math.PI * target) / 365.25;
  const features = {
    inHand,
    twoBefore: meanOfDays(-2, -1),
    threeBefore: meanOfDays(-3, -1),
    threeAfter: meanOfDays(1, near),
    pickUp: lastYear ?? (recent + fresh) / 2,
    recent,
    sameWeekday: sameWeekdayOf(sight, lead) ?? inHand,
    yearSine: Math.sin(angle),
    yearCosine: Math.cos(angle),
  };
  return { features, withLastYear: lastYear !== undefined, variance: now.variance[lead] as number };
};
