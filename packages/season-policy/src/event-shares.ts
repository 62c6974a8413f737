// Which share of the work concerns an event on a day, and which one whose event week it is.
import type { SeasonPolicy } from "@wedsync/contracts/season-policy";
import { dayNumber, localDate, requireDate } from "./civil-time.js";
import { requireRange } from "./errors.js";
import { marketOf } from "./multiplier.js";

/** Work by the day of the event that it concerns; work without an event has no day. */
export interface WorkOfEvent {
  /** Local day of the event, YYYY-MM-DD; absent for work that concerns none. */
  readonly eventDate?: string;
  /** How much work, in any one unit, from 0. */
  readonly amount: number;
}

/**
 * The shares that `multiplierAt` takes. An event's week is the `weekDays` of the market's policy before its day; on the day
 * itself the work counts for the day only.
 * @param at instant (epoch milliseconds) or local day (YYYY-MM-DD)
 * @throws SeasonError `market_unknown`, `date_invalid`, `range_invalid`
 */
export function eventShares(
  policy: SeasonPolicy,
  question: { readonly market: string; readonly at: number | string; readonly work: readonly WorkOfEvent[] },
): { readonly dayShare: number; readonly weekShare: number } {
  const { zone, events } = marketOf(policy, question.market);
  const date = typeof question.at === "string" ? question.at : localDate(question.at, zone);
  requireDate(date);
  let total = 0;
  let onDay = 0;
  let inWeek = 0;
  for (const { eventDate, amount } of question.work) {
    requireRange("work.amount", amount, 0);
    total += amount;
    if (eventDate === undefined) continue;
    requireDate(eventDate);
    const ahead = dayNumber(eventDate) - dayNumber(date);
    if (ahead === 0) onDay += amount;
    else if (ahead > 0 && ahead <= events.weekDays) inWeek += amount;
  }
  return total === 0 ? { dayShare: 0, weekShare: 0 } : { dayShare: onDay / total, weekShare: inWeek / total };
}
