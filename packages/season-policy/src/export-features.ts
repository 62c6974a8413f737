// What a team's own model can learn from: a row for each day ahead, made of calendars and counts. Only counts by market and
// day come in, so nothing about a person can go out; counts too small to hide in are left out.
import type { SeasonPolicy } from "@wedsync/contracts/season-policy";
import { addDays, dayNumber, monthOf, requireDate, weekdayOf } from "./civil-time.js";
import { requireRange } from "./errors.js";
import { marketOf, multiplierAt } from "./multiplier.js";
import { shownCount } from "./shown-count.js";

/** Events of one local day, over all who serve the market. */
export interface DayCount {
  readonly date: string;
  readonly count: number;
}

export interface FeatureQuestion {
  readonly policy: SeasonPolicy;
  readonly market: string;
  /** The last day whose counts are known, YYYY-MM-DD. */
  readonly origin: string;
  /** Days ahead, 1 to 400. */
  readonly horizonDays: number;
  /** Events in hand on the origin day, by the day they take place. */
  readonly inHand: readonly DayCount[];
  /** Events that took place, by day; days after the origin are never read. */
  readonly history: readonly DayCount[];
  /** Counts from 1 to below this are left out; `smallestShownCount` when absent, 0 keeps all. */
  readonly suppressBelow?: number;
}

/** One row; null where a count is not known or too small. */
export interface FeatureRow {
  readonly market: string;
  readonly origin: string;
  readonly date: string;
  readonly leadDays: number;
  readonly month: number;
  /** 1 = Monday. */
  readonly weekday: number;
  /** 1 to 366. */
  readonly dayOfYear: number;
  readonly season: string;
  readonly multiplier: number;
  /** Codes of the periods of the day, in order. */
  readonly periods: readonly string[];
  readonly inHand: number | null;
  /** Events on the same weekday 52 weeks before. */
  readonly yearBefore: number | null;
  /** Events of the 28 days up to the origin. */
  readonly last28Days: number | null;
}

/**
 * The features of the days after the origin.
 * @throws SeasonError `market_unknown`, `date_invalid`, `range_invalid`
 */
export function exportFeatures(question: FeatureQuestion): readonly FeatureRow[] {
  const { policy, market, origin, horizonDays, suppressBelow } = question;
  requireDate(origin);
  requireRange("horizonDays", horizonDays, 1, 400);
  const { periods } = marketOf(policy, market);
  const inHand = countsOf(question.inHand);
  const history = countsOf(question.history.filter(({ date }) => date <= origin));
  const shown = (count: number | undefined): number | null =>
    count === undefined ? null : shownCount(count, suppressBelow);
  const recent = Array.from({ length: 28 }, (_, index) => history.get(addDays(origin, -index)));
  const last28Days = recent.includes(undefined)
    ? null
    : shown(recent.reduce<number>((sum, count) => sum + (count ?? 0), 0));
  return Array.from({ length: horizonDays }, (_, index) => {
    const leadDays = index + 1;
    const date = addDays(origin, leadDays);
    const { multiplier, season } = multiplierAt(policy, { market, at: date });
    return {
      market,
      origin,
      date,
      leadDays,
      month: monthOf(date),
      weekday: weekdayOf(date),
      dayOfYear: dayNumber(date) - dayNumber(`${date.slice(0, 4)}-01-01`) + 1,
      season,
      multiplier,
      periods: periods.filter(({ from, to }) => date >= from && date <= to).map(({ code }) => code),
      inHand: shown(inHand.get(date) ?? 0),
      yearBefore: shown(history.get(addDays(date, -364))),
      last28Days,
    };
  });
}

function countsOf(days: readonly DayCount[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { date, count } of days) {
    requireDate(date);
    requireRange("count", count, 0);
    counts.set(date, (counts.get(date) ?? 0) + count);
  }
  return counts;
}
