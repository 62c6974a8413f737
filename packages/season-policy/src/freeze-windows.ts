// When a market's modules must not change: its event-heavy days, and only those above the busy threshold, or every weekend of a
// season would be frozen somewhere.
import type { Reason } from "@wedsync/contracts/season-policy";
import { addDays, requireDate, requireZone, startOfDay } from "./civil-time.js";
import { requireRange } from "./errors.js";
import type { TimeWindow } from "./maintenance-windows.js";

/** What is known of a day. */
export interface BusyDay {
  /** Local day of the market, YYYY-MM-DD. */
  readonly date: string;
  /** Expected events. */
  readonly expected: number;
  /** Probability that the day is busy, 0 to 1, when a forecast says one. */
  readonly busyProbability?: number;
}

export interface FreezeOptions {
  readonly market: string;
  /** Zone of the market's days. */
  readonly zone: string;
  /** Types of work that are frozen; each gets its own windows. */
  readonly moduleTypes: readonly string[];
  /** Events from which a day is busy, more than 0. Where a day has a probability, that decides alone. */
  readonly busyThreshold: number;
  /** Probability from which a day is busy; 0.5 when absent. */
  readonly minProbability?: number;
}

export interface FreezeWindow extends TimeWindow {
  readonly market: string;
  readonly moduleType: string;
  /** First local day. */
  readonly firstDay: string;
  /** Last local day, included. */
  readonly lastDay: string;
  readonly reasons: readonly Reason[];
}

/**
 * The windows in which modules of a market must not change; busy days that follow each other are one window. A rollback is not
 * a change in this sense: whoever applies the windows lets it pass.
 * @throws SeasonError `zone_unknown`, `date_invalid`, `range_invalid`
 */
export function freezeWindows(days: readonly BusyDay[], options: FreezeOptions): readonly FreezeWindow[] {
  const { market, zone, moduleTypes, busyThreshold, minProbability = 0.5 } = options;
  requireZone(zone);
  requireRange("busyThreshold", busyThreshold, Number.MIN_VALUE);
  requireRange("minProbability", minProbability, 0, 1);
  const runs: { firstDay: string; lastDay: string; reasons: Reason[] }[] = [];
  for (const day of [...days].sort((a, b) => (a.date < b.date ? -1 : 1))) {
    requireDate(day.date);
    const reason = busyReason(day, busyThreshold, minProbability);
    if (reason === undefined) continue;
    const last = runs.at(-1);
    if (last !== undefined && addDays(last.lastDay, 1) >= day.date) {
      last.lastDay = day.date;
      last.reasons.push(reason);
    } else runs.push({ firstDay: day.date, lastDay: day.date, reasons: [reason] });
  }
  return moduleTypes.flatMap((moduleType) =>
    runs.map((run) => ({
      market,
      moduleType,
      firstDay: run.firstDay,
      lastDay: run.lastDay,
      from: startOfDay(run.firstDay, zone),
      to: startOfDay(addDays(run.lastDay, 1), zone),
      reasons: run.reasons,
    })),
  );
}

function busyReason(day: BusyDay, threshold: number, minProbability: number): Reason | undefined {
  const { date, expected, busyProbability } = day;
  if (busyProbability === undefined) {
    return expected >= threshold ? { code: "busy_day", params: { date, expected, threshold } } : undefined;
  }
  if (busyProbability < minProbability) return undefined;
  return { code: "probably_busy_day", params: { date, probability: busyProbability, threshold: minProbability } };
}
