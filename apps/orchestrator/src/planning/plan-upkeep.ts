// When a plan has to be made anew: what counts as a change, and what is noise.
import { stepAt, type CapacityPlan, type PlanMode } from "@wedsync/season-policy";

/** The terms that a plan was or would be made on. */
export interface PlanTerms {
  readonly mode: PlanMode;
  readonly cap: number;
  /** Executions that one slot finishes in a second. */
  readonly serviceRatePerSlot: number;
}

const fewestOfDay = 3;
const fewestInAll = 5;
const share = 0.1;
/** Load at which a slot is full enough; the rest is for the unevenness within an hour. */
const fullLoad = 1;

/** Do the bookings in hand differ by more than noise? Both lists are of the same days. */
export function bookingsDiffer(before: readonly number[], after: readonly number[]): boolean {
  let changed = 0;
  let total = 0;
  for (const [index, count] of after.entries()) {
    const known = before[index] ?? 0;
    const difference = Math.abs(count - known);
    if (difference > Math.max(fewestOfDay, known * share)) return true;
    changed += difference;
    total += known;
  }
  return changed >= Math.max(fewestInAll, total * share);
}

/**
 * Does a plan still serve: made on these terms, not ended, and no hour to come has more pending work than its slots can do?
 * @param due pending executions by whole UTC hour
 * @param now epoch milliseconds
 */
export function planHolds(
  plan: CapacityPlan | undefined,
  terms: PlanTerms,
  due: readonly { readonly at: number; readonly executions: number }[],
  now: number,
): boolean {
  if (plan === undefined || now >= plan.to) return false;
  if (plan.mode !== terms.mode || plan.cap !== terms.cap) return false;
  const faster = terms.serviceRatePerSlot / plan.serviceRatePerSlot;
  if (faster > 2 || faster < 0.5) return false;
  return due.every(({ at, executions }) => {
    const { slots } = stepAt(plan, at);
    return slots >= plan.cap || executions <= slots * plan.serviceRatePerSlot * 3_600 * fullLoad;
  });
}
