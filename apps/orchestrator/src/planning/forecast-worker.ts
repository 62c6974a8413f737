// The thread that forecasts one market: a question as worker data, the forecast as its only message.
import { parentPort, workerData } from "node:worker_threads";
import { forecastMarket, type ForecastQuestion } from "./market-forecast.js";

parentPort?.postMessage(forecastMarket(workerData as ForecastQuestion));
