import { createDeciderSpec } from "@wedsync/event-log/testing";
import type { ExecutionEvent, Work } from "@wedsync/contracts/scheduler";
import { executionDecider } from "./execution-decider.js";
import * as facts from "./testing/execution-facts.js";
import { aWork, uuidOf } from "./testing/work.js";

const { requested, started, begun, report, lose, failed, lost, succeeded, uncertain, cancelled, startedAt } = facts;
const { given } = createDeciderSpec(executionDecider, expect);
const running = (more: Partial<Work> = {}): readonly ExecutionEvent[] => [
  requested(more),
  started(1 + (more.attempts ?? 0)),
];
const retryOf = (more: Partial<Work>, delayMs: number, code: string, attempt: number): ExecutionEvent => ({
  type: "ExecutionRetryScheduled",
  data: { work: aWork({ dueAt: startedAt + delayMs, ...more }), delayMs, reason: { code, params: { attempt } } },
});
const deadLetter = (attempts: number, code: string, params: Record<string, string | number>): ExecutionEvent => ({
  type: "ExecutionDeadLettered",
  data: { attempts, reason: { code, params } },
});
const busy = { kind: "rejected", code: "smtp_rcpt_450", retryable: true } as const;
const refused = { kind: "rejected", code: "smtp_rcpt_550", retryable: false } as const;
const silent = { kind: "unknown", code: "smtp_connection_lost" } as const;

describe("an outcome", () => {
  it("SCH-7: accepted is the end, with the provider's receipt when there is one", () => {
    given(...running())
      .when(report(1, { kind: "accepted", receipt: "250" }))
      .thenEvents(succeeded(1))
      .thenRepeatIsQuiet()
      .thenTerminal(true);
    given(...running())
      .when(report(1, { kind: "accepted" }))
      .thenEvents({ type: "ExecutionSucceeded", data: { attempt: 1, provider: "smtp" } });
  });

  it("SCH-5: a failure that may pass is tried again after a backoff that the event names", () => {
    given(...running())
      .when(report(1, busy))
      .thenEvents(failed(1), retryOf({ attempts: 1 }, 5_000, "backoff", 1))
      .thenRepeatIsQuiet();
    given(...running({ attempts: 1 }))
      .when(report(2, { kind: "not_sent", code: "smtp_connection_refused" }))
      .thenEvents(failed(2, "smtp_connection_refused"), retryOf({ attempts: 2 }, 10_000, "backoff", 2));
  });

  it("SCH-5: one that will not pass, or the last one, is a dead letter", () => {
    given(...running())
      .when(report(1, refused))
      .thenEvents(failed(1, "smtp_rcpt_550", false), deadLetter(1, "rejected", { code: "smtp_rcpt_550" }))
      .thenRepeatIsQuiet()
      .thenTerminal(true);
    given(...running({ attempts: 2 }))
      .when(report(3, busy))
      .thenEvents(failed(3), deadLetter(3, "retries_exhausted", { attempts: 3 }));
  });

  it("SCH-7: unknown is a doubt, but a provider that knows the key is simply asked again", () => {
    for (const effect of ["at-most-once", "plain"] as const)
      given(...running({ effect }))
        .when(report(1, silent))
        .thenEvents(uncertain(1, "smtp_connection_lost"))
        .thenRepeatIsQuiet()
        .thenTerminal(true);
    given(...running({ effect: "keyed" }))
      .when(report(1, silent))
      .thenEvents(failed(1, "smtp_connection_lost"), retryOf({ effect: "keyed", attempts: 1 }, 5_000, "backoff", 1))
      .thenRepeatIsQuiet();
  });

  it("S24: after a cancel it decides: sent is sent, not sent is cancelled, unknown stays a doubt", () => {
    const cancelledWhile = (more: Partial<Work> = {}) => [...running(more), facts.cancelRequested];
    given(...cancelledWhile())
      .when(report(1, { kind: "accepted", receipt: "250" }))
      .thenEvents(succeeded(1));
    given(...cancelledWhile())
      .when(report(1, busy))
      .thenEvents(failed(1), cancelled())
      .thenRepeatIsQuiet()
      .thenTerminal(true);
    given(...cancelledWhile({ effect: "keyed" }))
      .when(report(1, silent))
      .thenEvents(uncertain(1, "smtp_connection_lost"));
  });
});

describe("an outcome that comes late", () => {
  const late = (outcome: "accepted" | "rejected" | "unknown"): ExecutionEvent => ({
    type: "LateOutcomeReported",
    data: { attempt: 1, provider: "smtp", outcome },
  });

  it("SCENARIOS 2: is kept, once, and changes nothing else", () => {
    const doubt = [...running(), begun(1), lost(1, true), uncertain(1)];
    given(...doubt)
      .when(report(1, { kind: "accepted" }))
      .thenEvents(late("accepted"))
      .thenRepeatIsQuiet()
      .thenTerminal(true);
    given(...doubt)
      .when(report(1, { kind: "not_sent", code: "smtp_aborted" }))
      .thenEvents(late("rejected"));
    given(...doubt)
      .when(report(1, silent))
      .thenEvents(late("unknown"))
      .thenRepeatIsQuiet();
    given(...doubt, late("accepted"))
      .when(report(1, busy))
      .thenNothing();
  });

  it("SCENARIOS 2: a report that was written but not acknowledged is no late outcome when it comes again", () => {
    const scheduled = retryOf({ attempts: 1 }, 5_000, "backoff", 1);
    given(...running(), failed(1), scheduled)
      .when(report(1, busy))
      .thenNothing();
    given(...running(), failed(1), scheduled, started(2))
      .when(report(1, busy))
      .thenNothing();
    given(...running(), uncertain(1, "smtp_connection_lost"))
      .when(report(1, silent))
      .thenNothing();
    given(...running(), succeeded(1))
      .when(report(1, { kind: "accepted" }))
      .thenNothing();
  });

  it("another answer than the first one is news", () => {
    given(...running(), failed(1), retryOf({ attempts: 1 }, 5_000, "backoff", 1))
      .when(report(1, { kind: "accepted" }))
      .thenEvents(late("accepted"), retryOf({ attempts: 1, dueAt: startedAt + 5_000 }, 0, "late_outcome", 1));
    given(...running(), uncertain(1, "smtp_connection_lost"))
      .when(report(1, refused))
      .thenEvents(late("rejected"));
  });

  it("for an attempt that never was, or of another worker, is refused", () => {
    given(...running())
      .when(report(2, busy))
      .thenRefused({ code: "not_running", message: "There was no such attempt." });
    given(...running())
      .when({ ...report(1, busy), worker: uuidOf(999) } as ReturnType<typeof report>)
      .thenRefused({ code: "not_running", message: "There was no such attempt." });
  });
});

describe("a worker that fell silent", () => {
  it("SCENARIOS 2: before the effect began at-most-once work goes on at once", () => {
    given(...running())
      .when(lose(1))
      .thenEvents(lost(1, false), retryOf({ attempts: 1, lost: 1 }, 0, "worker_lost", 1))
      .thenRepeatIsQuiet();
  });

  it("SCH-7: after it began there is a doubt, never a second sending", () => {
    given(...running(), begun(1))
      .when(lose(1))
      .thenEvents(lost(1, true), uncertain(1))
      .thenRepeatIsQuiet()
      .thenTerminal(true);
  });

  it("SCH-7: a plain provider may have been asked at any moment; a keyed one is asked again", () => {
    given(...running({ effect: "plain" }))
      .when(lose(1))
      .thenEvents(lost(1, false), {
        type: "ExecutionUncertain",
        data: { attempt: 1, reason: { code: "worker_lost_mid_effect" } },
      });
    given(...running({ effect: "keyed" }), begun(1))
      .when(lose(1))
      .thenEvents(lost(1, true), retryOf({ effect: "keyed", attempts: 1, lost: 1 }, 0, "worker_lost", 1));
  });

  it("S29: work that costs a second worker is quarantined, so that it cannot go through the fleet", () => {
    given(...running({ attempts: 1, lost: 1 }))
      .when(lose(2))
      .thenEvents(lost(2, false), deadLetter(2, "quarantined", { lost: 2 }))
      .thenTerminal(true);
  });

  it("S29: where a module allows more losses, the second one already backs off", () => {
    const tolerant = { ...lose(2), retry: { maxAttempts: 9, baseMs: 10_000, capMs: 60_000, maxLost: 5 } } as ReturnType<
      typeof lose
    >;
    given(...running({ attempts: 1, lost: 1 }))
      .when(tolerant)
      .thenEvents(lost(2, false), retryOf({ attempts: 2, lost: 2 }, 10_000, "worker_lost", 2));
  });

  it("S24: with a cancel open it is cancelled when nothing can have been sent, and a doubt otherwise", () => {
    given(...running(), facts.cancelRequested)
      .when(lose(1))
      .thenEvents(lost(1, false), cancelled())
      .thenRepeatIsQuiet();
    given(...running({ effect: "keyed" }), facts.cancelRequested)
      .when(lose(1))
      .thenEvents(lost(1, false), {
        type: "ExecutionUncertain",
        data: { attempt: 1, reason: { code: "worker_lost_mid_effect" } },
      });
  });

  it("has only its own, open attempt taken away", () => {
    given(...running())
      .when(lose(2))
      .thenRefused({ code: "not_running", message: "This attempt is not open." });
    given(...running(), succeeded(1))
      .when(lose(1))
      .thenNothing();
  });
});
