// The thread beside the dispatcher: a question as worker data, the answer as its only message.
import { parentPort, workerData } from "node:worker_threads";
import type { AsideQuestion } from "./aside.js";

const asked = workerData as AsideQuestion;
// Each loads what it needs and nothing of the other: the holiday library is large.
const answer =
  asked.kind === "forecast"
    ? (await import("./market-forecast.js")).forecastMarket(asked.question)
    : (await import("./seed-policy.js")).seedPolicy(asked.now);
parentPort?.postMessage(answer);
