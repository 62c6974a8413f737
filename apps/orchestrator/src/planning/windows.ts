// Maintenance and freeze windows of a market, from what is on the log: the plan, the forecast, and the work that is pending.
import type { DueHour } from "@wedsync/adapter-postgres";
import {
  freezeWindows,
  maintenanceWindows,
  planDefaults,
  stepAt,
  type CapacityPlan,
  type Forecast,
  type FreezeWindow,
  type HourlyLoad,
  type MaintenanceWindow,
} from "@wedsync/season-policy";

const hourMs = 3_600_000;
/** What a day needs to be busy where no forecast gives a probability: those of the log always do. */
const unusedThreshold = 1;

export interface WindowsQuestion {
  readonly plan: CapacityPlan;
  readonly forecast: Forecast | undefined;
  /** Pending work of the market by hour. */
  readonly due: readonly DueHour[];
  readonly moduleTypes: readonly string[];
  readonly durationMs: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface MarketWindows {
  readonly maintenance: readonly MaintenanceWindow[];
  readonly freeze: readonly FreezeWindow[];
}

/** The quietest windows until the plan ends, and the days on which modules must not change. */
export function windowsOf({ plan, forecast, due, moduleTypes, durationMs, now }: WindowsQuestion): MarketWindows {
  const { market, zone } = plan;
  const freeze = freezeWindows(forecast?.days ?? [], { market, zone, moduleTypes, busyThreshold: unusedThreshold });
  const from = Math.max(now, plan.from);
  const maintenance = maintenanceWindows(plannedLoad(plan, due, from), {
    from,
    to: Math.max(from, plan.to),
    durationMs,
    zone,
    freeze,
  });
  return { maintenance, freeze };
}

/** What pends is expected; what the planned slots could do is the upper end: the plan was made for it. */
function plannedLoad(plan: CapacityPlan, due: readonly DueHour[], from: number): readonly HourlyLoad[] {
  const pending = new Map(due.map(({ at, executions }) => [at, executions]));
  const hours: HourlyLoad[] = [];
  for (let at = Math.floor(from / hourMs) * hourMs; at < plan.to; at += hourMs) {
    const expected = pending.get(at) ?? 0;
    const couldDo = stepAt(plan, at).slots * plan.serviceRatePerSlot * planDefaults.targetUtilisation * 3_600;
    hours.push({ at, expected, lower: expected, upper: Math.max(expected, couldDo) });
  }
  return hours;
}
