// A walk through the days for forecasters that need no more than the past demand and what is in hand: it makes their
// forecasts day by day and learns the intervals from their misses.
import { busyThresholdOf } from "./busy-threshold.js";
import { yearLag } from "./calendar.js";
import type { DayForecast, Forecast } from "./port.js";
import { createResiduals } from "./residuals.js";

/** What such a forecaster sees at the end of an origin day; index 0 of the lists is the first day. */
export interface Seen {
  readonly first: number;
  readonly demand: readonly number[];
  /** In hand for the day `at` days after the first, as it was `lead` days before; undefined if that was not seen. */
  readonly inHand: (at: number, lead: number) => number | undefined;
}

/** The point forecast of the day `at` (days after the first) at `lead`. */
export type PointForecast = (seen: Seen, at: number, lead: number) => number;

export interface DemandWalk {
  readonly first: number;
  readonly today: () => number;
  /** Takes in the next day: its demand and what is then in hand for each lead from 1. */
  readonly step: (value: number, hand: readonly number[]) => void;
  /** Corrects the demand of a past day. */
  readonly revise: (day: number, value: number) => void;
  readonly forecastNow: () => Forecast;
}

/** A walk that stands on the day before `first`. */
export const createDemandWalk = (first: number, horizon: number, pointOf: PointForecast): DemandWalk => {
  const demand: number[] = [];
  const hands: (readonly number[])[] = [];
  const residuals = Array.from({ length: horizon + 1 }, createResiduals);
  const made: Float64Array[] = [];
  const seen: Seen = { first, demand, inHand: (at, lead) => hands[at - lead]?.[lead - 1] };
  const spreadOf = (point: number): number => Math.sqrt(point + 1);
  return {
    first,
    today: () => first + demand.length - 1,
    step: (value, hand) => {
      demand.push(value);
      hands.push(hand);
      const now = demand.length - 1;
      for (let lead = 1; lead <= horizon; lead += 1) {
        const point = made[now - lead]?.[lead];
        if (point !== undefined) residuals[lead]?.add(value, point, spreadOf(point));
      }
      const points = Float64Array.from({ length: horizon + 1 }, (_, lead) =>
        lead === 0 ? 0 : Math.max(0, pointOf(seen, now + lead, lead)),
      );
      made.push(points);
    },
    revise: (day, value) => {
      demand[day - first] = value;
    },
    forecastNow: () => {
      const origin = first + demand.length - 1;
      const threshold = busyThresholdOf(demand);
      const days = Array.from({ length: horizon }, (_, index): DayForecast => {
        const lead = index + 1;
        const point = made.at(-1)?.[lead] ?? 0;
        const outlook = (residuals[lead] ?? createResiduals()).outlook(point, spreadOf(point));
        return {
          day: origin + lead,
          lead,
          point,
          interval50: outlook.interval(0.5),
          interval80: outlook.interval(0.8),
          interval95: outlook.interval(0.95),
          busyProbability: threshold === undefined ? 0 : outlook.chanceOf(threshold),
        };
      });
      const basis = demand.length >= yearLag + horizon ? "history" : demand.length > 0 ? "short-history" : "nothing";
      return { origin, basis, historyDays: demand.length, busyThreshold: threshold, days };
    },
  };
};
