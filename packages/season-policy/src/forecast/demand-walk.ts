// A walk through the days for forecasters that need no more than the past demand and what is in hand: it makes their
// forecasts day by day and learns the intervals from their misses.
import { composeForecast } from "./compose-forecast.js";
import type { DemandProfile, Forecast } from "./port.js";
import { createResiduals, type Residuals } from "./residuals.js";

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

const spreadOf = (point: number): number => Math.sqrt(point + 1);

/** What a walk is made of. */
export interface DemandWalkOptions {
  readonly first: number;
  readonly horizon: number;
  readonly pointOf: PointForecast;
  /** Whether outcomes are whole numbers. */
  readonly whole: boolean;
  readonly profile?: DemandProfile | undefined;
}

/** A walk that stands on the day before `first`. */
export const createDemandWalk = ({ first, horizon, pointOf, whole, profile }: DemandWalkOptions): DemandWalk => {
  const demand: number[] = [];
  const hands: (readonly number[])[] = [];
  const residuals = Array.from({ length: horizon + 1 }, createResiduals);
  /** Points by lead from 1, made on each day. */
  const made: Float64Array[] = [];
  const seen: Seen = { first, demand, inHand: (at, lead) => hands[at - lead]?.[lead - 1] };
  const today = (): number => first + demand.length - 1;
  const forecastAll = (): Float64Array =>
    Float64Array.from({ length: horizon + 1 }, (_, lead) =>
      lead === 0 ? 0 : Math.max(0, pointOf(seen, demand.length - 1 + lead, lead)),
    );
  return {
    first,
    today,
    step: (value, hand) => {
      demand.push(value);
      hands.push(hand);
      for (let lead = 1; lead <= horizon; lead += 1) {
        const point = made[demand.length - 1 - lead]?.[lead];
        if (point !== undefined) (residuals[lead] as Residuals).add(value, point, spreadOf(point));
      }
      made.push(forecastAll());
    },
    revise: (day, value) => {
      demand[day - first] = value;
    },
    forecastNow: () => {
      const points = made.at(-1) ?? forecastAll();
      const of = (lead: number) => ({ point: points[lead] as number, spread: spreadOf(points[lead] as number) });
      return composeForecast({ origin: today(), demand, whole, profile, made: of, residuals });
    },
  };
};
