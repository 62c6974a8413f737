// All checks over one run's evidence, in the order of their numbers.
import type { Evidence } from "../evidence/rows.js";
import { checkAccepted, lost } from "./accepted.js";
import { checkAttempts } from "./attempts.js";
import { coverageOf, type Coverage } from "./coverage.js";
import { checkEffects, doubled, isInDoubt } from "./effects.js";
import { finding, notChecked, type Finding } from "./finding.js";
import { checkGuards } from "./guards.js";
import { openCase, type Case } from "./history.js";
import { checkLanes } from "./lanes.js";
import { checkLog } from "./log.js";
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
  const invariants = [
    ...checkLog(found),
    ...checkAccepted(found),
    ...checkAttempts(found),
    ...checkEffects(found),
    ...checkGuards(found),
    ...checkLanes(found),
    ...checkTables(found),
    finding(
      39,
      "a client never reads an older history than one it read before",
      found.polls.regressions,
      `${found.polls.count} reads`,
    ),
    finding(
      51,
      "the database was durable while the run began",
      durable.flatMap((name) => (found.settings[name] === "on" ? [] : [{ name, setting: found.settings[name] }])),
    ),
    replay(found),
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
    coverage: coverageOf(found),
    invariants,
  };
}

function replay({ replayDiff, replayFindings }: Case): Finding {
  const title = "decisions recomputed from their recorded inputs are the recorded ones";
  if (replayDiff === null) return notChecked(52, title, "this build has no replay tool");
  return finding(52, title, replayDiff === 0 ? [] : [{ difference: replayDiff, replayFindings }]);
}
