// Calls a module's own handler: one POST, signed by the Standard Webhooks scheme, no redirect, never repeated here.
// Exact about what is certain: before the first byte nothing was sent, after it only an answer is knowledge.
import { Readable } from "node:stream";
import {
  framedProvider,
  type DeliverOptions,
  type DeliveryOutcome,
  type HttpMessage,
  type Provider,
} from "@wedsync/journey-modules";
import { Webhook } from "standardwebhooks";
import { Agent, request } from "undici";
import { outcomeOf, outcomeOfFailure } from "./classify.js";
import { checkUrl, publicLookup } from "./public-address.js";

export interface HttpProviderOptions {
  /** Key of the signatures: base64, with or without `whsec_` in front. */
  readonly secret: string;
  /** As definitions name it; `http` when absent. */
  readonly name?: string;
  /** Also calls private and loopback addresses, and `http://`. Only for handlers inside one's own network. */
  readonly allowPrivate?: boolean;
  /** Connections to one far side, 32 when absent. */
  readonly connections?: number;
  /** 10 s to connect, TLS included, 30 s of silence when absent. */
  readonly timeouts?: { readonly connectMs?: number; readonly idleMs?: number };
  /** Epoch milliseconds, for the signature's timestamp; the system's clock when absent. */
  readonly now?: () => number;
}

/** Largest body that is sent, and most of an answer that is read, bytes. */
export const limits = { request: 256 * 1024, answer: 64 * 1024, answerHeaders: 16 * 1024 } as const;

interface Caller {
  readonly agent: Agent;
  readonly webhook: Webhook;
  readonly allowPrivate: boolean;
  readonly now: () => number;
}

/** @throws Error of the signing library when the secret is not base64. */
export function createHttpProvider(options: HttpProviderOptions): Provider<HttpMessage> {
  const { allowPrivate = false, connections = 32, timeouts = {}, now = Date.now } = options;
  const { connectMs = 10_000, idleMs = 30_000 } = timeouts;
  const agent = new Agent({
    connections,
    pipelining: 1,
    // With HTTP/2 the first byte of a body is not the first byte of a request, and a lost session takes many with it.
    allowH2: false,
    headersTimeout: idleMs,
    bodyTimeout: idleMs,
    maxHeaderSize: limits.answerHeaders,
    connect: { timeout: connectMs, ...(allowPrivate ? {} : { lookup: publicLookup }) },
  });
  const caller: Caller = { agent, webhook: new Webhook(options.secret), allowPrivate, now };
  return framedProvider({
    name: options.name ?? "http",
    // The least that any far side promises; what this one promises is in its definition and in each message.
    effect: "plain",
    closedCode: "http_closed",
    deliver: async (message, deliverOptions) => await deliver(caller, message, deliverOptions),
    release: async () => await agent.destroy(),
  });
}

async function deliver(caller: Caller, message: HttpMessage, options: DeliverOptions): Promise<DeliveryOutcome> {
  const { signal, onBodyStart } = options;
  if (signal.aborted) return { kind: "not_sent", code: "http_aborted" };
  const checked = checkUrl(message.url, caller.allowPrivate);
  if (!checked.ok) return { kind: "rejected", code: checked.code, retryable: false };
  const bytes = Buffer.from(message.body);
  if (bytes.length > limits.request) return { kind: "rejected", code: "http_body_too_large", retryable: false };

  let hasBegun = false;
  let isRefused = false;
  // The client asks for the first piece when it has a connection, and writes the head of the request together with it: so
  // nothing at all has left before this generator yields.
  async function* body(): AsyncGenerator<Buffer> {
    try {
      await onBodyStart?.();
    } catch (error) {
      isRefused = true;
      throw error;
    }
    signal.throwIfAborted();
    hasBegun = true;
    yield bytes;
  }
  const stream = Readable.from(body(), { objectMode: false });
  try {
    const answer = await request(checked.url, {
      method: "POST",
      dispatcher: caller.agent,
      headers: headersOf(caller, message, options, bytes.length),
      body: stream,
      signal,
    });
    // The status says it all. The rest is read so that the connection can be used again, up to a limit.
    void answer.body.dump({ limit: limits.answer, signal }).catch(() => undefined);
    return outcomeOf(answer.statusCode);
  } catch (error) {
    if (isRefused) return { kind: "not_sent", code: "body_start_refused" };
    if (signal.aborted) return { kind: hasBegun ? "unknown" : "not_sent", code: "http_aborted" };
    return outcomeOfFailure(error, hasBegun);
  } finally {
    stream.destroy();
  }
}

function headersOf(
  { webhook, now }: Caller,
  { executionId, effect, body }: HttpMessage,
  { key, attempt }: DeliverOptions,
  length: number,
): Record<string, string> {
  const at = new Date(now());
  return {
    "content-type": "application/json",
    "content-length": String(length),
    "user-agent": "wedsync",
    "webhook-id": key,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
    "webhook-signature": webhook.sign(key, at, body),
    "wedsync-execution": executionId,
    ...(attempt === undefined ? {} : { "wedsync-attempt": String(attempt) }),
    ...(effect === "keyed" ? { "idempotency-key": key } : {}),
  };
}
