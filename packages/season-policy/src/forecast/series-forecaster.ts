// The forecaster of a bare daily series: level x (weekday + season + calendar effects), learned again every four weeks.
import { createDayFacts, createLevels, fitSeries } from "./series-model.js";
import type { PointForecast } from "./demand-walk.js";
import type { ForecastContext } from "./port.js";
import { mixWithProfile, profileValue } from "./profile.js";
import { createRecentLevel } from "./recent-level.js";
import { seriesForecasterOf } from "./series-walk.js";

const refitEvery = 28;

const ruleFor = ({ holidays = [], profile }: ForecastContext): PointForecast => {
  const facts = createDayFacts(holidays);
  const levels = createLevels();
  const ratios: number[] = [];
  let fitted: ReturnType<typeof fitSeries> | undefined;
  let fittedAt = 0;
  const recent = createRecentLevel();
  let level = 0;
  return ({ demand, first }, at) => {
    if (ratios.length < demand.length) {
      while (ratios.length < demand.length) {
        const value = demand[ratios.length] as number;
        const before = levels.before(ratios.length) ?? value;
        ratios.push(before > 0 ? value / before : 1);
        levels.push(value);
      }
      if (fitted === undefined || ratios.length - fittedAt >= refitEvery) {
        fitted = fitSeries(ratios, first, facts, fitted?.beta);
        fittedAt = ratios.length;
      }
      const { ratioOf } = fitted;
      level = recent.next({
        values: demand,
        ratioOf: (index) => ratioOf(first + index),
        usual: levels.before(demand.length) as number,
      });
    }
    const fromProfile = profile === undefined ? undefined : profileValue(profile, first + at);
    return mixWithProfile(level * (fitted?.ratioOf(first + at) ?? 0), fromProfile, demand.length);
  };
};

/** Forecasts from a daily series alone; see docs/forecasting.md. */
export const seriesForecaster = seriesForecasterOf("series", ruleFor);
