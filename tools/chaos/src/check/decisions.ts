// Invariant 34, and of 36 what decisions say: who got the slots. From `DispatchDecided`, which holds every input of a choice.
import { defaultDispatchPolicy, type DispatchPolicy } from "@wedsync/scheduler";
import { finding, type Finding } from "./finding.js";
import type { Case } from "./history.js";
import { onceALog } from "./once-a-log.js";

export interface Decision {
  readonly position: number;
  readonly epoch: number;
  readonly series: number;
  readonly tick: number;
  readonly now: number;
  readonly asOf: number;
  readonly credits: number;
  readonly criticalCredits: number;
  readonly due: Readonly<Record<string, number>>;
  readonly givenBack: readonly string[];
  readonly chosen: readonly {
    readonly execution: string;
    readonly handover: string;
    readonly tier: string;
    readonly worker: string;
    readonly reason: string;
  }[];
  /** The share of low that was in force. */
  readonly lowGuarantee: number;
  /** Work in a held scope counts as due until it is looked at: what a decision around a hold left behind says nothing. */
  readonly isAroundHold: boolean;
}

/** The decisions in the order in which they were made, which is not always that of their positions. */
export const decisionsOf = onceALog((events): readonly Decision[] => {
  let held = 0;
  let lastHeld = 0;
  let { lowGuarantee } = defaultDispatchPolicy;
  const decisions = events.flatMap((event): readonly Decision[] => {
    const { type, position, data } = event;
    if (type === "ScopePaused") held += 1;
    if (type === "ScopeResumed") held -= 1;
    if (type === "ScopePaused" || type === "ScopeResumed") lastHeld = position;
    if (type === "DispatchPolicyActivated") ({ lowGuarantee } = data["policy"] as DispatchPolicy);
    if (type !== "DispatchDecided") return [];
    const recorded = data as unknown as Omit<Decision, "asOf"> & {
      readonly asOf: string;
      readonly load?: { readonly givenBack: readonly string[] };
    };
    const asOf = Number(recorded.asOf);
    return [
      {
        ...recorded,
        position,
        epoch: event.leaderEpoch ?? 0,
        asOf,
        givenBack: [...recorded.givenBack, ...(recorded.load?.givenBack ?? [])],
        lowGuarantee,
        isAroundHold: held > 0 || asOf <= lastHeld,
      },
    ];
  });
  return decisions.toSorted(
    (left, right) => left.epoch - right.epoch || left.series - right.series || left.tick - right.tick,
  );
});

const chosenOf = ({ chosen }: Decision, tier: string): number => chosen.filter((choice) => choice.tier === tier).length;

export function checkDecisions({ events }: Pick<Case, "events">): Finding {
  const decisions = decisionsOf(events);
  const spells = backlogs(decisions);
  return finding(
    34,
    "no lower tier is chosen while critical work and a slot are there, and low gets its share in every minute with a backlog",
    [...decisions.flatMap(unjust), ...spells.flatMap(starved)],
    `${decisions.length} decisions; low ${spells.length === 0 ? "never had a backlog: its share was not needed" : `had a backlog in ${spells.length} spells of a minute or less`}`,
  );
}

/** Gave a slot by order of tier to other work while critical work that was due got none. */
function unjust(decision: Decision): readonly unknown[] {
  const { position, due, chosen, isAroundHold } = decision;
  const critical = chosenOf(decision, "critical");
  const isOrdered = chosen.some((choice) => choice.tier !== "critical" && choice.reason === "tier_order");
  if (isAroundHold || !isOrdered || (due["critical"] ?? 0) <= critical) return [];
  return [{ position, due, critical, chosen: chosen.length }];
}

/** Decisions of one series in a row, within one minute, that each left low work behind. */
function backlogs(decisions: readonly Decision[]): readonly (readonly Decision[])[] {
  const spells: Decision[][] = [];
  let open: Decision[] | undefined;
  for (const decision of decisions) {
    const before = open?.at(-1);
    const isNext = before?.epoch === decision.epoch && before.series === decision.series;
    if (!isNext || Math.floor(before.now / 60_000) !== Math.floor(decision.now / 60_000)) open = undefined;
    if (decision.isAroundHold || (decision.due["low"] ?? 0) <= chosenOf(decision, "low")) open = undefined;
    else if (open === undefined) spells.push((open = [decision]));
    else open.push(decision);
  }
  return spells;
}

/** Less than the share of all credits; what is less than one start is owed until later. */
function starved(spell: readonly Decision[]): readonly unknown[] {
  const share = spell.reduce((sum, { credits, lowGuarantee }) => sum + credits * lowGuarantee, 0);
  const got = spell.reduce((sum, decision) => sum + chosenOf(decision, "low"), 0);
  return got > share - 1 - 1e-6 ? [] : [{ from: spell[0]?.position, decisions: spell.length, share, got }];
}
