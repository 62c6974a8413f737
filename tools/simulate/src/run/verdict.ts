// The answer to the question the simulation is made for: does seasonal capacity save, and does anybody wait longer for it?
import type { PolicyResult } from "./simulate-season.js";
import type { WaitSummary } from "./waits.js";

export interface Verdict {
  /** Share of the static peak's slot-hours that the platform's policy saves, and the share that it has to save. */
  readonly saving: number;
  readonly savingGoal: number;
  /** The most that any policy could save: its slots never go below the floor. */
  readonly savingLimit: number;
  /** What is compared, of critical and of high work, and must not be more than with the static peak. */
  readonly compared: readonly string[];
  /** What is more, such as `high p99`; empty when nothing is. */
  readonly longer: readonly string[];
  readonly ok: boolean;
}

const savingGoal = 0.6;
/** The longest wait is one execution's, not a share's: it is shown and not compared. */
const figures = ["p50Ms", "p95Ms", "p99Ms", "p999Ms", "missed"] as const satisfies readonly (keyof WaitSummary)[];
const names: Readonly<Record<(typeof figures)[number], string>> = {
  p50Ms: "p50",
  p95Ms: "p95",
  p99Ms: "p99",
  p999Ms: "p99.9",
  missed: "missed deadlines",
};

/** Compares `plan+reactive` with `static-peak`; undefined when one of them was not run. @param floor fewest slots of the fleet */
export const verdictOf = (policies: readonly PolicyResult[], floor: number): Verdict | undefined => {
  const ours = policies.find(({ name }) => name === "plan+reactive");
  const peak = policies.find(({ name }) => name === "static-peak");
  if (ours === undefined || peak === undefined) return undefined;
  const longer = (["critical", "high"] as const).flatMap((tier) =>
    figures
      .filter((figure) => ours.waits[tier][figure] > peak.waits[tier][figure])
      .map((figure) => `${tier} ${names[figure]}`),
  );
  const saving = 1 - ours.slotHours / peak.slotHours;
  return {
    saving,
    savingGoal,
    savingLimit: Math.max(0, 1 - floor / peak.maxSlots),
    compared: Object.values(names),
    longer,
    ok: saving >= savingGoal && longer.length === 0,
  };
};
