// What a person decides about an execution: redrive, release, settle.
import { createDeciderSpec } from "@wedsync/event-log/testing";
import { executionDecider, freshWork } from "./execution-decider.js";
import type { ExecutionCommand } from "./execution-command.js";
import * as facts from "./testing/execution-facts.js";
import { aWork, day, hour, minute, monthBeforeAt, sealed } from "./testing/work.js";

const { requested, start, started, begun, held, dead, uncertain, succeeded, startedAt } = facts;
const { given } = createDeciderSpec(executionDecider, expect);
const refusedAs = (code: string, phase: string) => ({ code, phase, message: expect.any(String) as string }) as never;

describe("what a person decides", () => {
  const [release, redrive]: ExecutionCommand[] = [
    { kind: "release", now: startedAt + 30 * day },
    { kind: "redrive", now: startedAt + 30 * day },
  ];
  const fresh = freshWork(aWork(), startedAt + 30 * day);
  if (release === undefined || redrive === undefined) throw new Error("No commands.");

  it("SCH-13: releasing held work makes it due now, with the time it had been given", () => {
    expect(fresh).toEqual(
      aWork({
        dueAt: startedAt + 30 * day,
        deadline: startedAt + 30 * day + 4 * hour,
        expiresAt: startedAt + 31 * day,
      }),
    );
    given(requested(), held)
      .when(release)
      .thenEvents({ type: "ExecutionReleased", data: { work: fresh } })
      .thenRepeatIsQuiet();
    given(requested(), held)
      .when({ kind: "release", now: monthBeforeAt })
      .thenEvents({ type: "ExecutionReleased", data: { work: aWork() } });
    given(requested(), started(1), succeeded(1)).when(release).thenRefused(refusedAs("not_held", "succeeded"));
  });

  it("SCH-5: a redrive puts dead work back, with its lost workers forgiven and its attempts kept", () => {
    given(requested(), started(1), facts.failed(1, "smtp_rcpt_550", false), dead)
      .when(redrive)
      .thenEvents({ type: "RedriveApproved", data: { work: { ...fresh, attempts: 1, lost: 0 } } })
      .thenRepeatIsQuiet();
    given(requested(), held).when(redrive).thenRefused(refusedAs("not_redrivable", "held"));
  });

  it("SCH-5: after hours of backoff a redrive still gives the work its whole time", () => {
    const retried = aWork({ dueAt: monthBeforeAt + 10 * hour, attempts: 1 });
    given(
      requested(),
      started(1),
      facts.failed(1),
      { type: "ExecutionRetryScheduled", data: { work: retried, delayMs: 10 * hour, reason: { code: "backoff" } } },
      started(2),
      facts.failed(2, "smtp_rcpt_550", false),
      dead,
    )
      .when(redrive)
      .thenEvents({ type: "RedriveApproved", data: { work: { ...fresh, attempts: 2 } } });
  });

  it("SCH-7: a doubt is settled with evidence: delivered, not delivered, or another attempt", () => {
    const doubt = [requested(), started(1), begun(1), facts.lost(1, true), uncertain(1)];
    const settle = (outcome: "delivered" | "not-delivered" | "retry"): ExecutionCommand => ({
      kind: "settle",
      outcome,
      evidence: sealed,
      now: startedAt + minute,
    });
    const settled = (outcome: "delivered" | "not-delivered" | "retry", more: object = {}) =>
      ({ type: "ExecutionUncertaintySettled", data: { outcome, evidence: sealed, ...more } }) as const;
    given(...doubt)
      .when(settle("delivered"))
      .thenEvents(settled("delivered"))
      .thenRepeatIsQuiet()
      .thenTerminal(true);
    given(...doubt)
      .when(settle("not-delivered"))
      .thenEvents(settled("not-delivered"))
      .thenRepeatIsQuiet()
      .thenTerminal(true);
    const work = { ...freshWork(aWork(), startedAt + minute), attempts: 1, lost: 1 };
    given(...doubt)
      .when(settle("retry"))
      .thenEvents(settled("retry", { work }))
      .thenRepeatIsQuiet()
      .thenTerminal(false);
    given(requested(), held).when(settle("retry")).thenRefused(refusedAs("not_uncertain", "held"));
    given(...doubt, settled("retry"))
      .when(start(startedAt + minute))
      .thenEvents(started(2, { now: startedAt + minute }));
  });

  it("S24: a person who wants another attempt overrules an older cancel", () => {
    const doubt = [requested(), started(1), begun(1), facts.cancelRequested, facts.lost(1, true), uncertain(1)];
    const again = { type: "ExecutionUncertaintySettled", data: { outcome: "retry", evidence: sealed } } as const;
    given(...doubt, again, started(2))
      .when(facts.beginEffect(2))
      .thenEvents(begun(2));
  });
});
