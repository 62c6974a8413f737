import { createDeciderSpec } from "@wedsync/event-log/testing";
import { executionDecider, keyReused } from "./execution-decider.js";
import type { ExecutionCommand } from "./execution-command.js";
import * as facts from "./testing/execution-facts.js";
import { aWork, day, hour, monthBefore, monthBeforeAt, sealed } from "./testing/work.js";

const { requested, start, started, begun, held, dead, uncertain, succeeded, cancelled } = facts;
const { given } = createDeciderSpec(executionDecider, expect);
const request = (more: object = {}): ExecutionCommand => ({
  kind: "request",
  work: aWork(),
  when: monthBefore,
  bodyDigest: "digest",
  timeZoneData: "2026c",
  sealed,
  now: monthBeforeAt - day,
  ...more,
});
const refusedAs = (code: string, phase: string) => ({ code, phase, message: expect.any(String) as string }) as never;

describe("a request", () => {
  it("SCH-4: is accepted with all that is needed to dispatch it", () => {
    given().when(request()).thenEvents(requested()).thenRepeatIsQuiet().thenTerminal(false);
  });

  it("keeps the journey step that it came from", () => {
    const journey = { journeyId: "default", step: "month-before", version: 1 };
    const { type, data } = requested();
    given()
      .when(request({ journey }))
      .thenEvents({ type, data: { ...data, journey } } as ReturnType<typeof requested>);
  });

  it("SCH-6 S22: the same key with the same body is the same execution, with another body it is refused", () => {
    given(requested()).when(request()).thenNothing();
    given(requested())
      .when(request({ bodyDigest: "other" }))
      .thenRefused(keyReused);
  });

  it("SCH-13: a step whose moment had passed when it was accepted is skipped, not sent late", () => {
    given()
      .when(request({ now: monthBeforeAt + 1 }))
      .thenEvents(requested(), {
        type: "ExecutionSkipped",
        data: { reason: { code: "due_before_acceptance" }, at: monthBeforeAt + 1 },
      })
      .thenRepeatIsQuiet()
      .thenTerminal(true);
    given()
      .when(request({ when: { kind: "now" }, now: monthBeforeAt + 1 }))
      .thenTerminal(false);
  });

  it("nothing else can be asked of an execution that does not exist", () => {
    for (const command of [start(), facts.report(1, { kind: "accepted" }), { kind: "cancel", cause: "x" } as const])
      given().when(command).thenRefused({ code: "execution_unknown", message: "There is no such execution." });
  });
});

describe("a start", () => {
  it("SCH-7: is a claim: it names attempt, worker, hand-over and everything it was decided by", () => {
    given(requested()).when(start()).thenEvents(started(1)).thenRepeatIsQuiet();
  });

  it("INVARIANTS 33: records the tier at that time and why", () => {
    const early = aWork().window.criticalFrom;
    const due = { dueAt: early, deadline: early + hour, expiresAt: early + day };
    const reasons = [{ code: "event_day_near", params: { changesAt: aWork().window.criticalUntil } }];
    given(requested(due))
      .when(start(early))
      .thenEvents(started(1, { now: early, tier: "critical", reasons }));
  });

  it("SCH-7: another hand-over does not start what runs, and nothing starts before it is due", () => {
    given(requested(), started(1))
      .when({ ...start(), handover: "00000000-0000-4000-8000-000000000999" } as ExecutionCommand)
      .thenRefused(refusedAs("not_startable", "running"));
    given(requested())
      .when(start(monthBeforeAt - 1))
      .thenRefused(refusedAs("not_startable", "pending"));
    given(requested(), held).when(start()).thenRefused(refusedAs("not_startable", "held"));
  });

  it("SCH-13: comes too late: it is skipped or held with the reason, as its module says", () => {
    const late = aWork().deadline + 1;
    given(requested({ onLate: "skip" }))
      .when(start(late))
      .thenEvents({
        type: "ExecutionSkipped",
        data: { reason: { code: "late", params: { deadline: late - 1 } }, at: late },
      })
      .thenTerminal(true);
    const work = aWork({ onLate: "hold" });
    given(requested(work))
      .when(start(late))
      .thenEvents({ type: "ExecutionHeld", data: { work, reason: { code: "late", params: { deadline: late - 1 } } } })
      .thenTerminal(false);
    given(requested())
      .when(start(late))
      .thenEvents(started(1, { now: late }));
    const expired = aWork().expiresAt + 1;
    given(requested())
      .when(start(expired))
      .thenEvents({
        type: "ExecutionSkipped",
        data: { reason: { code: "expired", params: { expiresAt: expired - 1 } }, at: expired },
      });
  });
});

describe("the effect", () => {
  it("SCENARIOS 2: its beginning is recorded once, for the open attempt only", () => {
    given(requested(), started(1)).when(facts.beginEffect(1)).thenEvents(begun(1)).thenRepeatIsQuiet();
    const closed = {
      code: "not_running",
      message: "This attempt is not open any more; the effect must not begin.",
    } as const;
    given(requested(), started(1)).when(facts.beginEffect(2)).thenRefused(closed);
    given(requested(), started(1), succeeded(1)).when(facts.beginEffect(1)).thenRefused(closed);
    given(requested(), started(1))
      .when({ ...facts.beginEffect(1), handover: "00000000-0000-4000-8000-000000000999" } as ExecutionCommand)
      .thenRefused(closed);
  });

  it("S24: a cancel that came first keeps the effect from beginning", () => {
    given(requested(), started(1), facts.cancelRequested)
      .when(facts.beginEffect(1))
      .thenRefused({ code: "not_running", message: "A cancel came before the effect began." });
  });
});

describe("a cancel", () => {
  const cancel: ExecutionCommand = { kind: "cancel", cause: "requested" };

  it("SCH-10: ends what waits, and what is held", () => {
    given(requested()).when(cancel).thenEvents(cancelled()).thenRepeatIsQuiet().thenTerminal(true);
    given(requested(), held).when(cancel).thenEvents(cancelled());
  });

  it("S24: while an attempt runs it is only noted, and the outcome decides", () => {
    given(requested(), started(1))
      .when(cancel)
      .thenEvents(facts.cancelRequested)
      .thenRepeatIsQuiet()
      .thenTerminal(false);
  });

  it("of what has ended is refused, with how it ended", () => {
    for (const [last, phase] of [
      [succeeded(1), "succeeded"],
      [dead, "dead"],
      [uncertain(1), "uncertain"],
    ] as const)
      given(requested(), started(1), last).when(cancel).thenRefused(refusedAs("already_final", phase));
  });
});

describe("a moved wedding", () => {
  const next = aWork({ scheduleVersion: 2, dueAt: monthBeforeAt + 7 * day });
  const reschedule: ExecutionCommand = { kind: "reschedule", work: next, cause: "wedding_moved" };

  it("SCH-4 SCH-13: takes not-started work along, once", () => {
    given(requested())
      .when(reschedule)
      .thenEvents({ type: "ExecutionRescheduled", data: { work: next, cause: "wedding_moved" } })
      .thenRepeatIsQuiet();
  });

  it("SCH-13: held work follows and stays held, for the reason it was held for", () => {
    given(requested(), held)
      .when(reschedule)
      .thenEvents({ type: "ExecutionHeld", data: { work: next, reason: { code: "late" } } })
      .thenRepeatIsQuiet();
  });

  it("SCH-13: running and finished work stays as it is", () => {
    given(requested(), started(1)).when(reschedule).thenNothing();
    given(requested(), started(1), succeeded(1)).when(reschedule).thenNothing();
  });
});
