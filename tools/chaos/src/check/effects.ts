// Invariants 21-26 and 29: what really reached the provider, by the recorder's own book.
import { moduleTypeOf, type EffectKind, type EffectRow } from "../evidence/rows.js";
import { finding, type Finding } from "./finding.js";
import { dataNumber, workAtEnd, type Case, type History } from "./history.js";

/** Executions with more than one effect that somebody outside would have noticed. */
export function doubled({ effectsOf }: Case, kinds: readonly EffectKind[]): readonly string[] {
  return [...effectsOf].flatMap(([execution, effects]) =>
    effects.filter((effect) => effect.visible && kinds.includes(effect.kind)).length > 1 ? [execution] : [],
  );
}

export function checkEffects(found: Case): readonly Finding[] {
  const { effects, effectsOf, histories } = found;
  const { effectsDuringRebuild, effectsDuringVerify } = found.projection;
  const doubts = new Set(found.doubts);
  const groups = [...effectsOf];
  const ofKind = (kind: EffectKind) => groups.filter(([, own]) => own.some((effect) => effect.kind === kind));
  return [
    finding(
      21,
      "every effect has its start, the provider of its module type, and its signature",
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
      25,
      "plain: every execution with more than one effect is listed as a doubt",
      doubled(found, ["plain"]).filter((execution) => !doubts.has(execution)),
    ),
    finding(
      26,
      "at-most-once: never a second request after one that was not refused",
      ofKind("at-most-once").flatMap(([execution, own]) => again(execution, own)),
    ),
    finding(
      29,
      "neither a rebuild nor a replay causes an effect",
      Object.entries({ rebuild: effectsDuringRebuild, replay: effectsDuringVerify }).flatMap(([during, count]) =>
        count === 0 ? [] : [{ during, effects: count }],
      ),
    ),
  ];
}

function startOf(histories: Case["histories"], { execution, attempt, kind }: EffectRow): boolean {
  const history = histories.get(execution);
  if (history === undefined || workAtEnd(history)?.moduleType !== moduleTypeOf(kind)) return false;
  return history.attempts.some(({ number }) => number === attempt);
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
