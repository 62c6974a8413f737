// One backtest from checked input to its report: scores, the forecasts' lines and the features' lines.
import type { ForecastContext } from "@wedsync/season-policy/forecast";
import { formatDay } from "../generate/dates.js";
import { naiveScale, type Material } from "./facts.js";
import { originsOf, runBacktest, type ForecasterScores } from "./run.js";

export interface JudgeOptions {
  readonly from: number;
  readonly to: number;
  readonly horizon: number;
  readonly originEvery: number;
  readonly context: ForecastContext;
  readonly onProgress: (done: number, total: number) => void;
}

export interface Judgement {
  readonly from: string;
  readonly to: string;
  readonly horizon: number;
  readonly rows: number;
  readonly origins: number;
  /** Mean absolute difference to the same weekday of the week before, before the test: what MASE divides by. */
  readonly scale: number;
  readonly forecasters: readonly ForecasterScores[];
}

/** Runs every forecaster over every origin. */
export const judge = async <Fact>(
  material: Material<Fact>,
  { from, to, horizon, originEvery: every, context, onProgress }: JudgeOptions,
): Promise<{ readonly judgement: Judgement; readonly lines: readonly string[] }> => {
  const scale = naiveScale(material, from);
  const origins = originsOf({ from, to, horizon, every });
  const total = origins.length * material.forecasters.length;
  const { scores, lines } = await runBacktest({
    ...material,
    context: { ...context, horizon },
    origins,
    from,
    to,
    scale,
    onProgress: (done) => onProgress(done, total),
  });
  const judgement = {
    from: formatDay(from),
    to: formatDay(to),
    horizon,
    rows: material.rows,
    origins: origins.length,
    scale,
    forecasters: scores,
  };
  return { judgement, lines };
};

/** The features of every origin and target with what came, as CSV lines, header first; none where there are none. */
export function* featureLines(
  material: Pick<Material<unknown>, "featuresAt" | "actual">,
  { from, to, horizon, originEvery: every, context }: JudgeOptions,
): Generator<string> {
  const featuresAt = material.featuresAt?.({ ...context, horizon });
  if (featuresAt === undefined) return;
  let header: readonly string[] | undefined;
  for (const origin of originsOf({ from, to, horizon, every })) {
    for (const { day, ...features } of featuresAt(origin)) {
      if (day < from || day > to) continue;
      if (header === undefined) {
        header = Object.keys(features);
        yield ["origin", "target", ...header, "actual"].join(",");
      }
      const values = Object.values(features).map((value) => String(Math.round(value * 1e6) / 1e6));
      yield [formatDay(origin), formatDay(day), ...values, material.actual(day)].join(",");
    }
  }
}
