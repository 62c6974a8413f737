// Why an execution ran when it ran, or why it has not, in words for somebody who has read no code.
import { tiers, type Tier, type Work } from "@wedsync/contracts/scheduler";
import { tierAt, scopesOf } from "@wedsync/scheduler";
import { local, many, span } from "../text/plain.js";
import { reasonText } from "../text/reasons.js";
import { whenText } from "../text/sentences.js";
import { workAfter, type Facts, type StartFacts, type Step } from "./facts.js";

/** One point of the explanation: a heading and its sentences. */
export interface Point {
  readonly topic: string;
  readonly sentences: readonly string[];
}

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
  const { event, recordedAt } = step;
  const zone = before?.zone ?? workAfter(step, before)?.zone ?? "UTC";
  const at = local(recordedAt, zone);
  switch (event.type) {
    case "ExecutionRequested":
      return accepted(event.data, at);
    case "ExecutionRescheduled": {
      const { work } = event.data;
      const change =
        before === undefined || before.dueAt === work.dueAt
          ? "its moment stayed the same"
          : `it became due ${local(work.dueAt, work.zone)}`;
      return point("Rescheduled", `${at}: ${reasonText(event.data.cause)}; ${change}.`, tierRule(work));
    }
    case "ExecutionHeld":
      return point("Held for a person", `${at}: it was not started, because ${reasonText(event.data.reason)}.`);
    case "ExecutionReleased":
      return point("Released", `${at}: a person let it run.`);
    case "ExecutionSkipped":
      return point("Skipped", `${at}: it was not run, because ${reasonText(event.data.reason)}.`);
    case "ExecutionStarted":
      return started(step, event.data, before, facts.starts.get(step.position));
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
        `The next attempt was set ${span(event.data.delayMs)} later, ${local(event.data.work.dueAt, event.data.work.zone)}, because ${reasonText(event.data.reason)}.`,
      );
    case "ExecutionAttemptLost":
      return point(
        "Worker lost",
        `${at}: the worker of attempt ${event.data.attempt} fell silent ${event.data.effectBegun ? "after it began to send" : "before it sent anything"}.`,
      );
    case "ExecutionUncertain":
      return point("In doubt", `${at}: ${reasonText(event.data.reason)}. It is not sent again until a person decides.`);
    case "ExecutionUncertaintySettled":
      return point("Doubt settled", `${at}: a person settled it as ${event.data.outcome}.`);
    case "ExecutionDeadLettered":
      return point("Given up", `${at}: ${reasonText(event.data.reason)}. A person can put it back.`);
    case "RedriveApproved":
      return point(
        "Put back",
        `${at}: a person put it back; it became due ${local(event.data.work.dueAt, event.data.work.zone)}.`,
      );
    case "CancelRequested":
      return point(
        "Cancel asked for",
        `${at}: ${reasonText(event.data.cause)}, while an attempt was running; its outcome decides.`,
      );
    case "ExecutionCancelled":
      return point("Cancelled", `${at}: it was not run, because ${reasonText(event.data.cause)}.`);
    case "LateOutcomeReported":
      return point(
        "Late answer",
        `${at}: ${event.data.provider} answered ${event.data.outcome} for attempt ${event.data.attempt}, which had been closed.`,
      );
  }
}

const point = (topic: string, ...sentences: readonly string[]): Point => ({ topic, sentences });

function accepted(
  { work, when, journey, timeZoneData }: Extract<Step["event"], { readonly type: "ExecutionRequested" }>["data"],
  at: string,
): Point {
  const by =
    journey === undefined
      ? "by a request"
      : `by step ${journey.step} of journey ${journey.journeyId}, version ${journey.version}`;
  return point(
    "Accepted",
    `${at}: asked for ${by}, module ${work.moduleType} version ${work.definitionVersion}.`,
    `It was to run ${whenText(when)}: due ${local(work.dueAt, work.zone)}. The instant was computed with time zone data ${timeZoneData} from version ${work.scheduleVersion} of the wedding's schedule.`,
    `It counts as late after ${local(work.deadline, work.zone)}${lateRule(work)}`,
    tierRule(work),
  );
}

function lateRule({ onLate, expiresAt, zone }: Work): string {
  if (onLate === "hold") return "; then it is held for a person.";
  if (onLate === "skip") return "; then it is skipped.";
  return ` and still runs until ${local(expiresAt, zone)}.`;
}

const tierRule = ({ window, defaultTier, zone }: Work): string =>
  `Its tier is ${defaultTier}; the wedding raises it to high from ${local(window.highFrom, zone)} and to critical from ${local(window.criticalFrom, zone)} until ${local(window.criticalUntil, zone)}.`;

function started(
  { recordedAt }: Step,
  start: Extract<Step["event"], { readonly type: "ExecutionStarted" }>["data"],
  work: Work | undefined,
  facts: StartFacts | undefined,
): Point {
  const zone = work?.zone ?? "UTC";
  const sentences = [`${local(recordedAt, zone)}: attempt ${start.attempt} started${lateness(recordedAt, work)}.`];
  const [reason] = start.reasons;
  sentences.push(`Its tier was ${start.tier}${reason === undefined ? "" : `, because ${reasonText(reason)}`}.`);
  if (facts?.decision !== undefined) {
    const { data, place } = facts.decision;
    const choice = data.chosen[place];
    const slots = `${many(data.credits, "slot")} for any work and ${data.criticalCredits} more for critical work`;
    sentences.push(`The dispatcher had ${slots}, and this was due: ${counts(data.due) || "nothing"}.`);
    sentences.push(
      `It was choice ${place + 1} of ${data.chosen.length}, because ${choice === undefined ? "of a rule" : reasonText(choice.reason)}.${ahead(data.chosen.slice(0, place))}`,
    );
  }
  if (facts !== undefined && facts.wait.ticks > 0)
    sentences.push(
      `Between its moment and its start the dispatcher started other work ${many(facts.wait.ticks, "time")}: ${counts(facts.wait.others)}.`,
    );
  sentences.push(
    `In force: dispatch policy version ${start.policyVersion}, schedule version ${start.scheduleVersion}, time zone data ${start.timeZoneData}.`,
  );
  return { topic: "Started", sentences };
}

function lateness(recordedAt: number, work: Work | undefined): string {
  if (work === undefined) return "";
  const after = span(Math.max(0, recordedAt - work.dueAt));
  return recordedAt > work.deadline
    ? `, ${after} after it was due and ${span(recordedAt - work.deadline)} late`
    : `, ${after} after it was due and in time`;
}

const counts = (numbers: Readonly<Partial<Record<Tier, number>>>): string =>
  tiers.flatMap((tier) => ((numbers[tier] ?? 0) > 0 ? [`${numbers[tier]} ${tier}`] : [])).join(", ");

function ahead(chosen: readonly { readonly tier: Tier }[]): string {
  if (chosen.length === 0) return " Nothing was chosen before it.";
  const numbers: Partial<Record<Tier, number>> = {};
  for (const { tier } of chosen) numbers[tier] = (numbers[tier] ?? 0) + 1;
  return ` Before it came ${counts(numbers)}.`;
}

function holdsPoint(holds: Facts["holds"], work: Work): Point {
  const sentences = holds.map(({ at, scope, held, cause }) =>
    held
      ? `${local(at, work.zone)}: ${scope} was held, because ${reasonText(cause)}; nothing in it starts.`
      : `${local(at, work.zone)}: ${scope} was released.`,
  );
  return { topic: "Holds", sentences };
}

/** The holds that nothing has released since. */
function stillHeld(holds: Facts["holds"]): Facts["holds"] {
  const held = new Map<string, Facts["holds"][number]>();
  for (const hold of holds) {
    if (hold.held) held.set(hold.scope, hold);
    else held.delete(hold.scope);
  }
  return [...held.values()];
}

function heldScopes(facts: Facts, work: Work, tier: Tier): readonly string[] {
  const held = new Set(stillHeld(facts.holds).map(({ scope }) => scope));
  return [...scopesOf(work), `tier:${tier}`].filter((scope) => held.has(scope));
}

/** Why it does not run now; undefined when it runs or has ended. */
function notYet(last: Step, work: Work, facts: Facts): Point | undefined {
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
      `It has been due for ${span(now - work.dueAt)}, but ${held.join(" and ")} ${held.length === 1 ? "is" : "are"} held; it starts when that is released.`,
    );
  const [reason] = reasons;
  const queue = facts.queue === undefined ? "" : counts(facts.queue.ahead);
  return point(
    "Not started yet",
    `It has been due for ${span(now - work.dueAt)} and waits for a free slot. Its tier is ${tier}${reason === undefined ? "" : `, because ${reasonText(reason)}`}.`,
    queue === "" ? "Nothing more urgent is due." : `More urgent and due: ${queue}.`,
    `Of its own vendor ${many(facts.queue?.sameVendorEarlier ?? 0, "execution")} of the same tier with an earlier deadline ${facts.queue?.sameVendorEarlier === 1 ? "goes" : "go"} first.`,
  );
}
