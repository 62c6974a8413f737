// Executions by hour of a market: the forecast's events and the known ones laid out by the load shape, and never below the work
// that is already pending for the hour.
import type { Forecast } from "./capacity-decider.js";
import type { HourlyLoad } from "./capacity-plan.js";
import { addDays } from "./civil-time.js";
import { hourlyLoad, type DailyEvents } from "./hourly-load.js";
import type { LoadShape } from "./load-shape.js";

/** Probability that a day's events are inside the interval that capacity is planned for. */
const planLevel = 0.8;
/** Events in hand count so many days before and after the forecast's origin: work of others does not fall into its month. */
export const reachDays = 400;

export interface MarketDemand {
  readonly zone: string;
  readonly forecast: Pick<Forecast, "origin" | "days">;
  /** Events in hand by day; index 0 is `reachDays` before the forecast's origin. */
  readonly inHand: readonly number[];
  readonly shape: LoadShape | undefined;
  /** Pending executions by whole UTC hour. */
  readonly due: readonly { readonly at: number; readonly executions: number }[];
  /** The hours asked for: those that begin in [from, to), epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

/**
 * The demand of the hours, ascending; hours without any are left out.
 * @throws SeasonError `zone_unknown`, `date_invalid`, `range_invalid`
 */
export function marketDemand(question: MarketDemand): readonly HourlyLoad[] {
  const { zone, forecast, inHand, shape, due, from, to } = question;
  const laidOut = shape === undefined ? [] : hourlyLoad(dailyEvents(forecast, inHand), shape, { zone, from, to });
  const hours = new Map(laidOut.map((hour) => [hour.at, hour]));
  for (const { at, executions } of due) {
    if (at < from || at >= to) continue;
    const { expected, lower, upper } = hours.get(at) ?? { expected: 0, lower: 0, upper: 0 };
    hours.set(at, {
      at,
      expected: Math.max(expected, executions),
      lower: Math.max(lower, executions),
      upper: Math.max(upper, executions),
    });
  }
  return [...hours.values()].sort((a, b) => a.at - b.at);
}

function dailyEvents(forecast: MarketDemand["forecast"], inHand: readonly number[]): readonly DailyEvents[] {
  const first = addDays(forecast.origin, -reachDays);
  const days = new Map(
    inHand.flatMap((count, index): [string, DailyEvents][] => {
      const date = addDays(first, index);
      return count === 0 ? [] : [[date, { date, expected: count, lower: count, upper: count }]];
    }),
  );
  for (const { date, expected, intervals } of forecast.days) {
    const interval = intervals.find(({ level }) => level === planLevel) ?? { lower: expected, upper: expected };
    // Where the forecaster has nothing to go by it may say less than what is booked.
    const upper = Math.max(interval.upper, days.get(date)?.expected ?? 0);
    days.set(date, { date, expected, lower: interval.lower, upper });
  }
  return [...days.values()];
}
