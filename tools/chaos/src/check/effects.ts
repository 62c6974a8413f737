// Invariants 21-29: what really reached the provider, by the recorder's own book.
import type { EffectKind, EffectRow } from "../evidence/rows.js";
import { finding, type Finding } from "./finding.js";
import { dataNumber, started, type Case, type History } from "./history.js";

/** Executions with more than one effect that somebody outside would have noticed. */
export function doubled({ effectsOf }: Case, kinds: readonly EffectKind[]): readonly string[] {
  return [...effectsOf].flatMap(([execution, effects]) =>
    effects.filter((effect) => effect.visible && kinds.includes(effect.kind)).length > 1 ? [execution] : [],
  );
}

export function checkEffects(found: Case): readonly Finding[] {
  const { effects, effectsOf, histories } = found;
  const doubts = new Set(found.doubts);
  const groups = [...effectsOf];
  const ofKind = (kind: EffectKind) => groups.filter(([, own]) => own.some((effect) => effect.kind === kind));
  return [
    finding(
      21,
      "every effect has its start, and its signature",
      effects.flatMap((effect) => (effect.signed && startOf(histories, effect) ? [] : [effect])),
      `${effects.length} requests reached the provider`,
    ),
    finding(
      22,
      "every success has an effect of the same attempt or an earlier one",
      [...histories.values()].flatMap((history) => hollow(history, effectsOf.get(history.execution) ?? [])),
    ),
    finding(23, "keyed: one effect and one key an execution", [
      ...doubled(found, ["keyed"]),
      ...ofKind("keyed").flatMap(([execution, own]) =>
        new Set(own.map((effect) => effect.key)).size > 1 ? [execution] : [],
      ),
    ]),
    finding(
      24,
      "the provider of an execution does not change without a definite end",
      groups.flatMap(([execution, own]) => (new Set(own.map((effect) => effect.kind)).size > 1 ? [{ execution }] : [])),
      "one provider a module type in this run",
    ),
    finding(
      25,
      "plain: every execution with more than one effect is listed as a doubt",
      doubled(found, ["plain"]).filter((execution) => !doubts.has(execution)),
    ),
    finding(
      26,
      "at-most-once: never a second request after one that was not refused",
      ofKind("at-most-once").flatMap(([execution, own]) => again(execution, own)),
    ),
    ...uncertain(found),
    finding(
      28,
      "nothing starts after a doubt without a person's decision",
      [...histories.values()].flatMap((history) => blind(history)),
    ),
    finding(
      29,
      "a rebuild causes no effect",
      found.projection.effectsDuringRebuild === 0 ? [] : [{ effects: found.projection.effectsDuringRebuild }],
    ),
  ];
}

function startOf(histories: Case["histories"], { execution, attempt }: EffectRow): boolean {
  return histories.get(execution)?.attempts.some(({ number }) => number === attempt) === true;
}

function hollow({ execution, events }: History, effects: readonly EffectRow[]): readonly unknown[] {
  return events.flatMap((event) => {
    if (event.type !== "ExecutionSucceeded") return [];
    const attempt = dataNumber(event, "attempt");
    const isReal = effects.some((effect) => effect.visible && effect.attempt <= attempt);
    return isReal ? [] : [{ execution, position: event.position, attempt }];
  });
}

function again(execution: string, effects: readonly EffectRow[]): readonly unknown[] {
  const doubtful = effects.filter((effect) => effect.answer !== "rejected");
  const visible = effects.filter((effect) => effect.visible);
  return doubtful.length > 1 || visible.length > 1
    ? [{ execution, attempts: effects.map((effect) => effect.attempt) }]
    : [];
}

/** 27, and that whoever asks for the doubts is told all of them. */
function uncertain({ histories, effectsOf, doubts, faults, samples }: Case): readonly Finding[] {
  const listed = new Set(doubts);
  const open = [...histories.values()].filter((history) => isInDoubt(history));
  const isAtMostOnce = (execution: string): boolean =>
    effectsOf.get(execution)?.some((effect) => effect.kind === "at-most-once") === true;
  const silent = [...histories.values()].filter(
    (history) =>
      isAtMostOnce(history.execution) &&
      effectsOf.get(history.execution)?.some((effect) => effect.visible) === true &&
      !history.events.some(
        ({ type }) =>
          type === "ExecutionSucceeded" || type === "ExecutionUncertain" || type === "ExecutionUncertaintySettled",
      ),
  );
  const without = open.filter(({ execution }) => effectsOf.get(execution)?.some((effect) => effect.visible) !== true);
  const cut = open.filter(
    ({ execution }) => effectsOf.get(execution)?.some((effect) => effect.answer === "cut") === true,
  );
  const slots = Math.max(0, ...samples.flatMap((sample) => sample.leases.map((lease) => lease.slots)));
  const bound = faults.length * slots + cut.length;
  return [
    finding(
      27,
      "at-most-once: an effect without success is a doubt, every doubt is listed, and doubts without an effect are few",
      [
        ...silent.map(({ execution }) => ({ execution, reason: "an effect without success or doubt" })),
        ...open.flatMap(({ execution }) => (listed.has(execution) ? [] : [{ execution, reason: "not listed" }])),
        ...(without.length > bound ? [{ without: without.length, bound }] : []),
      ],
      `${open.length} doubts, ${without.length} of them without an effect (bound ${bound})`,
    ),
  ];
}

/** In doubt at the end. */
export function isInDoubt({ events }: History): boolean {
  const last = events.findLast(({ type }) =>
    ["ExecutionUncertain", "ExecutionUncertaintySettled", "RedriveApproved"].includes(type),
  );
  return last?.type === "ExecutionUncertain";
}

function blind({ execution, events }: History): readonly unknown[] {
  let isOpen = false;
  return events.flatMap(({ type, position, data }) => {
    if (type === "ExecutionUncertain") isOpen = true;
    if (type === "RedriveApproved" || (type === "ExecutionUncertaintySettled" && data["outcome"] === "retry"))
      isOpen = false;
    return type === started && isOpen ? [{ execution, position }] : [];
  });
}
