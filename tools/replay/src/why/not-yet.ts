// Why an execution does not run now.
import type { Work } from "@wedsync/contracts/scheduler";
import { tierAt } from "@wedsync/scheduler";
import { scopeText } from "../text/actor.js";
import { local, many, span } from "../text/plain.js";
import { reasonText } from "../text/reasons.js";
import type { Facts, Step } from "./facts.js";
import { heldScopes } from "./holds-point.js";
import { point, type Point } from "./point.js";
import { counts } from "./started-point.js";

/** Why it does not run now; undefined when it runs or has ended. */
export function notYet(last: Step, work: Work, facts: Facts): Point | undefined {
  const { now } = facts;
  const pending = [
    "ExecutionRequested",
    "ExecutionRescheduled",
    "ExecutionRetryScheduled",
    "ExecutionReleased",
    "RedriveApproved",
  ];
  if (last.event.type === "ExecutionHeld") return point("Now", "It waits for a person to release or cancel it.");
  const isRetried = last.event.type === "ExecutionUncertaintySettled" && last.event.data.outcome === "retry";
  if (!pending.includes(last.event.type) && !isRetried) return undefined;
  const { tier, reasons } = tierAt(now, work.window, work.defaultTier);
  if (work.dueAt > now)
    return point("Not started yet", `It is due ${local(work.dueAt, work.zone)}, in ${span(work.dueAt - now)}.`);
  const held = heldScopes(facts, work, tier);
  if (held.length > 0)
    return point(
      "Not started yet",
      `It has been due for ${span(now - work.dueAt)}, but ${held.map(scopeText).join(" and ")} ${held.length === 1 ? "is" : "are"} held; it starts when that is released.`,
    );
  const [reason] = reasons;
  const queue = facts.queue === undefined ? "" : counts(facts.queue.ahead);
  return point(
    "Not started yet",
    `It has been due for ${span(now - work.dueAt)} and waits for a free slot. Its tier is ${tier}${reason === undefined ? "" : `, because ${reasonText(reason, work.zone)}`}.`,
    queue === "" ? "Nothing more urgent is due." : `More urgent and due: ${queue}.`,
    `Of its own vendor ${many(facts.queue?.sameVendorEarlier ?? 0, "execution")} of the same tier with an earlier deadline ${facts.queue?.sameVendorEarlier === 1 ? "goes" : "go"} first.`,
  );
}
