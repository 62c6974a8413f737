// Random lives of one execution: commands that mostly make sense for where it stands, and sometimes come late, twice or from
// the wrong worker.
import type { ExecutionEvent } from "@wedsync/contracts/scheduler";
import { fold } from "@wedsync/event-log";
import * as fc from "fast-check";
import type { AttemptOutcome, ExecutionCommand } from "../execution-command.js";
import { executionDecider } from "../execution-decider.js";
import type { ExecutionState } from "../execution-state.js";
import { aWork, hour, monthBefore, monthBeforeAt, retry, sealed, uuidOf } from "./work.js";

const workers = [uuidOf(901), uuidOf(902)] as const;

/** One thing that happens, before it is known to which attempt. */
export interface Step {
  readonly kind: ExecutionCommand["kind"];
  /** Added to the open or last attempt: -1 is a late or repeated message. */
  readonly attemptShift: number;
  readonly worker: string;
  readonly handover: string;
  readonly outcome: AttemptOutcome;
  readonly settle: "delivered" | "not-delivered" | "retry";
  readonly random: number;
  /** Time that passes before it, milliseconds. */
  readonly wait: number;
}

const outcome: fc.Arbitrary<AttemptOutcome> = fc.oneof(
  fc.constant<AttemptOutcome>({ kind: "accepted", receipt: "250" }),
  fc.record({ kind: fc.constant("rejected" as const), code: fc.constant("smtp_rcpt_450"), retryable: fc.boolean() }),
  fc.constant<AttemptOutcome>({ kind: "not_sent", code: "smtp_no_such_host" }),
  fc.constant<AttemptOutcome>({ kind: "unknown", code: "smtp_connection_lost" }),
);

export const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    { weight: 4, arbitrary: fc.constant("start" as const) },
    { weight: 4, arbitrary: fc.constantFrom("report_outcome" as const, "begin_effect" as const) },
    { weight: 2, arbitrary: fc.constantFrom("lose_attempt" as const, "redrive" as const, "settle" as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("cancel" as const, "reschedule" as const, "release" as const, "request" as const),
    },
  ),
  attemptShift: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(-1, 1) }),
  worker: fc.oneof(
    { weight: 8, arbitrary: fc.constant(workers[0]) },
    { weight: 1, arbitrary: fc.constant(workers[1]) },
  ),
  handover: fc.constantFrom(uuidOf(801), uuidOf(802), uuidOf(803)),
  outcome,
  settle: fc.constantFrom("delivered" as const, "not-delivered" as const, "retry" as const),
  random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  wait: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 120_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 30 * hour }) },
  ),
});

export const work = fc
  .record({
    effect: fc.constantFrom("keyed" as const, "plain" as const, "at-most-once" as const),
    onLate: fc.constantFrom("run" as const, "skip" as const, "hold" as const),
  })
  .map(aWork);

/** The command of a step in a state. */
export function commandOf(
  step: Step,
  state: ExecutionState,
  first: ReturnType<typeof aWork>,
  now: number,
): ExecutionCommand {
  const { kind, worker, handover, outcome, random } = step;
  const attempt = Math.max(1, (state.attempt?.number ?? state.closedAttempts) + step.attemptShift);
  const provider = "smtp";
  switch (kind) {
    case "request":
      return { kind, work: first, when: monthBefore, bodyDigest: "digest", timeZoneData: "2026c", sealed, now: 0 };
    case "start":
      return { kind, handover, worker, now, policyVersion: 1, timeZoneData: "2026c" };
    case "begin_effect":
      return { kind, attempt, provider, worker, handover: state.attempt?.handover ?? handover };
    case "report_outcome":
      return { kind, attempt, worker, provider, outcome, now, random, retry };
    case "lose_attempt":
      return { kind, attempt, worker, now, random, retry };
    case "cancel":
      return { kind, cause: "requested" };
    case "reschedule": {
      const current = state.work ?? first;
      const moved = { ...current, scheduleVersion: current.scheduleVersion + 1, dueAt: current.dueAt + hour };
      return { kind, work: moved, cause: "wedding_moved" };
    }
    case "settle":
      return { kind, outcome: step.settle, evidence: sealed, now };
    case "release":
    case "redrive":
      return { kind, now };
  }
}

export interface Lived {
  readonly events: readonly ExecutionEvent[];
  readonly state: ExecutionState;
  readonly now: number;
}

/** Requests the work, then lets every step happen; `seen` is called before each with the command and the state. */
export function live(
  first: ReturnType<typeof aWork>,
  steps: readonly Step[],
  seen: (command: ExecutionCommand, state: ExecutionState, events: readonly ExecutionEvent[]) => void = () => undefined,
): Lived {
  const events: ExecutionEvent[] = [];
  let now = monthBeforeAt;
  let state = executionDecider.initialState;
  const happen = (command: ExecutionCommand): void => {
    seen(command, state, events);
    const decision = executionDecider.decide(command, state);
    if (!decision.ok) return;
    events.push(...decision.events);
    state = fold(executionDecider, decision.events, state);
  };
  happen({
    kind: "request",
    work: first,
    when: monthBefore,
    bodyDigest: "digest",
    timeZoneData: "2026c",
    sealed,
    now: 0,
  });
  for (const each of steps) {
    now += each.wait;
    happen(commandOf(each, state, first, now));
  }
  return { events, state, now };
}
