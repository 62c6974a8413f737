// Work of seconds must not stop the dispatcher that shares the process: forecasts walk through years of bookings, and
// policies compute years of holidays from the moon. Each runs in a thread of its own, which ends with its answer.
import { Worker } from "node:worker_threads";
import type { Forecast } from "@wedsync/season-policy";
import type { ForecastQuestion } from "./market-forecast.js";
import type { MarketPolicyAnswer, MarketPolicyQuestion } from "./market-policy.js";
import type { SeedPolicy } from "./seed-policy.js";

export type AsideQuestion =
  | { readonly kind: "forecast"; readonly question: ForecastQuestion }
  /** `now` in epoch milliseconds. */
  | { readonly kind: "seed-policy"; readonly now: number }
  | { readonly kind: "market-policy"; readonly question: MarketPolicyQuestion };

/** The built thread, also when this file runs from its source in a test: threads load no TypeScript. */
const thread = new URL("../../dist/planning/aside-thread.js", import.meta.url);

/** @param signal ends the thread; the promise is rejected then */
async function aside<Answer>(question: AsideQuestion, signal: AbortSignal): Promise<Answer> {
  signal.throwIfAborted();
  const worker = new Worker(thread, { workerData: question, execArgv: [] });
  const end = (): void => void worker.terminate();
  signal.addEventListener("abort", end);
  try {
    return await new Promise<Answer>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", (code) => reject(new Error(`The planning thread ended with ${code} and no answer.`)));
    });
  } finally {
    signal.removeEventListener("abort", end);
  }
}

/** Forecasts one market. */
export const forecastAside = async (question: ForecastQuestion, signal: AbortSignal): Promise<Forecast> =>
  await aside<Forecast>({ kind: "forecast", question }, signal);

/** Makes the first policy. */
export const seedPolicyAside = async (now: number, signal: AbortSignal): Promise<SeedPolicy> =>
  await aside<SeedPolicy>({ kind: "seed-policy", now }, signal);

/** Resolves the profile of one market. */
export const marketPolicyAside = async (
  question: MarketPolicyQuestion,
  signal: AbortSignal,
): Promise<MarketPolicyAnswer> => await aside<MarketPolicyAnswer>({ kind: "market-policy", question }, signal);
