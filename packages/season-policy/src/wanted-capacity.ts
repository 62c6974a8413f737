// The capacity wanted this moment: the plan is a floor, what waits adds to it, the cap wins. The caller asks at least every
// `wantedEveryMs`, so that a breach raises the answer in time.
import type { Reason } from "@wedsync/contracts/season-policy";
import { stepAt, type CapacityPlan } from "./capacity-plan.js";
import { requireRange } from "./errors.js";

/** Ask at least this often: a breach must raise the wanted capacity within 10 s. */
export const wantedEveryMs = 5_000;

export interface BacklogThresholds {
  /** Executions due and not started from which capacity is added. */
  readonly count: number;
  /** Age of the oldest of them from which capacity is added, milliseconds. */
  readonly oldestAgeMs: number;
  /** In which time the backlog should be gone, milliseconds, more than 0. */
  readonly drainWithinMs: number;
}

/** 1,000 waiting, or one that waits for 60 s, adds enough to be through in five minutes. */
export const defaultThresholds: BacklogThresholds = { count: 1_000, oldestAgeMs: 60_000, drainWithinMs: 300_000 };

export interface WantedQuestion {
  readonly plan: CapacityPlan;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Executions that are due and not started, never future work. `oldestAgeMs`: since the oldest of them was due. */
  readonly backlog: { readonly count: number; readonly oldestAgeMs: number };
  /** `defaultThresholds` when absent. */
  readonly thresholds?: BacklogThresholds;
  /** Executions that fall due in a second, as measured lately. */
  readonly arrivalRate: number;
}

export interface WantedCapacity {
  /** Worker slots, inside the plan's [floor, cap]. */
  readonly slots: number;
  /** What the plan says; in shadow mode it has no part in `slots`. */
  readonly planned: number;
  readonly reasons: readonly Reason[];
}

/**
 * How many worker slots there should be now. More backlog or arrivals never give fewer.
 * @throws SeasonError `range_invalid`
 */
export function wantedCapacity(question: WantedQuestion): WantedCapacity {
  const { plan, now, backlog, arrivalRate, thresholds = defaultThresholds } = question;
  requireRange("backlog.count", backlog.count, 0);
  requireRange("backlog.oldestAgeMs", backlog.oldestAgeMs, 0);
  requireRange("arrivalRate", arrivalRate, 0);
  requireRange("thresholds.drainWithinMs", thresholds.drainWithinMs, 1);
  const step = stepAt(plan, now);
  const base = plan.mode === "active" ? step.slots : plan.floor;
  const reasons: Reason[] = [
    { code: plan.mode === "active" ? "planned" : "shadow_plan", params: { slots: step.slots, since: step.at } },
  ];
  if (now >= plan.to) reasons.push({ code: "plan_ended", params: { at: plan.to } });
  const breaches = breachesOf(backlog, thresholds);
  let wanted = base;
  if (breaches.length > 0) {
    const { serviceRatePerSlot } = plan;
    // Slots for what arrives, and beside them slots that eat the backlog in the time allowed.
    const arriving = Math.ceil(arrivalRate / serviceRatePerSlot);
    const draining = Math.max(1, Math.ceil(backlog.count / (serviceRatePerSlot * (thresholds.drainWithinMs / 1_000))));
    wanted = Math.max(base, arriving) + draining;
    reasons.push(...breaches, { code: "lag_adds", params: { arriving, draining, slots: wanted } });
  }
  if (wanted > plan.cap) reasons.push({ code: "cap", params: { slots: plan.cap, without: wanted } });
  return { slots: Math.min(wanted, plan.cap), planned: step.slots, reasons };
}

function breachesOf(backlog: WantedQuestion["backlog"], thresholds: BacklogThresholds): readonly Reason[] {
  const { count, oldestAgeMs } = backlog;
  const reasons: Reason[] = [];
  if (count === 0) return reasons;
  if (count >= thresholds.count) {
    reasons.push({ code: "backlog_count", params: { count, threshold: thresholds.count } });
  }
  if (oldestAgeMs >= thresholds.oldestAgeMs) {
    reasons.push({ code: "backlog_age", params: { ms: oldestAgeMs, threshold: thresholds.oldestAgeMs } });
  }
  return reasons;
}
