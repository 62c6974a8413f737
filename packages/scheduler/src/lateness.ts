// What to do with work that comes late: a decision with a reason, never a surprise message at three in the morning.
import type { OnLate, Reason } from "@wedsync/contracts/scheduler";

export interface LatenessRule {
  readonly deadline: number;
  readonly expiresAt: number;
  readonly onLate: OnLate;
}

export type LatenessDecision =
  | { readonly decision: "start" }
  | { readonly decision: "skip" | "hold"; readonly reason: Reason };

/**
 * May work start now? In time: yes. After the deadline: as `onLate` says, and `run` only until it expires.
 * @param now epoch milliseconds
 */
export function latenessAt(now: number, rule: LatenessRule): LatenessDecision {
  if (now <= rule.deadline && now <= rule.expiresAt) return { decision: "start" };
  if (rule.onLate === "hold")
    return { decision: "hold", reason: { code: "late", params: { deadline: rule.deadline } } };
  if (now > rule.expiresAt)
    return { decision: "skip", reason: { code: "expired", params: { expiresAt: rule.expiresAt } } };
  if (rule.onLate === "skip")
    return { decision: "skip", reason: { code: "late", params: { deadline: rule.deadline } } };
  return { decision: "start" };
}
