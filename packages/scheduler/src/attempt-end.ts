// How an attempt ends: by its outcome, or by the silence of its worker. Decides between success, another attempt, the dead
// letter and doubt.
import { accept, refuse, type Decision } from "@wedsync/event-log";
import type { ExecutionEvent, Reason, Work } from "@wedsync/contracts/scheduler";
import type { AttemptOutcome, ExecutionCommand, ExecutionRefusal } from "./execution-command.js";
import type { ExecutionState } from "./execution-state.js";
import { retryDelayMs, type RetryPolicy } from "./retry.js";

type End = Extract<ExecutionCommand, { readonly kind: "report_outcome" | "lose_attempt" }>;
type Report = Extract<End, { readonly kind: "report_outcome" }>;
type Loss = Extract<End, { readonly kind: "lose_attempt" }>;
type Result = Decision<ExecutionEvent, ExecutionRefusal>;

export function decideAttemptEnd(command: End, state: ExecutionState, work: Work): Result {
  const open = state.attempt;
  if (
    state.phase !== "running" ||
    open === undefined ||
    open.number !== command.attempt ||
    open.worker !== command.worker
  ) {
    return command.kind === "report_outcome" ? late(command, state) : closedAlready(command, state);
  }
  return command.kind === "report_outcome" ? report(command, state, work) : lose(command, state, work, open.provider);
}

function closedAlready(command: Loss, state: ExecutionState): Result {
  if (command.attempt <= state.closedAttempts) return accept();
  return refuse({ code: "not_running", message: "This attempt is not open." });
}

/** An outcome for an attempt that was already closed is kept, once; it is never an error. A repeated report is not news. */
function late({ attempt, provider, outcome }: Report, state: ExecutionState): Result {
  if (attempt > state.closedAttempts) return refuse({ code: "not_running", message: "There was no such attempt." });
  if (state.lateReported.includes(attempt) || state.phase === "succeeded") return accept();
  const said = state.answers[attempt];
  if (said === "failed" && outcome.kind !== "accepted") return accept();
  if (said === "uncertain" && outcome.kind === "unknown") return accept();
  // `not_sent` of a closed attempt is what the platform assumed anyway, unless there is a doubt to settle.
  const kind = outcome.kind === "not_sent" ? "rejected" : outcome.kind;
  const reported: ExecutionEvent = { type: "LateOutcomeReported", data: { attempt, provider, outcome: kind } };
  return accept<ExecutionEvent>(reported, ...putBack(state, attempt));
}

/**
 * Work that waits is claimed at the version its index row names. The late outcome moved the stream on, so the work is put
 * back unchanged behind it; without that no claim could ever succeed again.
 */
function putBack({ phase, work, reason }: ExecutionState, attempt: number): readonly ExecutionEvent[] {
  if (work === undefined) return [];
  if (phase === "held") return [{ type: "ExecutionHeld", data: { work, reason: { code: reason ?? "late" } } }];
  if (phase !== "pending") return [];
  const why: Reason = { code: "late_outcome", params: { attempt } };
  return [{ type: "ExecutionRetryScheduled", data: { work, delayMs: 0, reason: why } }];
}

function report(command: Report, state: ExecutionState, work: Work): Result {
  const { attempt, provider, outcome } = command;
  switch (outcome.kind) {
    case "accepted":
      return accept<ExecutionEvent>({
        type: "ExecutionSucceeded",
        data: { attempt, provider, ...(outcome.receipt === undefined ? {} : { receipt: outcome.receipt }) },
      });
    case "unknown":
      return unknown(command, outcome, state, work);
    case "rejected":
    case "not_sent":
      return failed(command, outcome, state, work);
  }
}

/** Asking again is safe only where the provider de-duplicates by key. */
function unknown(
  command: Report,
  outcome: AttemptOutcome & { readonly kind: "unknown" },
  state: ExecutionState,
  work: Work,
): Result {
  const { attempt, provider } = command;
  // With a cancel open there will be no second asking, so the doubt stays.
  if (work.effect === "keyed" && !state.cancelRequested)
    return failed(command, { kind: "not_sent", code: outcome.code }, state, work);
  return accept<ExecutionEvent>({
    type: "ExecutionUncertain",
    data: { attempt, provider, reason: { code: outcome.code } },
  });
}

function failed(
  command: Report,
  outcome: AttemptOutcome & { readonly kind: "rejected" | "not_sent" },
  state: ExecutionState,
  work: Work,
): Result {
  const { attempt, provider, now, random, retry } = command;
  const retryable = outcome.kind === "not_sent" || outcome.retryable;
  const failure: ExecutionEvent = {
    type: "ExecutionFailed",
    data: { attempt, provider, code: outcome.code, retryable },
  };
  const next = retryable
    ? again(work, attempt, now, random, retry, { code: "backoff", params: { attempt } })
    : deadLetter(attempt, { code: "rejected", params: { code: outcome.code } });
  return accept<ExecutionEvent>(failure, state.cancelRequested ? cancelled() : next);
}

function lose(command: Loss, state: ExecutionState, work: Work, provider: string | undefined): Result {
  const { attempt, worker, now, random, retry } = command;
  const effectBegun = provider !== undefined;
  const lost: ExecutionEvent = { type: "ExecutionAttemptLost", data: { attempt, worker, effectBegun } };
  // A plain or keyed provider may have been called at any moment after the start, an at-most-once one only after its mark.
  // A keyed one is simply asked again, unless a cancel forbids it.
  const inDoubt = { plain: true, keyed: state.cancelRequested, "at-most-once": effectBegun }[work.effect];
  if (inDoubt) {
    const doubt: ExecutionEvent = {
      type: "ExecutionUncertain",
      data: { attempt, ...(provider === undefined ? {} : { provider }), reason: { code: "worker_lost_mid_effect" } },
    };
    return accept<ExecutionEvent>(lost, doubt);
  }
  if (state.cancelRequested) return accept<ExecutionEvent>(lost, cancelled());
  const counted: Work = { ...work, lost: work.lost + 1 };
  if (counted.lost >= retry.maxLost)
    return accept<ExecutionEvent>(lost, deadLetter(attempt, { code: "quarantined", params: { lost: counted.lost } }));
  // The first loss is the worker's fault, so the work goes on at once; a second may be the payload's, so it backs off.
  const chance = counted.lost === 1 ? 0 : random;
  return accept<ExecutionEvent>(
    lost,
    again(counted, attempt, now, chance, retry, { code: "worker_lost", params: { attempt } }),
  );
}

function again(
  work: Work,
  attempt: number,
  now: number,
  random: number,
  retry: RetryPolicy,
  reason: Reason,
): ExecutionEvent {
  if (attempt >= retry.maxAttempts)
    return deadLetter(attempt, { code: "retries_exhausted", params: { attempts: attempt } });
  const delayMs = retryDelayMs(attempt, retry, random);
  return {
    type: "ExecutionRetryScheduled",
    data: { work: { ...work, attempts: attempt, dueAt: now + delayMs }, delayMs, reason },
  };
}

const deadLetter = (attempts: number, reason: Reason): ExecutionEvent => ({
  type: "ExecutionDeadLettered",
  data: { attempts, reason },
});
const cancelled = (): ExecutionEvent => ({ type: "ExecutionCancelled", data: { cause: "requested" } });
