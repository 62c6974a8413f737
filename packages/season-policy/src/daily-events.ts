// A recorded forecast as input of the load by hour.
import type { Forecast } from "./capacity-decider.js";
import { seasonError } from "./errors.js";
import type { DailyEvents } from "./hourly-load.js";

/**
 * The days of a forecast with one of its intervals. An interval that does not hold the expected value, as that of a skewed
 * distribution may not, is widened to it.
 * @param level probability of the interval, for example 0.8
 * @throws SeasonError `range_invalid` when a day has no interval of this level
 */
export function dailyEventsOf(forecast: Pick<Forecast, "days">, level = 0.8): readonly DailyEvents[] {
  return forecast.days.map(({ date, expected, intervals }) => {
    const interval = intervals.find((one) => Math.abs(one.level - level) < 1e-9);
    if (interval === undefined) {
      const message = `The forecast of ${date} has no interval of level ${level}; ask for one that it has.`;
      throw seasonError("range_invalid", message, { date, level });
    }
    return {
      date,
      expected,
      lower: Math.min(interval.lower, expected),
      upper: Math.max(interval.upper, expected),
    };
  });
}
