// What was decided when the work was accepted: its moment, its lateness, its tier, the season.
import type { Work } from "@wedsync/contracts/scheduler";
import { tierAt, tierRank, type Tier } from "@wedsync/scheduler";
import { actorText } from "../text/actor.js";
import { local } from "../text/plain.js";
import { reasonText } from "../text/reasons.js";
import { whenText } from "../text/sentences.js";
import type { Step } from "./facts.js";
import { point, type Point } from "./point.js";
import { seasonSentence, type InForce } from "./season.js";

type Requested = Extract<Step["event"], { readonly type: "ExecutionRequested" }>["data"];

export function acceptedPoint({ recordedAt, actor }: Step, data: Requested, inForce: InForce | undefined): Point {
  const { work, when, journey, timeZoneData } = data;
  const by =
    journey === undefined
      ? `by a request of ${actorText({ actor })}`
      : `by step ${journey.step} of journey ${journey.journeyId}, version ${journey.version}`;
  return point(
    "Accepted",
    `${local(recordedAt, work.zone)}: asked for ${by}, module ${work.moduleType} version ${work.definitionVersion}.`,
    `It was to run ${whenText(when, work.zone)}: due ${local(work.dueAt, work.zone)}. The instant was computed with time zone data ${timeZoneData} from version ${work.scheduleVersion} of the wedding's schedule.`,
    `It counts as late after ${local(work.deadline, work.zone)}${lateRule(work)}`,
    tierRule(work, recordedAt),
    seasonSentence(inForce, work, recordedAt),
  );
}

function lateRule({ onLate, expiresAt, zone }: Work): string {
  if (onLate === "hold") return "; then it is held for a person.";
  if (onLate === "skip") return "; then it is skipped.";
  return ` and still runs until ${local(expiresAt, zone)}.`;
}

/** The module's own tier, what the wedding's days make of it, and what that gave at a moment. */
export function tierRule({ window, defaultTier, zone }: Work, at: number): string {
  const rises = (tier: Tier, from: number, until: string): readonly string[] =>
    tierRank(tier) < tierRank(defaultTier) ? [`to ${tier} from ${local(from, zone)}${until}`] : [];
  const raised = [
    ...rises("high", window.highFrom, ""),
    ...rises("critical", window.criticalFrom, ` until ${local(window.criticalUntil, zone)}`),
  ].join(" and ");
  const { tier, reasons } = tierAt(at, window, defaultTier);
  const own = `The module's own tier is ${defaultTier}; ${raised === "" ? "no day of the wedding raises it further" : `the wedding raises it ${raised}`}.`;
  const [reason] = reasons;
  return tier === defaultTier || reason === undefined
    ? `${own} At this moment it was ${tier}.`
    : `${own} At this moment it was ${tier}, because ${reasonText(reason, zone)}.`;
}
