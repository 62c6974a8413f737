// One backtest from checked input to its report: scores, the forecasts' lines and the features' lines.
import type { ForecastContext } from "@wedsync/season-policy/forecast";
import { shownCount } from "@wedsync/season-policy";
import { formatDay } from "../generate/dates.js";
import { naiveScale, notesOf, type Material } from "./facts.js";
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
  /** What has to be known of the facts, as sentences. */
  readonly notes: readonly string[];
  readonly forecasters: readonly ForecasterScores[];
}

/** Runs every forecaster over every origin. */
export const judge = <Fact>(
  material: Material<Fact>,
  { from, to, horizon, originEvery: every, context, onProgress }: JudgeOptions,
): { readonly judgement: Judgement; readonly lines: readonly string[] } => {
  const scale = naiveScale(material, from);
  const origins = originsOf({ from, to, horizon, every });
  const total = origins.length * material.forecasters.length;
  const { scores, lines } = runBacktest({
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
    notes: notesOf(material, to),
    forecasters: scores,
  };
  return { judgement, lines };
};

/** Columns that count nothing. */
const noCounts: ReadonlySet<string> = new Set(["lead", "yearSine", "yearCosine"]);

/**
 * The features of every origin and target with what came, as CSV lines, header first; none where there are none. Counts too
 * small to be shown (above 0 and below `suppressBelow`) are empty cells.
 */
export function* featureLines(
  material: Pick<Material<unknown>, "featuresAt" | "actual">,
  { from, to, horizon, originEvery: every, context }: Omit<JudgeOptions, "onProgress">,
  suppressBelow: number,
): Generator<string> {
  const featuresAt = material.featuresAt?.({ ...context, horizon });
  if (featuresAt === undefined) return;
  const cell = (name: string, value: number): string => {
    const shown = noCounts.has(name) ? value : shownCount(value, suppressBelow);
    return shown === null ? "" : String(Math.round(shown * 1e6) / 1e6);
  };
  let header: readonly string[] | undefined;
  for (const origin of originsOf({ from, to, horizon, every })) {
    for (const { day, ...features } of featuresAt(origin)) {
      if (day < from || day > to) continue;
      if (header === undefined) {
        header = Object.keys(features);
        yield ["origin", "target", ...header, "actual"].join(",");
      }
      const cells = Object.entries(features).map(([name, value]) => cell(name, value));
      yield [formatDay(origin), formatDay(day), ...cells, cell("actual", material.actual(day))].join(",");
    }
  }
}
