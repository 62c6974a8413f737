// The season policy that was in force when something happened, and what it means for one execution: capacity, not order.
import { multiplierAt, type SeasonPolicy } from "@wedsync/season-policy";
import type { Work } from "@wedsync/contracts/scheduler";
import { amount, seasonReasonsText } from "../text/season-reasons.js";

/** A policy from a position of the log on. */
export interface InForce {
  readonly position: bigint;
  readonly policy: SeasonPolicy;
}

/** The policy in force at a position, of those in log order. */
export const inForceAt = (policies: readonly InForce[], position: bigint): InForce | undefined =>
  policies.findLast((each) => each.position < position);

const decisionOf = ({ policy }: InForce, { market }: Work, at: number) =>
  Object.hasOwn(policy.markets, market) ? multiplierAt(policy, { market, at }) : undefined;

/** "season policy default version 1 (demand x 3)". */
export function seasonVersion(inForce: InForce | undefined, work: Work | undefined, at: number): string {
  if (inForce === undefined) return "no season policy";
  const { name, version } = inForce.policy;
  const decision = work === undefined ? undefined : decisionOf(inForce, work, at);
  return `season policy ${name} version ${version}${decision === undefined ? "" : ` (demand x ${amount(decision.multiplier)})`}`;
}

/** The season as a sentence for somebody who wonders whether it changed anything. */
export function seasonSentence(inForce: InForce | undefined, work: Work, at: number): string {
  const rule = "The season changes how much capacity is planned, not the order of work.";
  if (inForce === undefined) return `No season policy was in force. ${rule}`;
  const { name, version } = inForce.policy;
  const decision = decisionOf(inForce, work, at);
  const demand =
    decision === undefined
      ? `it has no market ${work.market}`
      : `demand in ${work.market} on that day was ${amount(decision.multiplier)} times that of a quiet day (${seasonReasonsText(decision.reasons)})`;
  return `Season policy ${name} version ${version} was in force: ${demand}. ${rule}`;
}
