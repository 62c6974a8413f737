// Why an attempt started when it started.
import { tiers, type Tier, type Work } from "@wedsync/contracts/scheduler";
import { local, many, span } from "../text/plain.js";
import { reasonText } from "../text/reasons.js";
import type { StartFacts, Step } from "./facts.js";
import type { Point } from "./point.js";
import { seasonVersion, type InForce } from "./season.js";

type Start = Extract<Step["event"], { readonly type: "ExecutionStarted" }>["data"];

interface StartContext {
  readonly work: Work | undefined;
  readonly facts: StartFacts | undefined;
  readonly inForce: InForce | undefined;
}

export function startedPoint({ recordedAt }: Step, start: Start, { work, facts, inForce }: StartContext): Point {
  const zone = work?.zone ?? "UTC";
  const sentences = [`${local(recordedAt, zone)}: attempt ${start.attempt} started${lateness(recordedAt, work)}.`];
  const [reason] = start.reasons;
  sentences.push(`Its tier was ${start.tier}${reason === undefined ? "" : `, because ${reasonText(reason, zone)}`}.`);
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
    `In force: dispatch policy version ${start.policyVersion}, schedule version ${start.scheduleVersion}, time zone data ${start.timeZoneData}, ${seasonVersion(inForce, work, recordedAt)}.`,
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

/** "3 critical, 1 high"; empty for none. */
export const counts = (numbers: Readonly<Partial<Record<Tier, number>>>): string =>
  tiers.flatMap((tier) => ((numbers[tier] ?? 0) > 0 ? [`${numbers[tier]} ${tier}`] : [])).join(", ");

function ahead(chosen: readonly { readonly tier: Tier }[]): string {
  if (chosen.length === 0) return " Nothing was chosen before it.";
  const numbers: Partial<Record<Tier, number>> = {};
  for (const { tier } of chosen) numbers[tier] = (numbers[tier] ?? 0) + 1;
  return ` Before it came ${counts(numbers)}.`;
}
