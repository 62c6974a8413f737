// The thread beside the dispatcher: a question as worker data, the answer as its only message.
import { parentPort, workerData } from "node:worker_threads";
import type { AsideQuestion } from "./aside.js";

// Each loads what it needs and nothing of the others: the holiday library is large.
async function answerOf(asked: AsideQuestion): Promise<unknown> {
  switch (asked.kind) {
    case "forecast":
      return (await import("./market-forecast.js")).forecastMarket(asked.question);
    case "seed-policy":
      return (await import("./seed-policy.js")).seedPolicy(asked.now);
    case "market-policy":
      return (await import("./market-policy.js")).marketPolicyOf(asked.question);
  }
}

parentPort?.postMessage(await answerOf(workerData as AsideQuestion));
