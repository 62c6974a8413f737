// What is known of one execution after its events. Small enough to be rebuilt from a pending row, so that a claim needs
// no read of the stream.
import type { ExecutionEvent, Tier, When, Work } from "@wedsync/contracts/scheduler";
import type { PendingItem } from "./pending-item.js";
import { tierAt } from "./tier.js";

export interface OpenAttempt {
  readonly number: number;
  readonly worker: string;
  readonly handover: string;
  /** Set from `ExecutionEffectBegun` on: from then on a loss is a doubt. */
  readonly provider?: string;
}

export type ExecutionPhase =
  | "none"
  | "pending"
  | "running"
  | "held"
  | "succeeded"
  | "dead"
  | "uncertain"
  | "skipped"
  | "cancelled";

/** How long after its due time work is in time, and how long it is worth anything, milliseconds. */
export interface Allowance {
  readonly deadlineMs: number;
  readonly expiryMs: number;
}

export interface ExecutionState {
  readonly phase: ExecutionPhase;
  readonly work?: Work;
  readonly when?: When;
  readonly bodyDigest?: string;
  readonly attempt?: OpenAttempt;
  /** Attempts that ended, by number; an outcome for one of them is late. */
  readonly closedAttempts: number;
  readonly cancelRequested: boolean;
  /** How attempts ended by their worker's own report, by number. One that ended in silence has no entry. */
  readonly answers: Readonly<Record<number, "failed" | "uncertain">>;
  /** Attempts whose late outcome was already recorded. */
  readonly lateReported: readonly number[];
  /** The time that the request gave it; a retry moves the due time, not what a fresh start is worth. */
  readonly allowance?: Allowance;
  /** Code of why it is dead, held, skipped, uncertain or cancelled. */
  readonly reason?: string;
}

export const initialExecution: ExecutionState = {
  phase: "none",
  closedAttempts: 0,
  cancelRequested: false,
  answers: {},
  lateReported: [],
};

/** The state a pending row stands for. */
export function executionStateOf(item: PendingItem): ExecutionState {
  return {
    ...initialExecution,
    phase: item.held ? "held" : "pending",
    work: item.work,
    closedAttempts: item.work.attempts,
  };
}

/** Total: every event of every state gives a state. */
export function evolveExecution(state: ExecutionState, event: ExecutionEvent): ExecutionState {
  switch (event.type) {
    case "ExecutionRequested":
      return {
        ...state,
        phase: "pending",
        work: event.data.work,
        when: event.data.when,
        bodyDigest: event.data.bodyDigest,
        allowance: allowanceOf(event.data.work),
      };
    case "ExecutionRescheduled":
      return { ...state, work: event.data.work };
    case "ExecutionHeld":
      return { ...state, phase: "held", work: event.data.work, reason: event.data.reason.code };
    case "ExecutionReleased":
    case "RedriveApproved":
      return without({ ...state, phase: "pending", work: event.data.work, cancelRequested: false }, "reason");
    case "ExecutionSkipped":
      return { ...state, phase: "skipped", reason: event.data.reason.code };
    case "ExecutionStarted": {
      const { attempt: number, worker, handover } = event.data;
      return { ...state, phase: "running", attempt: { number, worker, handover }, ...counted(state, number) };
    }
    case "ExecutionEffectBegun": {
      const { attempt: number, worker, handover, provider } = event.data;
      return { ...state, attempt: { number, worker, handover, provider } };
    }
    case "ExecutionSucceeded":
      return closed({ ...state, phase: "succeeded" }, event.data.attempt);
    case "ExecutionFailed":
      return closed({ ...answered(state, event.data.attempt, "failed"), reason: event.data.code }, event.data.attempt);
    case "ExecutionRetryScheduled":
      return { ...state, phase: "pending", work: event.data.work };
    case "ExecutionAttemptLost": {
      const work = state.work === undefined ? {} : { work: { ...state.work, lost: state.work.lost + 1 } };
      return closed({ ...state, phase: "pending", ...work }, event.data.attempt);
    }
    case "ExecutionUncertain":
      return uncertain(state, event.data.attempt, event.data.reason.code);
    case "ExecutionUncertaintySettled":
      return settled(state, event.data.outcome, event.data.work);
    case "ExecutionDeadLettered":
      return { ...state, phase: "dead", reason: event.data.reason.code };
    case "CancelRequested":
      return { ...state, cancelRequested: true };
    case "ExecutionCancelled":
      return { ...state, phase: "cancelled", reason: event.data.cause };
    case "LateOutcomeReported":
      return { ...state, lateReported: [...state.lateReported, event.data.attempt] };
  }
}

function settled(
  state: ExecutionState,
  outcome: "delivered" | "not-delivered" | "retry",
  work: Work | undefined,
): ExecutionState {
  if (outcome === "delivered") return without({ ...state, phase: "succeeded" }, "reason");
  if (outcome === "not-delivered") return { ...state, phase: "dead", reason: "not_delivered" };
  // The person who wants another attempt knows of the cancel, so it does not stop that attempt.
  const pending = { ...state, phase: "pending", cancelRequested: false } as const;
  return without({ ...pending, ...(work === undefined ? {} : { work }) }, "reason");
}

function uncertain(state: ExecutionState, attempt: number, reason: string): ExecutionState {
  // After a loss the attempt is closed already: the doubt is the sweeper's, its worker has said nothing yet.
  const told = state.attempt?.number === attempt ? answered(state, attempt, "uncertain") : state;
  return closed({ ...told, phase: "uncertain", reason }, attempt);
}

function answered(state: ExecutionState, attempt: number, answer: "failed" | "uncertain"): ExecutionState {
  return { ...state, phase: "pending", answers: { ...state.answers, [attempt]: answer } };
}

/** What the work's own times allow. */
export function allowanceOf(work: Pick<Work, "dueAt" | "deadline" | "expiresAt">): Allowance {
  return { deadlineMs: work.deadline - work.dueAt, expiryMs: work.expiresAt - work.dueAt };
}

function closed(state: ExecutionState, attempt: number): ExecutionState {
  return without({ ...state, closedAttempts: Math.max(state.closedAttempts, attempt) }, "attempt");
}

function counted(state: ExecutionState, attempt: number): Pick<ExecutionState, "work"> | object {
  return state.work === undefined ? {} : { work: { ...state.work, attempts: attempt } };
}

function without(state: ExecutionState, key: "attempt" | "reason"): ExecutionState {
  const { attempt, reason, ...rest } = state;
  if (key === "attempt") return reason === undefined ? rest : { ...rest, reason };
  return attempt === undefined ? rest : { ...rest, attempt };
}

/** No further event is expected, short of a person's decision (redrive, settle) or a late outcome. */
export function isFinalPhase(phase: ExecutionPhase): boolean {
  return (
    phase === "succeeded" || phase === "dead" || phase === "uncertain" || phase === "skipped" || phase === "cancelled"
  );
}

export type ExecutionStatus =
  | "scheduled"
  | "waiting"
  | "running"
  | "succeeded"
  | "dead"
  | "uncertain"
  | "held"
  | "skipped"
  | "cancelled";

/** The status shown to users. `waiting`: due and no open attempt; `scheduled`: due later, also while backing off. */
export function statusOf(state: ExecutionState, now: number): ExecutionStatus | undefined {
  if (state.phase === "none") return undefined;
  if (state.phase !== "pending") return state.phase;
  return (state.work?.dueAt ?? now) <= now ? "waiting" : "scheduled";
}

/** The tier at an instant; undefined before the request. */
export function tierOf(state: ExecutionState, now: number): Tier | undefined {
  return state.work === undefined ? undefined : tierAt(now, state.work.window, state.work.defaultTier).tier;
}
