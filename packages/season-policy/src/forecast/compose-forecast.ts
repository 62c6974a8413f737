// From points and spreads to the answer of a forecaster: intervals, the busy threshold and the chance to reach it.
import { busyThresholdOf } from "./busy-threshold.js";
import { yearLag } from "./calendar.js";
import type { DayForecast, DemandProfile, Forecast, ForecastBasis, ForecastContext, Interval } from "./port.js";
import { profileValues } from "./profile.js";
import type { Residuals } from "./residuals.js";

/** Days ahead: 30 when nothing else is asked for. */
export const horizonOf = ({ horizon = 30 }: ForecastContext): number => {
  if (Number.isInteger(horizon) && horizon >= 1 && horizon <= 60) return horizon;
  throw new RangeError("A forecast's horizon is a whole number of days from 1 to 60.");
};

const basisOf = (historyDays: number, profile: DemandProfile | undefined): ForecastBasis => {
  if (historyDays >= yearLag) return "history";
  if (historyDays > 0) return "short-history";
  return profile === undefined ? "nothing" : "profile";
};

/**
 * The whole numbers an interval of counts stands for. A count stands for half a count to each side, so ends go to the
 * nearest one: outward they would hold more than they say. The point stays inside, and so does a whole number.
 */
const wholeNumbers = ({ low, high }: Interval, point: number): Interval => ({
  low: Math.min(Math.round(low), Math.floor(point)),
  high: Math.max(Math.round(high), Math.ceil(point)),
});

/** The forecast at `origin` after the days of `demand`; `made` gives point and spread by lead from 1. */
export const composeForecast = (given: {
  readonly origin: number;
  readonly demand: readonly number[];
  /** Whether outcomes are whole numbers, as counts of events are. */
  readonly whole: boolean;
  readonly profile: DemandProfile | undefined;
  readonly made: (lead: number) => { readonly point: number; readonly spread: number };
  /** By lead; index 0 is not used. */
  readonly residuals: readonly Residuals[];
}): Forecast => {
  const { origin, demand, whole, profile, made, residuals } = given;
  const busyThreshold =
    busyThresholdOf(demand) ??
    (profile === undefined ? undefined : busyThresholdOf(profileValues(profile, origin + 1, yearLag)));
  const days = residuals.slice(1).map((misses, at): DayForecast => {
    const lead = at + 1;
    const { point, spread } = made(lead);
    const { interval, chanceOf } = misses.outlook(point, spread);
    const holding = (share: number): Interval => (whole ? wholeNumbers(interval(share), point) : interval(share));
    return {
      day: origin + lead,
      lead,
      point,
      interval50: holding(0.5),
      interval80: holding(0.8),
      interval95: holding(0.95),
      busyProbability: busyThreshold === undefined ? 0 : chanceOf(busyThreshold),
    };
  });
  return { origin, basis: basisOf(demand.length, profile), historyDays: demand.length, busyThreshold, days };
};
