// Forecasters of a bare daily series that are no more than a rule for the point: the walk adds intervals and chances.
import { horizonOf } from "./compose-forecast.js";
import { createDemandWalk, type DemandWalk, type PointForecast } from "./demand-walk.js";
import type { DayValue, ForecastContext, Forecaster } from "./port.js";
import { regularStart } from "./regular-start.js";

/** A forecaster from a rule; `ruleFor` is called anew for every walk, so a rule may keep what it learned on it. */
export const seriesForecasterOf = (
  name: string,
  ruleFor: (context: ForecastContext) => PointForecast,
): Forecaster<DayValue> => ({
  name,
  prepare: (facts, context = {}) => {
    const horizon = horizonOf(context);
    const values = new Map(facts.map(({ day, value }) => [day, value]));
    const days = Float64Array.from(values.keys()).sort();
    let walk: DemandWalk | undefined;
    return (origin) => {
      const first = regularStart(days.filter((day) => day <= origin)).first ?? origin + 1;
      if (walk === undefined || walk.first !== first || origin < walk.today()) {
        const { profile } = context;
        walk = createDemandWalk({ first, horizon, pointOf: ruleFor(context), whole: false, profile });
      }
      while (walk.today() < origin) walk.step(values.get(walk.today() + 1) ?? 0, []);
      return walk.forecastNow();
    };
  },
});
