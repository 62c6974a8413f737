// Clients of an HTTP API that keep their rate whatever happens: each sends its next request when it is due, not when the last
// one was answered. Times count from the instant a request was due, so that waiting is seen.
import { Agent, request as send } from "node:http";

export interface HttpLoadMessage {
  readonly job: "http-load";
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly key: string;
  readonly body?: unknown;
  readonly clients: number;
  /** Requests a second and client. */
  readonly perClient: number;
  readonly seconds: number;
}

export interface HttpLoadReport {
  readonly latencies: readonly number[];
  readonly failed: number;
}

export async function httpLoad(message: HttpLoadMessage): Promise<HttpLoadReport> {
  const { clients, perClient, seconds } = message;
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const latencies: number[] = [];
  let failed = 0;
  const first = performance.now() + 100;
  const total = clients * perClient * seconds;
  const waiting: Promise<void>[] = [];
  for (let index = 0; index < total; index += 1) {
    const due = first + (index * 1_000) / (clients * perClient);
    const pause = due - performance.now();
    if (pause > 1) await new Promise((resolve) => setTimeout(resolve, pause));
    waiting.push(
      one(message, agent, index).then((isGood) => {
        latencies.push(performance.now() - due);
        if (!isGood) failed += 1;
      }),
    );
  }
  await Promise.all(waiting);
  agent.destroy();
  return { latencies, failed };
}

function one({ url, method, path, key, body }: HttpLoadMessage, agent: Agent, index: number): Promise<boolean> {
  return new Promise((resolve) => {
    const text = body === undefined ? "" : JSON.stringify(body);
    const call = send(
      `${url}${path}`,
      {
        method,
        agent,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined
            ? {}
            : { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
          "idempotency-key": `load-${process.pid}-${index}`,
        },
      },
      (answer) => {
        answer.resume();
        answer.once("end", () => resolve((answer.statusCode ?? 500) < 300));
        answer.once("error", () => resolve(false));
      },
    );
    call.once("error", () => resolve(false));
    call.end(text);
  });
}
