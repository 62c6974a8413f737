// The capacity wanted of all workers together. Workers serve every market, so the plans of the markets are added up and the
// queue is looked at as a whole: a breach made of many small markets counts like one of a single market.
import { stepAt, type CapacityPlan, type PlanMode } from "./capacity-plan.js";
import { wantedCapacity, type BacklogThresholds, type WantedCapacity } from "./wanted-capacity.js";

export interface FleetQuestion {
  /** The plan in force of each market. */
  readonly plans: readonly CapacityPlan[];
  readonly mode: PlanMode;
  /** Fewest and most slots of all workers together. */
  readonly floor: number;
  readonly cap: number;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly backlog: { readonly count: number; readonly oldestAgeMs: number };
  /** Executions that fall due in a second. */
  readonly arrivalRate: number;
  /** Executions that one slot finishes in a second. */
  readonly ratePerSlot: number;
  readonly thresholds?: BacklogThresholds;
}

/**
 * Plan as the floor, lag adds, the cap wins. Plans that have ended say nothing.
 * @throws SeasonError `range_invalid`
 */
export function fleetCapacity(question: FleetQuestion): WantedCapacity {
  const { plans, mode, floor, now, backlog, arrivalRate, ratePerSlot, thresholds } = question;
  const cap = Math.max(floor, question.cap);
  const running = plans.filter((plan) => now >= plan.from && now < plan.to);
  const sum = running.reduce((slots, plan) => slots + stepAt(plan, now).slots, 0);
  const since = running.reduce((latest, plan) => Math.max(latest, stepAt(plan, now).at), 0);
  const planned = Math.min(Math.max(sum, floor), cap);
  const together: CapacityPlan = {
    market: "all",
    zone: "UTC",
    mode,
    policyVersion: Math.max(1, ...running.map(({ policyVersion }) => policyVersion)),
    from: since,
    to: Number.MAX_SAFE_INTEGER,
    floor,
    cap,
    serviceRatePerSlot: ratePerSlot,
    steps: [{ at: since, slots: planned, reasons: [{ code: "sum_of_markets", params: { markets: running.length } }] }],
  };
  return wantedCapacity({
    plan: together,
    now,
    backlog,
    arrivalRate,
    ...(thresholds === undefined ? {} : { thresholds }),
  });
}
