// Histories of one execution for specs: the same execution at the points of its life that rules are about.
import type { ExecutionEvent, Work } from "@wedsync/contracts/scheduler";
import type { AttemptOutcome, ExecutionCommand } from "../execution-command.js";
import { aWork, minute, monthBefore, monthBeforeAt, retry, sealed, uuidOf } from "./work.js";

export const worker = uuidOf(901);
export const handover = uuidOf(801);
export const startedAt = monthBeforeAt + minute;

export const requested = (more: Partial<Work> = {}): ExecutionEvent => ({
  type: "ExecutionRequested",
  data: { work: aWork(more), when: monthBefore, bodyDigest: "digest", timeZoneData: "2026c", sealed },
});

export const started = (
  attempt: number,
  more: Partial<Extract<ExecutionEvent, { type: "ExecutionStarted" }>["data"]> = {},
): ExecutionEvent => ({
  type: "ExecutionStarted",
  data: {
    attempt,
    handover,
    worker,
    now: startedAt,
    tier: "normal",
    reasons: [{ code: "module_default" }],
    window: aWork().window,
    scheduleVersion: 1,
    policyVersion: 1,
    timeZoneData: "2026c",
    ...more,
  },
});

export const begun = (attempt: number): ExecutionEvent => ({
  type: "ExecutionEffectBegun",
  data: { attempt, provider: "smtp", worker, handover },
});
export const failed = (attempt: number, code = "smtp_rcpt_450", retryable = true): ExecutionEvent => ({
  type: "ExecutionFailed",
  data: { attempt, provider: "smtp", code, retryable },
});
export const lost = (attempt: number, effectBegun: boolean): ExecutionEvent => ({
  type: "ExecutionAttemptLost",
  data: { attempt, worker, effectBegun },
});
export const succeeded = (attempt: number): ExecutionEvent => ({
  type: "ExecutionSucceeded",
  data: { attempt, provider: "smtp", receipt: "250" },
});
export const uncertain = (attempt: number, code = "worker_lost_mid_effect"): ExecutionEvent => ({
  type: "ExecutionUncertain",
  data: { attempt, provider: "smtp", reason: { code } },
});
export const dead: ExecutionEvent = {
  type: "ExecutionDeadLettered",
  data: { attempts: 1, reason: { code: "rejected", params: { code: "smtp_rcpt_550" } } },
};
export const held: ExecutionEvent = {
  type: "ExecutionHeld",
  data: { work: aWork(), reason: { code: "late", params: { deadline: aWork().deadline } } },
};
export const cancelRequested: ExecutionEvent = { type: "CancelRequested", data: { cause: "requested" } };
export const cancelled = (cause = "requested"): ExecutionEvent => ({ type: "ExecutionCancelled", data: { cause } });

export const start = (now = startedAt): ExecutionCommand => ({
  kind: "start",
  handover,
  worker,
  now,
  policyVersion: 1,
  timeZoneData: "2026c",
});
export const report = (attempt: number, outcome: AttemptOutcome, now = startedAt): ExecutionCommand => ({
  kind: "report_outcome",
  attempt,
  worker,
  provider: "smtp",
  outcome,
  now,
  random: 0.5,
  retry,
});
export const lose = (attempt: number, now = startedAt): ExecutionCommand => ({
  kind: "lose_attempt",
  attempt,
  worker,
  now,
  random: 0.5,
  retry,
});
export const beginEffect = (attempt: number): ExecutionCommand => ({
  kind: "begin_effect",
  attempt,
  provider: "smtp",
  worker,
  handover,
});
