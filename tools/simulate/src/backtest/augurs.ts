// A standard model to be measured against, if its library happens to be installed: MSTL of @bsull/augurs (WebAssembly).
// It is no dependency: a team that wants the comparison installs it beside this tool.
import { readFile } from "node:fs/promises";
import { busyThresholdOf } from "@wedsync/season-policy";
import type { DayForecast, DayValue, Forecaster } from "@wedsync/season-policy/forecast";

interface Prediction {
  readonly point: ArrayLike<number>;
  readonly intervals?: { readonly lower: ArrayLike<number>; readonly upper: ArrayLike<number> } | null;
}

/** The part of the library that is used. */
export interface Library {
  readonly default: (source: { readonly module_or_path: Uint8Array }) => Promise<unknown>;
  readonly MSTL: {
    readonly ets: (periods: Uint32Array) => {
      readonly fit: (values: Float64Array) => void;
      readonly predict: (horizon: number, level: number) => Prediction;
      readonly free: () => void;
    };
  };
}

/** Normal quantile of the 90th percentile: half an 80 % interval in standard deviations. */
const halfOf80 = 1.2816;
const levels = { interval50: 0.5, interval80: 0.8, interval95: 0.95 } as const;

/** Chance of a standard normal value above `z` (logistic approximation of Bowling et al. 2009, error below 0.0002). */
const above = (z: number): number => 1 / (1 + Math.exp(0.07056 * z ** 3 + 1.5976 * z));

/** MSTL of the library as a forecaster. */
export const mstlForecaster = ({ MSTL }: Pick<Library, "MSTL">): Forecaster<DayValue> => ({
  name: "augurs-mstl",
  prepare: (facts, { horizon = 30 } = {}) => {
    const sorted = facts.toSorted((a, b) => a.day - b.day);
    return (origin) => {
      const known = sorted.filter(({ day }) => day <= origin);
      const values = Float64Array.from(known, ({ value }) => value);
      const model = MSTL.ets(Uint32Array.from(values.length > 2 * 365 ? [7, 365] : [7]));
      model.fit(values);
      const byLevel = Object.entries(levels).map(([name, level]) => [name, model.predict(horizon, level)] as const);
      model.free();
      const busyThreshold = busyThresholdOf(values);
      const days = Array.from({ length: horizon }, (_, at): DayForecast => {
        const [, middle] = byLevel[1] ?? [];
        const point = Math.max(0, middle?.point[at] ?? 0);
        const [interval50, interval80, interval95] = byLevel.map(([, { intervals }]) => ({
          low: Math.min(point, Math.max(0, intervals?.lower[at] ?? point)),
          high: Math.max(point, intervals?.upper[at] ?? point),
        }));
        const none = { low: point, high: point };
        const spread = Math.max(((interval80 ?? none).high - point) / halfOf80, 1e-9);
        return {
          day: origin + at + 1,
          lead: at + 1,
          point,
          interval50: interval50 ?? none,
          interval80: interval80 ?? none,
          interval95: interval95 ?? none,
          busyProbability: busyThreshold === undefined ? 0 : above((busyThreshold - point) / spread),
        };
      });
      return { origin, basis: "history", historyDays: values.length, busyThreshold, days };
    };
  },
});

/** The forecaster, or undefined when the library is not installed. */
export const augursForecaster = async (): Promise<Forecaster<DayValue> | undefined> => {
  // A name in a variable: neither compiler nor bundler may take it for a dependency.
  const name = "@bsull/augurs/mstl";
  try {
    const place = import.meta.resolve(name);
    const library = (await import(name)) as Library;
    // The library would fetch its WebAssembly, which Node does not do for files.
    await library.default({ module_or_path: await readFile(new URL("mstl_bg.wasm", place)) });
    return mstlForecaster(library);
  } catch {
    return undefined;
  }
};
