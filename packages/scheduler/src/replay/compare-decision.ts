// Compares a recorded decision with the batch that the same inputs give.
import { tiers, type DispatchEvent } from "@wedsync/contracts/scheduler";
import type { Batch } from "../pending-index.js";
import type { Difference, DifferenceCode } from "./difference.js";

export type DecisionData = Extract<DispatchEvent, { readonly type: "DispatchDecided" }>["data"];

/** The first difference; undefined when the decision is what the rules give. */
export function compareDecision(
  position: bigint,
  recorded: DecisionData,
  batch: Batch,
  policyVersion: number,
): Difference | undefined {
  const differ = (code: DifferenceCode, field: string, left: unknown, right: unknown): Difference => ({
    code,
    position,
    field,
    recorded: String(left ?? "nothing"),
    recomputed: String(right ?? "nothing"),
  });
  if (recorded.policyVersion !== policyVersion)
    return differ("policy_differs", "policyVersion", recorded.policyVersion, policyVersion);
  for (let place = 0; place < Math.max(recorded.chosen.length, batch.chosen.length); place += 1) {
    const [said, got] = [recorded.chosen[place], batch.chosen[place]];
    const at = `chosen/${place}`;
    if (said?.execution !== got?.item.execution)
      return differ("choice_differs", `${at}/execution`, said?.execution, got?.item.execution);
    if (said === undefined || got === undefined) continue;
    const attempt = got.item.work.attempts + 1;
    if (said.attempt !== attempt) return differ("choice_differs", `${at}/attempt`, said.attempt, attempt);
    if (said.tier !== got.tier) return differ("tier_differs", `${at}/tier`, said.tier, got.tier);
    if (said.reason !== got.reason.code) return differ("reason_differs", `${at}/reason`, said.reason, got.reason.code);
  }
  for (const tier of tiers) {
    if ((recorded.due[tier] ?? 0) !== (batch.due[tier] ?? 0))
      return differ("due_differs", `due/${tier}`, recorded.due[tier] ?? 0, batch.due[tier] ?? 0);
  }
  return undefined;
}
