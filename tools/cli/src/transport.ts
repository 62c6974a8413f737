// One HTTP exchange with the orchestrator: fetch, problem details to typed errors, retries with backoff.
// Must not be here: which routes exist (client.ts), what is printed.
import { setTimeout } from "node:timers/promises";
import { ConstantBackoff, handleWhenResult, retry } from "cockatiel";
import type { z } from "zod";
import { problemSchema } from "./answers.js";
import { fail, fieldOf, ok, type CliError, type Result } from "./result.js";

export interface TransportOptions {
  /** Base address, without a trailing slash. */
  readonly url: string;
  readonly key: string;
  readonly signal: AbortSignal;
  /** How often one exchange is repeated, the first try not counted. */
  readonly retries: number;
  /** Longest wait between two tries, in milliseconds. */
  readonly maxDelayMs: number;
  /** How long one try may take, in milliseconds. */
  readonly timeoutMs: number;
  /** A number in [0, 1) that spreads the waits of many clients (full jitter). */
  readonly random: () => number;
}

export interface Exchange<S extends z.ZodType> {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  readonly answer: S;
  /** May be sent again when it is unknown whether the first try arrived: all but commands that would act twice. */
  readonly repeatable: boolean;
}

const firstDelayMs = 100;

const isWorthRepeating = (error: CliError, repeatable: boolean): boolean => {
  if (error.code === "server_unreachable") return true;
  if (error.status === 429) return true;
  return repeatable && (error.status === 503 || error.code === "connection_lost" || error.code === "server_timeout");
};

/** Exponential with full jitter, but never earlier than the server's Retry-After. */
const delayMs = (attempt: number, error: CliError, options: TransportOptions): number => {
  const ceiling = Math.min(options.maxDelayMs, firstDelayMs * 2 ** Math.min(attempt, 20));
  const asked = Math.min(60_000, (error.retryAfterSeconds ?? 0) * 1000);
  return Math.max(asked, Math.ceil(ceiling * options.random()));
};

const errorOfFetch = (thrown: unknown, options: TransportOptions): CliError => {
  if (options.signal.aborted) return { code: "interrupted", message: "Stopped." };
  if (fieldOf(thrown, "name") === "TimeoutError") {
    const message = `No answer from ${options.url} within ${options.timeoutMs / 1000} s: see its log, then try again.`;
    return { code: "server_timeout", message };
  }
  const cause = typeof thrown === "object" && thrown !== null && "cause" in thrown ? thrown.cause : undefined;
  const reason = fieldOf(cause, "code");
  if (["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"].includes(reason)) {
    const hint = "start it with `npx pnpm@12 start`, or name another address with --url or WEDSYNC_URL";
    return { code: "server_unreachable", message: `No server at ${options.url} (${reason}): ${hint}.` };
  }
  const message = `The connection to ${options.url} broke${reason ? ` (${reason})` : ""}: try again.`;
  return { code: "connection_lost", message };
};

const errorOfAnswer = async (response: Response, exchange: { method: string; path: string }): Promise<CliError> => {
  const parsed = problemSchema.safeParse(await response.json().catch(() => undefined));
  const problem = parsed.success ? parsed.data : {};
  const where = problem.path === undefined ? "" : ` (at ${problem.path})`;
  const what = problem.detail ?? problem.title ?? `${exchange.method} ${exchange.path} answered ${response.status}`;
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  const more = {
    status: response.status,
    ...(problem.code === undefined ? {} : { problemCode: problem.code }),
    ...(Number.isFinite(seconds) && seconds >= 0 ? { retryAfterSeconds: seconds } : {}),
  };
  const named = `${problem.code === undefined ? "" : `${problem.code}: `}${what}${where}`;
  switch (response.status) {
    case 401: {
      const hint = "give the right one with --key, WEDSYNC_API_KEY or --data-dir";
      return { code: "unauthorized", message: `The server does not accept this key: ${hint}.`, ...more };
    }
    case 403:
      return { code: "forbidden", message: `This key may not do that. ${named}`, ...more };
    case 404:
      return { code: "not_found", message: `Not found. ${named}`, ...more };
    case 429:
    case 503:
      return { code: "overloaded", message: `The server is busy or not ready. ${named}`, ...more };
    default:
      return { code: response.status >= 500 ? "server_failed" : "refused", message: named, ...more };
  }
};

const once = async <S extends z.ZodType>(
  exchange: Exchange<S>,
  options: TransportOptions,
): Promise<Result<z.output<S>>> => {
  try {
    const response = await fetch(`${options.url}${exchange.path}`, {
      method: exchange.method,
      headers: {
        authorization: `Bearer ${options.key}`,
        accept: "application/json, application/problem+json",
        ...(exchange.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(exchange.body === undefined ? {} : { body: JSON.stringify(exchange.body) }),
      redirect: "manual",
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]),
    });
    if (!response.ok) return { ok: false, error: await errorOfAnswer(response, exchange) };
    const text = await response.text();
    const parsed = exchange.answer.safeParse(text === "" ? undefined : parseJson(text));
    if (parsed.success) return ok(parsed.data);
    const at = parsed.error.issues[0]?.path.join(".") ?? "";
    const hint = `is ${options.url} the orchestrator, and of this version?`;
    return fail("unexpected_answer", `${exchange.path} answered something else than expected at "${at}": ${hint}`);
  } catch (thrown) {
    return { ok: false, error: errorOfFetch(thrown, options) };
  }
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Sends one request and reads its answer. Repeats on 429, on a refused connection, and, when the exchange may be
 * repeated, on 503, a broken connection or a time-out. Never throws: every outcome is a Result.
 */
export const exchange = async <S extends z.ZodType>(
  request: Exchange<S>,
  options: TransportOptions,
): Promise<Result<z.output<S>>> => {
  let last: CliError | undefined;
  const policy = retry(
    handleWhenResult(() => last !== undefined && !options.signal.aborted && isWorthRepeating(last, request.repeatable)),
    { maxAttempts: options.retries, backoff: new ConstantBackoff(0) },
  );
  try {
    return await policy.execute(async ({ attempt }) => {
      // The wait is ours, not the policy's: it must end when the operator stops the command.
      if (last !== undefined) await setTimeout(delayMs(attempt, last, options), undefined, { signal: options.signal });
      const result = await once(request, options);
      last = result.ok ? undefined : result.error;
      return result;
    }, options.signal);
  } catch (thrown) {
    return { ok: false, error: errorOfFetch(thrown, options) };
  }
};
