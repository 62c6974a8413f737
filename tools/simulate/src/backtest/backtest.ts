// A backtest from the file to its report: plain data in and out, so that it can run in a thread.
import { readFile } from "node:fs/promises";
import type { Kind } from "../input/columns.js";
import { read, refuse, type Read } from "../input/problem.js";
import { errorCode } from "../output/write-whole.js";
import { augursForecaster } from "./augurs.js";
import { materialOf, rangeProblem, type Material } from "./facts.js";
import { holidaysOf } from "./holidays.js";
import { featureLines, judge, type Judgement } from "./judge.js";
import { noAugurs, prophet } from "./references.js";
import type { Missing } from "./report.js";
import { forecastHeader } from "./run.js";

export interface BacktestQuestion {
  readonly file: string;
  readonly kind: Kind;
  readonly map: string;
  /** Day numbers of the first and last day to forecast. */
  readonly from: number;
  readonly to: number;
  readonly horizon: number;
  readonly originEvery: number;
  readonly holidays?: string | undefined;
  /** Whether features are asked for, and below which count they leave cells empty. */
  readonly features?: { readonly suppressBelow: number } | undefined;
}

export interface Backtest {
  readonly judgement: Judgement;
  readonly missing: readonly Missing[];
  /** Every forecast as CSV lines, header first. */
  readonly forecasts: readonly string[];
  /** What the forecaster looked at, as CSV lines, header first; empty when not asked for. */
  readonly features: readonly string[];
}

/** Origins done, of so many. */
export interface BacktestProgress {
  readonly done: number;
  readonly total: number;
}

/** Reads, forecasts and judges; or says what is wrong with the file or the question. */
export const backtest = async (
  question: BacktestQuestion,
  onProgress: (progress: BacktestProgress) => void,
): Promise<Read<Backtest>> => {
  const { file, kind, map } = question;
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (thrown) {
    return refuse("file", `${file} cannot be read (${errorCode(thrown)}): check the path.`);
  }
  const standard = kind === "series" ? await augursForecaster() : undefined;
  const material = materialOf(kind, bytes, map, standard === undefined ? [] : [standard]);
  if (!material.ok) return material;
  const missing = kind === "series" ? [...(standard === undefined ? [noAugurs] : []), prophet] : [];
  return material.value.use((found) => judged(question, found, missing, onProgress));
};

function judged<Fact>(
  question: BacktestQuestion,
  material: Material<Fact>,
  missing: readonly Missing[],
  onProgress: (progress: BacktestProgress) => void,
): Read<Backtest> {
  const { from, to, horizon, originEvery, features } = question;
  const problem = rangeProblem(material, from, to, horizon);
  if (problem !== undefined) return refuse("range", problem);
  if (features !== undefined && material.featuresAt === undefined) {
    return refuse("features", "--features is for bookings: a bare series has none.");
  }
  const holidays =
    question.holidays === undefined ? read([]) : holidaysOf(question.holidays, material.first, to + horizon);
  if (!holidays.ok) return holidays;
  const options = { from, to, horizon, originEvery, context: { holidays: holidays.value } };
  const { judgement, lines } = judge(material, {
    ...options,
    onProgress: (done, total) => onProgress({ done, total }),
  });
  return read({
    judgement,
    missing,
    forecasts: [forecastHeader, ...lines],
    features: features === undefined ? [] : [...featureLines(material, options, features.suppressBelow)],
  });
}
