// A state, and the difference of two, for a person.
import type { Reason } from "@wedsync/contracts/season-policy";
import { clean, count } from "../text/plain.js";
import { amount, seasonReasonsText } from "../text/season-reasons.js";
import { seasonLines } from "./season-text.js";
import type { PlatformState } from "./state-fold.js";

const list = (numbers: Readonly<Record<string, number>>): string =>
  Object.entries(numbers)
    .map(([name, number]) => `${count(number)} ${clean(name)}`)
    .join(", ");

export function stateText(state: PlatformState): string {
  const { policy } = state;
  const registry = Object.entries(state.registry).map(
    ([type, { versions, active }]) =>
      `${clean(type)} ${active === null ? "not active" : `version ${active}`} of ${versions}`,
  );
  const holds = Object.entries(state.holds).map(([scope, cause]) => `${clean(scope)} (${clean(cause)})`);
  return [
    `at          ${state.at} (position ${state.position}, log epoch ${state.logEpoch})`,
    `executions  ${list(state.executions)}`,
    `waiting     ${list(state.queue)}`,
    `later       ${list(state.later)}`,
    `oldest due  ${state.oldestDue ?? "nothing waits"}`,
    `holds       ${holds.length === 0 ? "none" : holds.join(", ")}`,
    `modules     ${registry.length === 0 ? "none" : registry.join(", ")}`,
    `vendors     ${count(state.vendors)}`,
    `weddings    ${count(state.weddings.booked)} booked, ${count(state.weddings.cancelled)} of them cancelled`,
    `policy      version ${policy.version}: ${policy.lowGuarantee * 100} % for low, ${policy.criticalReserve * 100} % kept for critical`,
    ...seasonLines(state.season, state.at),
    `leader      ${state.leaderEpoch === null ? "none yet" : `epoch ${state.leaderEpoch}`}`,
  ].join("\n");
}

export interface Change {
  /** Where in the state, for example `executions/waiting`. */
  readonly what: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What differs, leaf by leaf; a part that is missing is null. */
export function changesBetween(before: unknown, after: unknown, path: readonly string[] = []): readonly Change[] {
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => changesBetween(before[name], after[name], [...path, name]));
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [{ what: path.join("/"), before: before ?? null, after: after ?? null }];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value in words; of a whole part that appears or goes, what it holds. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : amount(value);
  if (Array.isArray(value))
    return value.every(isReason) ? seasonReasonsText(value) || "nothing" : value.map(shown).join(", ");
  if (!isRecord(value)) return clean(value);
  const parts = Object.entries(value).filter(([, part]) => part !== null);
  return parts
    .map(([name, part]) => `${clean(name)} ${typeof part === "object" ? `(${shown(part)})` : shown(part)}`)
    .join(", ");
}

const isReason = (value: unknown): value is Reason => isRecord(value) && typeof value["code"] === "string";

export const changesText = (changes: readonly Change[]): string =>
  changes.length === 0
    ? "nothing differs"
    : changes.map(({ what, before, after }) => `${clean(what)}: ${shown(before)} -> ${shown(after)}`).join("\n");
