// Invariant 49: a run in which nothing difficult happened proves nothing. Counts what did.
import type { FaultRow } from "../evidence/rows.js";
import { refusedClaims } from "../platform/counters.js";
import { finding, notChecked, type Finding } from "./finding.js";
import { type Case, type History } from "./history.js";

export interface Coverage {
  readonly faults: Readonly<Record<string, number>>;
  readonly killsWithOpenAttempt: number;
  readonly killsBetweenEffectAndOutcome: number;
  readonly zombiesAfterTakeover: number;
  readonly claimsRefusedByGuard: number;
  readonly appendsWithConflict: number;
}

export function coverageOf(found: Case): Coverage {
  const { faults, accepted, counters } = found;
  const kills = faults.filter((fault) => fault.what === "kill-worker");
  const lostBy = (fault: FaultRow) => (fault.worker === undefined ? [] : lostAttempts(found, fault.worker, fault.at));
  return {
    faults: Object.fromEntries(
      [...Map.groupBy(faults, (fault) => fault.what)].map(([what, rows]) => [what, rows.length]).sort(),
    ),
    killsWithOpenAttempt: kills.filter((fault) => lostBy(fault).length > 0).length,
    killsBetweenEffectAndOutcome: kills.filter((fault) =>
      lostBy(fault).some(({ execution, number }) =>
        found.effectsOf.get(execution)?.some((effect) => effect.attempt === number && effect.at <= fault.at + 50),
      ),
    ).length,
    zombiesAfterTakeover: faults.filter((fault) => fault.what.startsWith("pause-") && wokeDeposed(found, fault)).length,
    claimsRefusedByGuard: refusedClaims(counters, "guard_refused"),
    appendsWithConflict:
      refusedClaims(counters, "version_conflict") + accepted.filter((row) => row.status === 200).length,
  };
}

/** From here on a run has to meet everything; a smaller one may not have had the time. */
const enough = 20_000;
/** Of every kind of fault; three runs under different seeds have the five times of the statement then. */
const leastOfEachFault = 2;

/** 49: everything that a run is there to meet was met. */
export function checkCoverage({ asked, faultKinds }: Case, coverage: Coverage): Finding {
  const title = `every fault came at least ${leastOfEachFault} times, and every difficult situation was met`;
  const { faults, ...situations } = coverage;
  const missing = [
    ...faultKinds.flatMap((what) => {
      const count = faults[what] ?? 0;
      return count >= leastOfEachFault ? [] : [{ what, count }];
    }),
    ...Object.entries(situations).flatMap(([what, count]) => (count > 0 ? [] : [{ what, count }])),
  ];
  if (faultKinds.length === 0) return notChecked(49, title, "no fault was to happen");
  if (asked >= enough || missing.length === 0) return finding(49, title, missing, `${asked} executions asked for`);
  const thin = missing.map(({ what, count }) => `${what} ${count}`).join(", ");
  return notChecked(49, title, `too few executions, ${asked} of ${enough}: ${thin}`);
}

/** Attempts of a worker that were open at an instant and ended as lost. */
function lostAttempts(
  { histories }: Case,
  worker: string,
  at: number,
): readonly { readonly execution: string; readonly number: number }[] {
  return [...histories.values()].flatMap(({ execution, attempts }: History) =>
    attempts.flatMap((attempt) =>
      attempt.worker === worker &&
      attempt.started.recordedAt <= at &&
      attempt.ended?.type === "ExecutionAttemptLost" &&
      attempt.ended.recordedAt >= at
        ? [{ execution, number: attempt.number }]
        : [],
    ),
  );
}

/** A paused process that said, after it went on, that its lease or its leadership had gone. */
const wokeDeposed = ({ remarks }: Case, { target, at, until }: FaultRow): boolean =>
  remarks.some(
    (remark) =>
      remark.member === target &&
      (remark.kind === "lease-lost" || remark.kind === "deposed") &&
      remark.at >= at &&
      remark.at <= until + 5_000,
  );
