// Forecasting walks through years of bookings: seconds of work, which must not stop the dispatcher that shares the process.
import { Worker } from "node:worker_threads";
import type { Forecast } from "@wedsync/season-policy";
import type { ForecastQuestion } from "./market-forecast.js";

/** The built thread, also when this file runs from its source in a test: threads load no TypeScript. */
const thread = new URL("../../dist/planning/forecast-worker.js", import.meta.url);

/**
 * Forecasts in a thread of its own.
 * @param signal ends the thread; the promise is rejected then
 */
export async function forecastAside(question: ForecastQuestion, signal: AbortSignal): Promise<Forecast> {
  signal.throwIfAborted();
  const worker = new Worker(thread, { workerData: question, execArgv: [] });
  const end = (): void => void worker.terminate();
  signal.addEventListener("abort", end);
  try {
    return await new Promise<Forecast>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", (code) => reject(new Error(`The forecasting thread ended with ${code} and no forecast.`)));
    });
  } finally {
    signal.removeEventListener("abort", end);
  }
}
