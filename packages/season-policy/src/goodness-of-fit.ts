// How well month and weekday factors describe years that they were not learned from.
import { fitSeasonalFactors, shapeOf, type Observation } from "./seasonal-factors.js";

export interface GoodnessOfFit {
  /** `held_out`: measured on the last years, learned from the others; `in_sample`: fewer than three years are there. */
  readonly basis: "held_out" | "in_sample";
  /** The years that it was measured on. */
  readonly years: readonly number[];
  /**
   * Share of the variation inside these years that the shape explains, against equal demand on every day: 1 is perfect, 0 no
   * better than flat, negative worse.
   */
  readonly rSquared: number;
  /** Mean absolute percentage error over counts above 0, as a share: 0.1 is 10 %. */
  readonly mape: number;
}

/**
 * Measures the shape alone: the level of each measured year is its own, since a profile says how a year is shared out and not
 * how big it is. Held out is the last quarter of the years, at least one.
 */
export function goodnessOfFit(observations: readonly Observation[]): GoodnessOfFit {
  const years = [...new Set(observations.map(({ year }) => year))].sort((a, b) => a - b);
  const basis = years.length >= 3 ? "held_out" : "in_sample";
  const measured = basis === "held_out" ? years.slice(-Math.max(1, Math.floor(years.length / 4))) : years;
  const learnedFrom = basis === "held_out" ? observations.filter(({ year }) => !measured.includes(year)) : observations;
  const factors = fitSeasonalFactors(learnedFrom);
  let unexplained = 0;
  let variation = 0;
  let relative = 0;
  let counted = 0;
  for (const year of measured) {
    const ofYear = observations.filter((observation) => observation.year === year);
    const level = ratio(ofYear, (observation) => shapeOf(factors, observation));
    const flat = ratio(ofYear, ({ exposure }) => exposure);
    for (const observation of ofYear) {
      const { count, exposure } = observation;
      const predicted = level * shapeOf(factors, observation);
      unexplained += (count - predicted) ** 2;
      variation += (count - flat * exposure) ** 2;
      if (count === 0) continue;
      relative += Math.abs(count - predicted) / count;
      counted += 1;
    }
  }
  return {
    basis,
    years: measured,
    rSquared: variation === 0 ? 1 : 1 - unexplained / variation,
    mape: counted === 0 ? 0 : relative / counted,
  };
}

/** The year's counts by the sum of a weight. */
function ratio(observations: readonly Observation[], weightOf: (observation: Observation) => number): number {
  let counts = 0;
  let weights = 0;
  for (const observation of observations) {
    counts += observation.count;
    weights += weightOf(observation);
  }
  return weights === 0 ? 0 : counts / weights;
}
