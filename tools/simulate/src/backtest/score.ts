// How good forecasts were, compared with what came.
import type { DayForecast, Interval } from "@wedsync/season-policy/forecast";

export interface Score {
  /** Forecasts judged. */
  readonly n: number;
  /** Mean absolute error over the scale (Hyndman and Koehler 2006); null when the scale is 0. */
  readonly mase: number | null;
  readonly mae: number;
  /** Mean of forecast minus outcome. */
  readonly bias: number;
  /** Shares of outcomes within the intervals. */
  readonly coverage50: number;
  readonly coverage80: number;
  readonly coverage95: number;
  /** Mean of high minus low of the 80 % interval. */
  readonly width80: number;
  /** Busy days foretold that came; null when none was foretold. */
  readonly busyPrecision: number | null;
  /** Busy days that were foretold; null when none came. */
  readonly busyRecall: number | null;
  readonly busyDays: number;
}

export interface Scorer {
  readonly add: (forecast: DayForecast, actual: number, busyThreshold: number | undefined) => void;
  readonly score: () => Score;
}

const holds = ({ low, high }: Interval, value: number): number => (value >= low && value <= high ? 1 : 0);

/** Judges forecasts; `scale` is the mean absolute error of the naive forecast on the days before the test. */
export const createScorer = (scale: number): Scorer => {
  const sum = { n: 0, error: 0, bias: 0, in50: 0, in80: 0, in95: 0, width: 0, hit: 0, foretold: 0, busy: 0 };
  const per = (value: number): number => value / Math.max(sum.n, 1);
  return {
    add: (forecast, actual, busyThreshold) => {
      sum.n += 1;
      sum.error += Math.abs(forecast.point - actual);
      sum.bias += forecast.point - actual;
      sum.in50 += holds(forecast.interval50, actual);
      sum.in80 += holds(forecast.interval80, actual);
      sum.in95 += holds(forecast.interval95, actual);
      sum.width += forecast.interval80.high - forecast.interval80.low;
      if (busyThreshold === undefined) return;
      const busy = actual >= busyThreshold;
      const foretold = forecast.busyProbability >= 0.5;
      if (busy) sum.busy += 1;
      if (foretold) sum.foretold += 1;
      if (busy && foretold) sum.hit += 1;
    },
    score: () => ({
      n: sum.n,
      mase: scale > 0 ? per(sum.error) / scale : null,
      mae: per(sum.error),
      bias: per(sum.bias),
      coverage50: per(sum.in50),
      coverage80: per(sum.in80),
      coverage95: per(sum.in95),
      width80: per(sum.width),
      busyPrecision: sum.foretold > 0 ? sum.hit / sum.foretold : null,
      busyRecall: sum.busy > 0 ? sum.hit / sum.busy : null,
      busyDays: sum.busy,
    }),
  };
};
