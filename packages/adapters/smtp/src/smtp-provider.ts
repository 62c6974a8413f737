// Mail by SMTP, as the provider port wants it: exact about what is certain. SMTP knows no idempotency key, so a doubt is
// said as `unknown` and never tried again here (SCH-7).
import {
  framedProvider,
  type DeliverOptions,
  type DeliveryOutcome,
  type EmailMessage,
  type Provider,
} from "@wedsync/journey-modules";
import { classify, type Progress } from "./classify.js";
import { compose } from "./compose.js";
import { messageBody } from "./message-body.js";
import { createSessionPool, type Lease, type PoolOptions, type SessionPool } from "./session-pool.js";
import { openSession, type Timeouts } from "./session.js";
import { parseSmtpUrl } from "./smtp-url.js";

export interface SmtpProviderOptions {
  /** `smtp://` or `smtps://`; see `parseSmtpUrl`. */
  readonly url: string;
  /** As definitions name it; `smtp` when absent. */
  readonly name?: string;
  /** 5 connections, 100 mails each, kept for a minute when absent. */
  readonly pool?: Partial<PoolOptions>;
  /** 10 s to connect, 10 s to be greeted, 30 s of silence when absent. */
  readonly timeouts?: Partial<Timeouts>;
}

/** @throws Error with the code `smtp_url_invalid` and a message that names what is wrong, never the address itself. */
export function createSmtpProvider(options: SmtpProviderOptions): Provider<EmailMessage> {
  const parsed = parseSmtpUrl(options.url);
  if (!parsed.ok) throw Object.assign(new Error(parsed.message), { code: parsed.code });
  const timeouts = { connectMs: 10_000, greetingMs: 10_000, idleMs: 30_000, ...options.timeouts };
  const pool = createSessionPool((signal) => openSession(parsed.settings, timeouts, signal), {
    maxConnections: 5,
    maxMessages: 100,
    keepMs: 60_000,
    ...options.pool,
  });
  return framedProvider({
    name: options.name ?? "smtp",
    effect: "at-most-once",
    closedCode: "smtp_closed",
    deliver: async (message, deliverOptions) => await deliver(pool, message, deliverOptions),
    release: () => pool.close(),
  });
}

async function deliver(
  pool: SessionPool,
  message: EmailMessage,
  deliverOptions: DeliverOptions,
): Promise<DeliveryOutcome> {
  let bytes: Buffer;
  try {
    bytes = await compose(message);
  } catch {
    return { kind: "rejected", code: "smtp_message_invalid", retryable: false };
  }
  const first = await attempt(pool, message, bytes, deliverOptions, false);
  // A kept connection may have been closed by the server meanwhile; before the body, a fresh one repeats nothing.
  const stale = first.reused && first.outcome.kind === "not_sent" && !first.bodyRefused;
  if (!stale || deliverOptions.signal.aborted) return first.outcome;
  return (await attempt(pool, message, bytes, deliverOptions, true)).outcome;
}

interface Attempt {
  readonly outcome: DeliveryOutcome;
  readonly reused: boolean;
  readonly bodyRefused: boolean;
}

const aborted = "smtp_aborted";

async function attempt(
  pool: SessionPool,
  message: EmailMessage,
  bytes: Buffer,
  { signal, onBodyStart }: DeliverOptions,
  fresh: boolean,
): Promise<Attempt> {
  let lease: Lease;
  try {
    lease = await pool.acquire(signal, fresh);
  } catch (error) {
    const outcome: DeliveryOutcome = signal.aborted ? { kind: "not_sent", code: aborted } : classify(error, "opening");
    return { outcome, reused: false, bodyRefused: false };
  }
  const progress: { at: Progress } = { at: "sending" };
  let bodyRefused = false;
  const begin = async (): Promise<void> => {
    try {
      await onBodyStart?.();
    } catch (error) {
      bodyRefused = true;
      throw error;
    }
    signal.throwIfAborted();
  };
  const body = messageBody(bytes, begin, () => void (progress.at = "body"));
  const envelope = { from: message.from.address, to: message.to.address, size: bytes.length };
  const abort = onAbort(signal);
  try {
    const reply = await Promise.race([lease.session.send(envelope, body), abort.promise]);
    lease.release();
    return { outcome: { kind: "accepted", receipt: reply }, reused: lease.reused, bodyRefused };
  } catch (error) {
    const outcome = bodyRefused
      ? ({ kind: "not_sent", code: "body_start_refused" } as const)
      : signal.aborted
        ? ({ kind: progress.at === "body" ? "unknown" : "not_sent", code: aborted } as const)
        : classify(error, progress.at);
    if (outcome.kind === "rejected" && lease.session.open)
      void lease.session.reset().then(lease.release, lease.discard);
    else lease.discard();
    return { outcome, reused: lease.reused, bodyRefused };
  } finally {
    abort.stop();
    body.destroy();
  }
}

/** A promise that rejects when the signal aborts. */
function onAbort(signal: AbortSignal): { readonly promise: Promise<never>; readonly stop: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  promise.catch(() => undefined);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  return { promise, stop: () => signal.removeEventListener("abort", abort) };
}
