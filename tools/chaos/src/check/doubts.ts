// Invariants 27 and 28: what nobody can know is a doubt, every doubt is told, and each has a cause that was seen from outside.
import type { FaultRow } from "../evidence/rows.js";
import { finding, type Finding } from "./finding.js";
import { dataNumber, started, type Attempt, type Case, type History } from "./history.js";

/** In doubt at the end. */
export function isInDoubt({ events }: History): boolean {
  const last = events.findLast(({ type }) =>
    ["ExecutionUncertain", "ExecutionUncertaintySettled", "RedriveApproved"].includes(type),
  );
  return last?.type === "ExecutionUncertain";
}

export function checkDoubts(found: Case): readonly Finding[] {
  const { histories, effectsOf } = found;
  const listed = new Set(found.doubts);
  const open = [...histories.values()].filter((history) => isInDoubt(history));
  const silent = [...histories.values()].filter((history) => isSilent(found, history));
  const without = open.filter(({ execution }) => effectsOf.get(execution)?.some((effect) => effect.visible) !== true);
  const isCut = ({ execution }: History): boolean =>
    effectsOf.get(execution)?.some((effect) => effect.answer === "cut") === true;
  const struck = without.filter((history) => !isCut(history));
  const bound = unfinishedAtFaults(found);
  return [
    finding(
      27,
      "at-most-once: an effect without success is a doubt, every doubt is listed, and one without an effect was begun and unfinished at a fault",
      [
        ...silent.map(({ execution }) => ({ execution, reason: "an effect without success or doubt" })),
        ...open.flatMap(({ execution }) => (listed.has(execution) ? [] : [{ execution, reason: "not listed" }])),
        ...struck.flatMap((history) =>
          wasStruck(found, history)
            ? []
            : [{ execution: history.execution, reason: "no effect, and no fault met its attempt" }],
        ),
        ...(struck.length > bound ? [{ without: struck.length, bound }] : []),
      ],
      `${open.length} doubts; without an effect: ${without.length - struck.length} whose answer was cut, ` +
        `${struck.length} of ${bound} attempts that were begun and unfinished at a fault`,
    ),
    finding(
      28,
      "nothing starts after a doubt without a person's decision",
      [...histories.values()].flatMap((history) => blind(history)),
    ),
  ];
}

const ends = new Set(["ExecutionSucceeded", "ExecutionUncertain", "ExecutionUncertaintySettled"]);

/** An effect at most once that neither succeeded nor is in doubt. */
function isSilent({ effectsOf }: Case, { execution, events }: History): boolean {
  const effects = effectsOf.get(execution) ?? [];
  const isVisible = effects.some((effect) => effect.kind === "at-most-once" && effect.visible);
  return isVisible && !events.some(({ type }) => ends.has(type));
}

/** From when an attempt may have had an effect: at-most-once says so before, any other from its start. */
function beginningOf(history: History, attempt: Attempt): number | undefined {
  const kind = history.events[0]?.data["work"] as { readonly effect?: string } | undefined;
  const begun = history.events.find(
    (event) => event.type === "ExecutionEffectBegun" && dataNumber(event, "attempt") === attempt.number,
  );
  return begun?.recordedAt ?? (kind?.effect === "at-most-once" ? undefined : attempt.started.recordedAt);
}

const isOfOneProcess = (fault: FaultRow): boolean => /^(kill|pause|restart|hold)-/.test(fault.what);

/**
 * Was the attempt begun and unfinished while the fault met it? A fault of a worker meets its own attempts, one of the database
 * or the network those of every worker, until they have had a lease's term to find it again.
 */
const meets = (fault: FaultRow, { worker, ended }: Attempt, begun: number, termMs: number): boolean =>
  (fault.worker === worker || !isOfOneProcess(fault)) &&
  begun <= fault.until + termMs &&
  (ended?.recordedAt ?? Infinity) >= fault.at;

/**
 * A worker that lost its lease without a fault: the machine was too busy to let it beat. To the platform that is the same as a
 * fault, and invariant 18 says whether it was really silent.
 */
const lostItsLease = ({ remarks }: Case, { worker }: Attempt): boolean =>
  remarks.some(({ kind, detail }) => kind === "lease-lost" && detail === worker);

function isStruck(found: Case, history: History, attempt: Attempt): boolean {
  const begun = beginningOf(history, attempt);
  if (begun === undefined) return false;
  return found.faults.some((fault) => meets(fault, attempt, begun, found.leaseTermMs)) || lostItsLease(found, attempt);
}

/** Attempts that were begun and unfinished at any fault: more doubts without an effect than these have no cause. */
function unfinishedAtFaults(found: Case): number {
  const attempts = [...found.histories.values()].flatMap((history) =>
    history.attempts.map((attempt) => isStruck(found, history, attempt)),
  );
  return attempts.filter(Boolean).length;
}

function wasStruck(found: Case, history: History): boolean {
  const doubt = history.events.findLast(({ type }) => type === "ExecutionUncertain");
  const attempt = history.attempts.find(({ number }) => doubt !== undefined && number === dataNumber(doubt, "attempt"));
  return attempt !== undefined && isStruck(found, history, attempt);
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
