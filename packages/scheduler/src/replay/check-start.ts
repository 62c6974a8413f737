// Recomputes a recorded start from the work it started: tier, reasons, window, attempt. A start also answers a decision.
import type { ExecutionEvent } from "@wedsync/contracts/scheduler";
import type { PendingItem } from "../pending-item.js";
import { tierAt } from "../tier.js";
import type { DecisionData } from "./compare-decision.js";
import type { Difference, DifferenceCode } from "./difference.js";

export type StartData = Extract<ExecutionEvent, { readonly type: "ExecutionStarted" }>["data"];

/** A choice of a decision that was read, with what the whole decision says. */
export interface Decided extends Pick<DecisionData, "now" | "policyVersion"> {
  readonly attempt: number;
  readonly handover: string;
  readonly worker: string;
}

/** The first difference; undefined when the start follows from its work and its decision. */
export function checkStart(
  position: bigint,
  start: StartData,
  item: PendingItem | undefined,
  decisions: readonly Decided[],
): Difference | undefined {
  const differ = (code: DifferenceCode, field: string, recorded: unknown, recomputed: unknown): Difference => ({
    code,
    position,
    field,
    recorded: text(recorded),
    recomputed: text(recomputed),
  });
  if (item === undefined || item.held)
    return differ("start_without_work", "work", "started", item === undefined ? "nothing was pending" : "it was held");
  const { work } = item;
  const decided = decisions.find(({ handover }) => handover === start.handover);
  if (decided === undefined) return differ("start_without_decision", "handover", start.handover, "no such decision");
  const { tier, reasons } = tierAt(start.now, work.window, work.defaultTier);
  const fields: readonly (readonly [string, unknown, unknown])[] = [
    ["worker", start.worker, decided.worker],
    ["now", start.now, decided.now],
    ["policyVersion", start.policyVersion, decided.policyVersion],
    ["attempt", start.attempt, work.attempts + 1],
    ["attempt", start.attempt, decided.attempt],
    ["tier", start.tier, tier],
    ["reasons", start.reasons, reasons],
    ["window", start.window, work.window],
    ["scheduleVersion", start.scheduleVersion, work.scheduleVersion],
  ];
  const wrong = fields.find(([, recorded, recomputed]) => text(recorded) !== text(recomputed));
  if (wrong !== undefined) return differ("start_differs", ...wrong);
  return work.dueAt > start.now ? differ("start_differs", "dueAt", start.now, work.dueAt) : undefined;
}

/** JSON with sorted keys: a database may give an object's fields in another order. */
function text(value: unknown): string {
  if (typeof value === "string") return value;
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}
