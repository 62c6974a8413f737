// All checks over one run's evidence, in the order of their numbers.
import type { Evidence } from "../evidence/rows.js";
import { checkAccepted, lost } from "./accepted.js";
import { checkAttempts } from "./attempts.js";
import { checkCoverage, coverageOf, type Coverage } from "./coverage.js";
import { checkDecisions } from "./decisions.js";
import { checkDoubts, isInDoubt } from "./doubts.js";
import { checkEffects, doubled } from "./effects.js";
import { finding, type Finding } from "./finding.js";
import { checkGuards } from "./guards.js";
import { openCase } from "./history.js";
import { checkLanes } from "./lanes.js";
import { checkLog } from "./log.js";
import { notInRun } from "./not-in-run.js";
import { checkReadModels } from "./read-models.js";
import { checkReplay } from "./replayed.js";
import { checkTables } from "./tables.js";

export interface Verdict {
  readonly executions: number;
  readonly accepted: number;
  readonly succeeded: number;
  readonly lost: number;
  readonly doubled: number;
  readonly uncertain: number;
  /** Doubts that the platform does not list. */
  readonly unlisted: number;
  readonly replayDiff: number | null;
  readonly ok: boolean;
  readonly coverage: Coverage;
  readonly invariants: readonly Finding[];
}

const durable = ["fsync", "full_page_writes", "synchronous_commit"];

export function check(evidence: Evidence): Verdict {
  const found = openCase(evidence);
  const coverage = coverageOf(found);
  const invariants = [
    ...checkLog(found),
    ...checkAccepted(found),
    ...checkAttempts(found),
    ...checkEffects(found),
    ...checkDoubts(found),
    ...checkGuards(found),
    checkDecisions(found),
    ...checkLanes(found),
    ...checkTables(found),
    ...checkReadModels(found),
    checkCoverage(found, coverage),
    finding(
      51,
      "the database was durable while the run began",
      durable.flatMap((name) => (found.settings[name] === "on" ? [] : [{ name, setting: found.settings[name] }])),
    ),
    checkReplay(found),
    ...notInRun(),
  ].sort((left, right) => left.id - right.id);
  const ends = (type: string): number =>
    [...found.histories.values()].filter(({ events }) => events.some((event) => event.type === type)).length;
  const doubts = [...found.histories.values()].filter(isInDoubt).map((history) => history.execution);
  const listed = new Set(found.doubts);
  return {
    executions: found.histories.size,
    accepted: new Set(found.accepted.flatMap((row) => (row.status <= 202 ? [row.executionId] : []))).size,
    succeeded: ends("ExecutionSucceeded"),
    lost: lost(found).length,
    doubled: doubled(found, ["keyed", "plain", "at-most-once"]).length,
    uncertain: doubts.length,
    unlisted: doubts.filter((execution) => !listed.has(execution)).length,
    replayDiff: found.replayDiff,
    ok: invariants.every((one) => one.state !== "violated"),
    coverage,
    invariants,
  };
}
