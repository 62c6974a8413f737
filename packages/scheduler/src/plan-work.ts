// From a request to the work that is accepted: due time, time limits, tier window, all resolved once and recorded.
import type { EffectClass, OnLate, Tier, When, Work } from "@wedsync/contracts/scheduler";
import { allowanceOf, type Allowance } from "./execution-state.js";
import { dueAtOf, lastInstant, type Schedule, type ScheduleProblem } from "./due-at.js";
import { tierWindowOf, type TierDays } from "./tier.js";

/** What the scheduler needs of a module's definition, as plain values. */
export interface ModuleRules {
  readonly moduleType: string;
  readonly definitionVersion: number;
  readonly effect: EffectClass;
  readonly defaultTier: Tier;
  readonly highDaysBefore: number;
  readonly criticalDaysBefore: number;
  readonly deadlineAfterMs: number;
  readonly expiresAfterMs: number;
  readonly onLate: OnLate;
}

/** What the scheduler needs of a wedding. */
export interface WeddingFacts {
  readonly vendor: string;
  readonly wedding: string;
  readonly weddingStream: string;
  readonly market: string;
  readonly schedule: Schedule;
  readonly scheduleVersion: number;
}

/** The work of a request, or why its times make no sense. */
export function planWork(
  when: When,
  wedding: WeddingFacts,
  module: ModuleRules,
  criticalUntilHour: number,
  now: number,
): { readonly ok: true; readonly work: Work } | ScheduleProblem {
  const due = dueAtOf(when, wedding.schedule, now);
  if (!due.ok) return due;
  const days: TierDays = {
    highDaysBefore: module.highDaysBefore,
    criticalDaysBefore: module.criticalDaysBefore,
    criticalUntilHour,
  };
  return {
    ok: true,
    work: {
      vendor: wedding.vendor,
      wedding: wedding.wedding,
      weddingStream: wedding.weddingStream,
      moduleType: module.moduleType,
      definitionVersion: module.definitionVersion,
      market: wedding.market,
      zone: wedding.schedule.zone,
      scheduleVersion: wedding.scheduleVersion,
      window: tierWindowOf(wedding.schedule, days),
      defaultTier: module.defaultTier,
      dueAt: due.dueAt,
      deadline: Math.min(due.dueAt + module.deadlineAfterMs, lastInstant),
      expiresAt: Math.min(due.dueAt + module.expiresAfterMs, lastInstant),
      onLate: module.onLate,
      effect: module.effect,
      attempts: 0,
      lost: 0,
    },
  };
}

/**
 * The same work after its wedding moved: relative times are computed anew, fixed instants stay; the tier window moves with
 * the wedding. Attempts already made are kept, and a retry still waits for its backoff.
 * @param allowance the time it was given when it was accepted
 */
export function moveWork(
  work: Work,
  when: When,
  wedding: WeddingFacts,
  days: TierDays,
  allowance: Allowance = allowanceOf(work),
): Work {
  const moved: Work = {
    ...work,
    market: wedding.market,
    zone: wedding.schedule.zone,
    scheduleVersion: wedding.scheduleVersion,
    window: tierWindowOf(wedding.schedule, days),
  };
  const due = when.kind === "day" ? dueAtOf(when, wedding.schedule, work.dueAt) : undefined;
  // A schedule that was accepted is valid; if it is not, the instants stay and only the version follows.
  if (due?.ok !== true) return moved;
  return {
    ...moved,
    dueAt: work.attempts > 0 ? Math.max(due.dueAt, work.dueAt) : due.dueAt,
    deadline: due.dueAt + allowance.deadlineMs,
    expiresAt: due.dueAt + allowance.expiryMs,
  };
}
