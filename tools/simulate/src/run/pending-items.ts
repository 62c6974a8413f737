// Executions of the demand as the scheduler's index wants them, made when they fall due: a season has millions.
import type { PendingItem } from "@wedsync/scheduler";
import type { Demand } from "./demand.js";

export interface LatenessTimes {
  /** How long after its due time work may start in time, milliseconds. */
  readonly deadlineMs: number;
  /** After how long it is of no use any more, milliseconds. */
  readonly expiryMs: number;
}

/** Work of mails: in time within 4 hours, of use within 24. */
export const mailLateness: LatenessTimes = { deadlineMs: 4 * 3_600_000, expiryMs: 24 * 3_600_000 };

/** Gives the index entry of an execution; its id is the execution's number. */
export const pendingItems = (demand: Demand, late: LatenessTimes): ((execution: number) => PendingItem) => {
  const { due, wedding, step, steps, weddings, market, zone } = demand;
  return (execution) => {
    const dueAt = due[execution] ?? 0;
    const of = wedding[execution] ?? 0;
    const name = `w${of}`;
    return {
      execution: String(execution),
      version: 1,
      held: false,
      work: {
        vendor: `v${weddings.vendor[of] ?? 0}`,
        wedding: name,
        weddingStream: name,
        moduleType: "email",
        definitionVersion: 1,
        market,
        zone,
        scheduleVersion: 1,
        window: demand.windowOf(weddings.day[of] ?? 0),
        defaultTier: steps[step[execution] ?? 0]?.tier ?? "normal",
        dueAt,
        deadline: dueAt + late.deadlineMs,
        expiresAt: dueAt + late.expiryMs,
        onLate: "run",
        effect: "at-most-once",
        attempts: 0,
        lost: 0,
      },
    };
  };
};
