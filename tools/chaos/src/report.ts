// What a person reads of a run, and the JSON document of INTERFACES.
import type { Verdict } from "./check/check.js";
import type { FaultRow } from "./evidence/rows.js";
import { notAvailable } from "./nemesis/faults.js";

export interface Report extends Verdict {
  readonly seed: number;
  readonly seconds: number;
  readonly faults: readonly { readonly at: string; readonly what: string; readonly target: string }[];
  readonly notAvailable: Readonly<Record<string, string>>;
  /** Folder with logs and evidence, when it was kept. */
  readonly kept?: string;
}

export function reportOf(
  verdict: Verdict,
  run: {
    readonly seed: number;
    readonly seconds: number;
    readonly faults: readonly FaultRow[];
    readonly kept?: string;
  },
): Report {
  const { seed, seconds, kept } = run;
  const faults = run.faults.map(({ at, what, target }) => ({ at: new Date(at).toISOString(), what, target }));
  return { ...verdict, seed, seconds, faults, notAvailable, ...(kept === undefined ? {} : { kept }) };
}

export function textOf(report: Report): string {
  const unchecked = report.invariants.filter(({ state }) => state === "not checked").map(({ id }) => id);
  const { accepted, succeeded, lost, doubled, uncertain, unlisted, replayDiff, coverage, invariants } = report;
  const lines = invariants.map(({ id, title, state, violations, note }) => {
    const mark = state === "holds" ? "ok  " : state === "violated" ? "FAIL" : "--  ";
    const count = violations === 0 ? "" : ` (${violations} counterexamples)`;
    return `${mark} ${String(id).padStart(2)} ${title}${count}${note === undefined ? "" : `; ${note}`}`;
  });
  const examples = invariants.flatMap(({ id, examples: found }) =>
    found.map((example) => `     ${id}: ${JSON.stringify(example)}`),
  );
  const faults = Object.entries(coverage.faults).map(([what, count]) => `${what} ${count}`);
  return [
    ...lines,
    ...(examples.length === 0 ? [] : ["Counterexamples:", ...examples]),
    `Faults: ${faults.join(", ") || "none"}; ${Object.entries(report.notAvailable)
      .map(([what, why]) => `${what} ${why}`)
      .join("; ")}`,
    `Met: ${coverage.killsWithOpenAttempt} kills with an attempt open, ${coverage.killsBetweenEffectAndOutcome} between effect and outcome, ` +
      `${coverage.zombiesAfterTakeover} zombies that woke after a takeover, ${coverage.claimsRefusedByGuard} claims refused by a guard, ` +
      `${coverage.appendsWithConflict} appends with a conflict`,
    `${accepted} accepted, ${succeeded} succeeded, ${lost} lost, ${doubled} doubled, ${uncertain} uncertain (${unlisted} unlisted), ` +
      `replay difference ${replayDiff ?? "not computed"}`,
    ...(report.kept === undefined ? [] : [`Logs and evidence: ${report.kept}`]),
    `seed ${report.seed}, ${report.seconds} s: ` +
      (report.ok ? `every checked invariant holds; not checked: ${unchecked.join(", ")}` : "FAILED"),
  ].join("\n");
}
