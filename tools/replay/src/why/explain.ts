// Why an execution ran when it ran, or why it has not, in words for somebody who has read no code.
import type { Work } from "@wedsync/contracts/scheduler";
import { actorText } from "../text/actor.js";
import { local, span } from "../text/plain.js";
import { reasonText } from "../text/reasons.js";
import { acceptedPoint, tierRule } from "./accepted-point.js";
import { workAfter, type Facts, type Step } from "./facts.js";
import { holdsPoint, stillHeld } from "./holds-point.js";
import { notYet } from "./not-yet.js";
import { point, type Point } from "./point.js";
import { inForceAt } from "./season.js";
import { startedPoint } from "./started-point.js";

/** The whole explanation, in the order in which things happened. */
export function explain(facts: Facts): readonly Point[] {
  const points: Point[] = [];
  let work: Work | undefined;
  let holds = facts.holds;
  for (const step of facts.steps) {
    const earlier = holds.filter((hold) => hold.at <= step.recordedAt);
    holds = holds.filter((hold) => hold.at > step.recordedAt);
    if (earlier.length > 0 && work !== undefined) points.push(holdsPoint(earlier, work));
    const point = pointOf(step, work, facts);
    if (point !== undefined) points.push(point);
    const isFirst = work === undefined;
    work = workAfter(step, work);
    const inForce = isFirst ? stillHeld(earlier) : [];
    if (inForce.length > 0 && work !== undefined) points.push(holdsPoint(inForce, work));
  }
  if (work === undefined) return points;
  if (holds.length > 0) points.push(holdsPoint(holds, work));
  const last = facts.steps.at(-1);
  const waiting = last === undefined ? undefined : notYet(last, work, facts);
  return waiting === undefined ? points : [...points, waiting];
}

function pointOf(step: Step, before: Work | undefined, facts: Facts): Point | undefined {
  const { event, recordedAt, position } = step;
  const zone = before?.zone ?? workAfter(step, before)?.zone ?? "UTC";
  const at = local(recordedAt, zone);
  const who = actorText(step);
  const inForce = inForceAt(facts.policies, position);
  switch (event.type) {
    case "ExecutionRequested":
      return acceptedPoint(step, event.data, inForce);
    case "ExecutionRescheduled": {
      const { work } = event.data;
      const change =
        before === undefined || before.dueAt === work.dueAt
          ? "its moment stayed the same"
          : `it became due ${local(work.dueAt, work.zone)}`;
      return point("Rescheduled", `${at}: ${reasonText(event.data.cause)}; ${change}.`, tierRule(work, recordedAt));
    }
    case "ExecutionHeld":
      return point("Held for a person", `${at}: it was not started, because ${reasonText(event.data.reason, zone)}.`);
    case "ExecutionReleased":
      return point("Released", `${at}: ${who} let it run.`);
    case "ExecutionSkipped":
      return point("Skipped", `${at}: it was not run, because ${reasonText(event.data.reason, zone)}.`);
    case "ExecutionStarted":
      return startedPoint(step, event.data, { work: before, facts: facts.starts.get(position), inForce });
    case "ExecutionEffectBegun":
      return point(
        "Sending",
        `${at}: attempt ${event.data.attempt} began to send through ${event.data.provider}. From here on a crash would be a doubt, not a retry.`,
      );
    case "ExecutionSucceeded":
      return point(
        "Outcome",
        `${at}: ${event.data.provider} accepted it at attempt ${event.data.attempt}. It is done.`,
      );
    case "ExecutionFailed":
      return point(
        "Failure",
        `${at}: attempt ${event.data.attempt} failed with ${event.data.code} at ${event.data.provider}; nothing was sent, and another attempt ${event.data.retryable ? "may" : "would not"} help.`,
      );
    case "ExecutionRetryScheduled":
      return point(
        "Retry",
        `The next attempt was set ${span(event.data.delayMs)} later, ${local(event.data.work.dueAt, event.data.work.zone)}, because ${reasonText(event.data.reason, zone)}.`,
      );
    case "ExecutionAttemptLost":
      return point(
        "Worker lost",
        `${at}: the worker of attempt ${event.data.attempt} fell silent ${event.data.effectBegun ? "after it began to send" : "before it sent anything"}.`,
      );
    case "ExecutionUncertain":
      return point(
        "In doubt",
        `${at}: ${reasonText(event.data.reason, zone)}. It is not sent again until a person decides.`,
      );
    case "ExecutionUncertaintySettled":
      return point("Doubt settled", `${at}: ${who} settled it as ${event.data.outcome}.`);
    case "ExecutionDeadLettered":
      return point("Given up", `${at}: ${reasonText(event.data.reason, zone)}. A person can put it back.`);
    case "RedriveApproved":
      return point(
        "Put back",
        `${at}: ${who} put it back; it became due ${local(event.data.work.dueAt, event.data.work.zone)}.`,
      );
    case "CancelRequested":
      return point(
        "Cancel asked for",
        `${at}: ${causeText(event.data.cause, who)}, while an attempt was running; its outcome decides.`,
      );
    case "ExecutionCancelled":
      return point("Cancelled", `${at}: it was not run, because ${causeText(event.data.cause, who)}.`);
    case "LateOutcomeReported":
      return point(
        "Late answer",
        `${at}: ${event.data.provider} answered ${event.data.outcome} for attempt ${event.data.attempt}, which had been closed.`,
      );
  }
}

/** A cause as the rest of a sentence that begins with "because"; of what somebody asked for, who that was. */
const causeText = (cause: string, who: string): string =>
  cause === "requested" ? `${who} asked for it` : reasonText(cause);
