// What a capacity plan is, and how it is read. Unit: worker slots, one execution at a time each.
import type { Reason } from "@wedsync/contracts/season-policy";
import { seasonError } from "./errors.js";

/** Demand of one hour. */
export interface HourlyLoad {
  /** Start of the hour, epoch milliseconds, a whole UTC hour. */
  readonly at: number;
  /** Expected executions that fall due in the hour. */
  readonly expected: number;
  /** Lower end of the prediction interval. */
  readonly lower: number;
  /** Upper end of the prediction interval: what capacity is planned for. */
  readonly upper: number;
}

export interface CapacityStep {
  /** From when, epoch milliseconds. */
  readonly at: number;
  /** Worker slots from then on. */
  readonly slots: number;
  readonly reasons: readonly Reason[];
}

/** In shadow mode a plan is only looked at; in active mode autoscalers follow it. */
export type PlanMode = "shadow" | "active";

export interface CapacityPlan {
  readonly market: string;
  readonly zone: string;
  readonly mode: PlanMode;
  readonly policyVersion: number;
  /** Start, epoch milliseconds. */
  readonly from: number;
  /** End, epoch milliseconds, not included. */
  readonly to: number;
  /** Fewest slots. */
  readonly floor: number;
  /** Most slots. */
  readonly cap: number;
  /** Executions that one slot finishes in a second. */
  readonly serviceRatePerSlot: number;
  /** Ascending; the first is at `from`. Each but the first changes the number of slots. */
  readonly steps: readonly CapacityStep[];
}

/** The step in force at a time: the first before the plan begins, the last after it ends. */
export function stepAt(plan: Pick<CapacityPlan, "steps">, at: number): CapacityStep {
  const { steps } = plan;
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((steps[middle]?.at ?? Number.POSITIVE_INFINITY) <= at) low = middle;
    else high = middle - 1;
  }
  const found = steps[low];
  if (found === undefined) throw seasonError("range_invalid", "A plan has at least one step; plan again.");
  return found;
}

/**
 * Slot-hours of the steps between two instants (epoch milliseconds, `to` not included). Before the first step there is none;
 * the last step lasts.
 */
export function capacityHours(steps: readonly CapacityStep[], from: number, to: number): number {
  let slotMs = 0;
  steps.forEach((step, index) => {
    const begins = Math.max(step.at, from);
    const ends = Math.min(steps[index + 1]?.at ?? to, to);
    if (ends > begins) slotMs += step.slots * (ends - begins);
  });
  return slotMs / 3_600_000;
}
