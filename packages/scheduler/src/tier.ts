// How urgent work is: a pure function of the time and the wedding's days, so that it rises by itself and follows a move.
import type { Reason, Tier, TierWindow } from "@wedsync/contracts/scheduler";
import { instantOf, startOfDay } from "./civil-time.js";
import type { Schedule } from "./due-at.js";

export interface TierDays {
  /** Whole days before the first day from which work is high. */
  readonly highDaysBefore: number;
  /** Whole days before the first day from which work is critical: 1 = the day before. */
  readonly criticalDaysBefore: number;
  /** Local hour of the day after the last day until which work stays critical: receptions end after midnight. */
  readonly criticalUntilHour: number;
}

const rank: Readonly<Record<Tier, number>> = { critical: 0, high: 1, normal: 2, low: 3 };

/** 0 for critical to 3 for low. */
export const tierRank = (tier: Tier): number => rank[tier];

/** Windows by schedule object and days: resolving local midnights costs more than everything else about accepting work. */
const windows = new WeakMap<Schedule, Map<string, TierWindow>>();

/** The instants between which an event's work rises. The schedule must have been checked. */
export function tierWindowOf(schedule: Schedule, days: TierDays): TierWindow {
  const { highDaysBefore, criticalDaysBefore, criticalUntilHour } = days;
  const name = `${highDaysBefore}/${criticalDaysBefore}/${criticalUntilHour}`;
  const known = windows.get(schedule) ?? new Map<string, TierWindow>();
  const window = known.get(name) ?? resolveWindow(schedule, days);
  known.set(name, window);
  windows.set(schedule, known);
  return window;
}

function resolveWindow(schedule: Schedule, days: TierDays): TierWindow {
  const hour = String(days.criticalUntilHour).padStart(2, "0");
  return {
    highFrom: startOfDay(schedule.date, -days.highDaysBefore, schedule.zone),
    criticalFrom: startOfDay(schedule.date, -days.criticalDaysBefore, schedule.zone),
    criticalUntil: instantOf(schedule.endDate, 1, `${hour}:00`, schedule.zone),
  };
}

export interface TierDecision {
  readonly tier: Tier;
  readonly reasons: readonly Reason[];
  /** When the answer changes next, epoch milliseconds; null when it does not. */
  readonly changesAt: number | null;
}

/**
 * The tier at an instant. The wedding's days raise a module's own tier and never lower it.
 * @param now epoch milliseconds
 */
export function tierAt(now: number, window: TierWindow, defaultTier: Tier): TierDecision {
  const { highFrom, criticalFrom, criticalUntil } = window;
  if (now >= criticalUntil) return own(defaultTier, "after_event", null);
  if (now >= criticalFrom) return raised("critical", defaultTier, "event_day_near", criticalUntil);
  if (now >= highFrom) return raised("high", defaultTier, "event_week", criticalFrom);
  return own(defaultTier, "module_default", Math.min(highFrom, criticalFrom));
}

function own(tier: Tier, code: string, changesAt: number | null): TierDecision {
  return { tier, reasons: [{ code }], changesAt };
}

function raised(tier: Tier, defaultTier: Tier, code: string, changesAt: number): TierDecision {
  if (rank[defaultTier] <= rank[tier]) return { tier: defaultTier, reasons: [{ code: "module_default" }], changesAt };
  return { tier, reasons: [{ code, params: { changesAt } }], changesAt };
}
