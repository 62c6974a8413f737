// The life of one execution as decisions. A repeated command yields no events; nothing here throws.
import { accept, refuse, type Decider, type Decision } from "@wedsync/event-log";
import type { ExecutionEvent, Work } from "@wedsync/contracts/scheduler";
import { decideAttemptEnd } from "./attempt-end.js";
import type { ExecutionCommand, ExecutionRefusal } from "./execution-command.js";
import {
  allowanceOf,
  evolveExecution,
  initialExecution,
  isFinalPhase,
  type Allowance,
  type ExecutionState,
} from "./execution-state.js";
import { latenessAt } from "./lateness.js";
import { tierAt } from "./tier.js";

export const keyReused = {
  code: "idempotency_key_reused",
  message: "This Idempotency-Key was used with another body; use a new key for a new request.",
} as const satisfies ExecutionRefusal;

type Result = Decision<ExecutionEvent, ExecutionRefusal>;
type CommandOf<Kind extends ExecutionCommand["kind"]> = Extract<ExecutionCommand, { readonly kind: Kind }>;

export const executionDecider: Decider<ExecutionState, ExecutionCommand, ExecutionEvent, ExecutionRefusal> = {
  initialState: initialExecution,
  evolve: evolveExecution,
  isTerminal: (state) => isFinalPhase(state.phase),
  decide: (command, state) => {
    if (command.kind === "request") return request(command, state);
    const { work } = state;
    if (state.phase === "none" || work === undefined) {
      return refuse({ code: "execution_unknown", message: "There is no such execution." });
    }
    switch (command.kind) {
      case "start":
        return start(command, state, work);
      case "begin_effect":
        return beginEffect(command, state);
      case "report_outcome":
      case "lose_attempt":
        return decideAttemptEnd(command, state, work);
      case "cancel":
        return cancel(command, state);
      case "reschedule":
        return reschedule(command, state, work);
      case "release":
        return release(command, state, work);
      case "redrive":
        return redrive(command, state, work);
      case "settle":
        return settle(command, state, work);
    }
  },
};

function request(command: CommandOf<"request">, state: ExecutionState): Result {
  const { work, when, bodyDigest, timeZoneData, sealed, journey, now } = command;
  if (state.phase !== "none") {
    if (state.bodyDigest === bodyDigest || state.bodyDigest === undefined) return accept();
    return refuse(keyReused);
  }
  const requested: ExecutionEvent = {
    type: "ExecutionRequested",
    data: { work, when, bodyDigest, timeZoneData, sealed, ...(journey === undefined ? {} : { journey }) },
  };
  // A relative step whose moment had passed when it was accepted is not sent late: nobody was waiting for it.
  if (when.kind !== "now" && work.dueAt < now) {
    return accept<ExecutionEvent>(requested, {
      type: "ExecutionSkipped",
      data: { reason: { code: "due_before_acceptance" }, at: now },
    });
  }
  return accept(requested);
}

function start(command: CommandOf<"start">, state: ExecutionState, work: Work): Result {
  const { handover, worker, now, policyVersion, timeZoneData } = command;
  if (state.phase === "running" && state.attempt?.handover === handover) return accept();
  if (state.phase !== "pending" || work.dueAt > now) {
    return refuse({ code: "not_startable", message: "The execution is not due and waiting.", phase: state.phase });
  }
  const late = latenessAt(now, work);
  if (late.decision === "skip")
    return accept<ExecutionEvent>({ type: "ExecutionSkipped", data: { reason: late.reason, at: now } });
  if (late.decision === "hold")
    return accept<ExecutionEvent>({ type: "ExecutionHeld", data: { work, reason: late.reason } });
  const { tier, reasons } = tierAt(now, work.window, work.defaultTier);
  return accept<ExecutionEvent>({
    type: "ExecutionStarted",
    data: {
      attempt: work.attempts + 1,
      handover,
      worker,
      now,
      tier,
      reasons: [...reasons],
      window: work.window,
      scheduleVersion: work.scheduleVersion,
      policyVersion,
      timeZoneData,
    },
  });
}

function beginEffect(command: CommandOf<"begin_effect">, state: ExecutionState): Result {
  const { attempt, provider, worker, handover } = command;
  const open = state.attempt;
  if (state.phase !== "running" || open === undefined || open.number !== attempt || open.handover !== handover) {
    return refuse({ code: "not_running", message: "This attempt is not open any more; the effect must not begin." });
  }
  if (open.provider !== undefined) return accept();
  // A cancel that came before the effect wins: nothing has been sent.
  if (state.cancelRequested) return refuse({ code: "not_running", message: "A cancel came before the effect began." });
  return accept<ExecutionEvent>({ type: "ExecutionEffectBegun", data: { attempt, provider, worker, handover } });
}

function cancel({ cause }: CommandOf<"cancel">, state: ExecutionState): Result {
  if (state.phase === "cancelled") return accept();
  if (state.phase === "pending" || state.phase === "held") {
    return accept<ExecutionEvent>({ type: "ExecutionCancelled", data: { cause } });
  }
  if (state.phase === "running") {
    return state.cancelRequested ? accept() : accept<ExecutionEvent>({ type: "CancelRequested", data: { cause } });
  }
  return refuse({ code: "already_final", message: "The execution has already ended.", phase: state.phase });
}

function reschedule({ work: next, cause }: CommandOf<"reschedule">, state: ExecutionState, work: Work): Result {
  // Finished work is not repeated, running work is followed when it comes back.
  if (state.phase !== "pending" && state.phase !== "held") return accept();
  if (next.scheduleVersion <= work.scheduleVersion) return accept();
  if (state.phase === "held") {
    return accept<ExecutionEvent>({
      type: "ExecutionHeld",
      data: { work: next, reason: { code: state.reason ?? "late" } },
    });
  }
  return accept<ExecutionEvent>({ type: "ExecutionRescheduled", data: { work: next, cause } });
}

function release({ now }: CommandOf<"release">, state: ExecutionState, work: Work): Result {
  if (state.phase === "pending" || state.phase === "running") return accept();
  if (state.phase !== "held") {
    return refuse({ code: "not_held", message: "The execution is not held.", phase: state.phase });
  }
  return accept<ExecutionEvent>({ type: "ExecutionReleased", data: { work: freshWork(work, now, state.allowance) } });
}

function redrive({ now }: CommandOf<"redrive">, state: ExecutionState, work: Work): Result {
  if (state.phase === "pending" || state.phase === "running") return accept();
  if (state.phase !== "dead" && state.phase !== "uncertain") {
    return refuse({
      code: "not_redrivable",
      message: "Only dead or uncertain executions are redriven.",
      phase: state.phase,
    });
  }
  return accept<ExecutionEvent>({
    type: "RedriveApproved",
    data: { work: { ...freshWork(work, now, state.allowance), lost: 0 } },
  });
}

function settle({ outcome, evidence, now }: CommandOf<"settle">, state: ExecutionState, work: Work): Result {
  const already = { delivered: "succeeded", "not-delivered": "dead", retry: "pending" } as const;
  if (state.phase === already[outcome] && state.closedAttempts > 0) return accept();
  if (state.phase !== "uncertain") {
    return refuse({ code: "not_uncertain", message: "Only an uncertain execution is settled.", phase: state.phase });
  }
  return accept<ExecutionEvent>({
    type: "ExecutionUncertaintySettled",
    data: {
      outcome,
      evidence,
      ...(outcome === "retry" ? { work: freshWork(work, now, state.allowance) } : {}),
    },
  });
}

/**
 * The same work, due now by a person's decision, with the time it was given when it was accepted. Retries have moved its due
 * time since; without the allowance of the request it could be late the moment it is put back.
 * @param now epoch milliseconds
 */
export function freshWork(work: Work, now: number, allowance: Allowance = allowanceOf(work)): Work {
  if (now <= work.dueAt) return work;
  return { ...work, dueAt: now, deadline: now + allowance.deadlineMs, expiresAt: now + allowance.expiryMs };
}
