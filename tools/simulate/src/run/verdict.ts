// The answer to the question the simulation is made for: does seasonal capacity save, and does anybody wait longer for it?
import type { PolicyResult } from "./simulate-season.js";
import type { WaitSummary } from "./waits.js";

export interface Verdict {
  /** Share of the static peak's slot-hours that the platform's policy saves, and the share that it has to save. */
  readonly saving: number;
  readonly savingGoal: number;
  /** Waits of critical and high work that are longer than with the static peak, such as `high p99`; empty when none is. */
  readonly longer: readonly string[];
  readonly ok: boolean;
}

const savingGoal = 0.6;
const figures = ["p50Ms", "p95Ms", "p99Ms", "maxMs", "missed"] as const satisfies readonly (keyof WaitSummary)[];

/** Compares `plan+reactive` with `static-peak`; undefined when one of them was not run. */
export const verdictOf = (policies: readonly PolicyResult[]): Verdict | undefined => {
  const ours = policies.find(({ name }) => name === "plan+reactive");
  const peak = policies.find(({ name }) => name === "static-peak");
  if (ours === undefined || peak === undefined) return undefined;
  const longer = (["critical", "high"] as const).flatMap((tier) =>
    figures
      .filter((figure) => ours.waits[tier][figure] > peak.waits[tier][figure])
      .map((figure) => `${tier} ${figure.replace("Ms", "")}`),
  );
  const saving = 1 - ours.slotHours / peak.slotHours;
  return { saving, savingGoal, longer, ok: saving >= savingGoal && longer.length === 0 };
};
