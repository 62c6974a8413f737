// The provider of the run's module types, outside the platform: it does things, sometimes says no, sometimes vanishes in the
// middle of an answer, and writes one line for every request before it answers.
import { openSync, writeSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { effectKinds, type EffectKind, type EffectRow } from "../evidence/rows.js";
import { createRandom } from "../random.js";
import { sleep } from "../wait.js";

export interface RecorderOptions {
  readonly file: string;
  readonly seed: number;
  readonly secret: string;
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
}

type Fate = "accept" | "reject" | "refuse" | "cut" | "lose";

/** What becomes of a request is a function of the seed, the execution and the attempt. */
function fateOf(seed: number, execution: string, attempt: number): { readonly fate: Fate; readonly delay: number } {
  const random = createRandom(seed, execution, attempt);
  const draw = random.int(0, 999);
  const delay = random.int(0, 1_000);
  if (draw < 40) return { fate: "reject", delay };
  if (draw < 50) return { fate: "refuse", delay };
  if (draw < 65) return { fate: "cut", delay };
  if (draw < 70) return { fate: "lose", delay };
  return { fate: "accept", delay };
}

const text = (value: string | readonly string[] | undefined): string => (typeof value === "string" ? value : "");

/** Listens on a free port of this machine. Returns its address. */
export async function startRecorder(options: RecorderOptions): Promise<string> {
  const { seed, secret, minDelayMs, maxDelayMs } = options;
  const file = openSync(options.file, "a");
  const webhook = new Webhook(secret);
  const done = new Set<string>();

  const answer = async (request: IncomingMessage, body: string, response: ServerResponse): Promise<void> => {
    const { headers } = request;
    const kind = effectKinds.find((known) => request.url === `/${known}`) as EffectKind;
    const execution = text(headers["wedsync-execution"]);
    const attempt = Number(text(headers["wedsync-attempt"]));
    const key = text(headers["idempotency-key"]) || null;
    const { fate, delay } = fateOf(seed, execution, attempt);
    await sleep(minDelayMs + Math.round(((maxDelayMs - minDelayMs) * delay) / 1_000));
    const isRepeated = key !== null && done.has(key);
    const happens = (fate === "accept" || fate === "cut") && !isRepeated;
    if (happens && key !== null) done.add(key);
    const isRejected = !isRepeated && (fate === "reject" || fate === "refuse");
    const isCut = fate === "cut" || fate === "lose";
    const row: EffectRow = {
      at: Date.now(),
      execution,
      attempt,
      kind,
      key,
      visible: happens,
      answer: isCut ? "cut" : isRejected ? "rejected" : "accepted",
      signed: isSigned(webhook, body, headers),
    };
    writeSync(file, `${JSON.stringify(row)}\n`);
    if (isCut) request.socket.destroy();
    else response.writeHead(isRejected ? (fate === "reject" ? 503 : 422) : 200).end();
  };

  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    // A request that was not sent to its end never reached the provider's hands.
    request.on("end", () => void answer(request, body, response));
    request.on("error", () => undefined);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function isSigned(webhook: Webhook, body: string, headers: IncomingMessage["headers"]): boolean {
  try {
    webhook.verify(body, {
      "webhook-id": text(headers["webhook-id"]),
      "webhook-timestamp": text(headers["webhook-timestamp"]),
      "webhook-signature": text(headers["webhook-signature"]),
    });
    return true;
  } catch {
    return false;
  }
}
