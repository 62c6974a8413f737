// The forecaster of a bare daily series: last year's season at this year's level.
import { yearLag } from "./calendar.js";
import type { PointForecast } from "./demand-walk.js";
import { seriesForecasterOf } from "./series-walk.js";
import { meanOf } from "./statistics.js";

const levelDays = 56;

const point: PointForecast = ({ demand }, at, lead) => {
  const level = meanOf(demand, demand.length - levelDays) ?? 0;
  const now = demand.length - yearLag;
  const lastLevel = meanOf(demand, Math.max(0, now - levelDays), now);
  const lastYear = demand[at - yearLag];
  if (lastYear === undefined || lastLevel === undefined || lastLevel <= 0) {
    return demand[at - 7 * Math.ceil(lead / 7)] ?? level;
  }
  return (lastYear * level) / lastLevel;
};

/** Forecasts from a daily series alone; see docs/forecasting.md. */
export const seriesForecaster = seriesForecasterOf("series", () => point);
