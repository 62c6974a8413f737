import type { ExecutionEvent } from "@wedsync/contracts/scheduler";
import {
  at,
  decision,
  handover,
  minute,
  requested,
  sealed,
  started,
  steps,
  told,
  wait,
  work,
  worker,
} from "../testing/told.js";

describe("RPL-3: why, in words", () => {
  it("an execution that ran at its turn", () => {
    const facts = {
      steps: steps(
        [at - 90 * 24 * 60 * minute, requested()],
        [at + 2_400, started(1)],
        [at + 2_500, { type: "ExecutionEffectBegun", data: { attempt: 1, provider: "smtp", worker, handover } }],
        [at + 3_000, { type: "ExecutionSucceeded", data: { attempt: 1, provider: "smtp" } }],
      ),
      starts: new Map([[2n, { decision: { position: 99n, data: decision, place: 2 }, wait }]]),
    };
    expect(told(facts)).toMatchInlineSnapshot(`
"Accepted
  Fri 2027-02-12 08:00:00 Europe/London: asked for by step month-before of journey default, version 3, module email version 2.
  It was to run 30 days before the wedding, 09:00 local time: due Thu 2027-05-13 09:00:00 Europe/London. The instant was computed with time zone data 2026c from version 1 of the wedding's schedule.
  It counts as late after Thu 2027-05-13 10:00:00 Europe/London and still runs until Fri 2027-05-14 09:00:00 Europe/London.
  The module's own tier is normal; the wedding raises it to high from Sat 2027-06-05 00:00:00 Europe/London and to critical from Fri 2027-06-11 00:00:00 Europe/London until Sun 2027-06-13 06:00:00 Europe/London. At this moment it was normal.
  No season policy was in force. The season changes how much capacity is planned, not the order of work.
Started
  Thu 2027-05-13 09:00:02 Europe/London: attempt 1 started, 2.4 s after it was due and in time.
  Its tier was normal, because the module's own tier applies: the wedding's days do not raise it.
  The dispatcher had 3 slots for any work and 1 more for critical work, and this was due: 1 critical, 12 normal.
  It was choice 3 of 3, because it was its turn: no more urgent work was waiting for the free slots. Before it came 1 critical, 1 low.
  Between its moment and its start the dispatcher started other work 2 times: 4 critical, 1 high.
  In force: dispatch policy version 1, schedule version 1, time zone data 2026c, no season policy.
Sending
  Thu 2027-05-13 09:00:02 Europe/London: attempt 1 began to send through smtp. From here on a crash would be a doubt, not a retry.
Outcome
  Thu 2027-05-13 09:00:03 Europe/London: smtp accepted it at attempt 1. It is done."
`);
  });

  it("retries, a lost worker and a doubt that a person settles", () => {
    const facts = {
      steps: steps(
        [at - minute, requested()],
        [at, started(1)],
        [
          at + 100,
          { type: "ExecutionFailed", data: { attempt: 1, provider: "smtp", code: "mailbox_busy", retryable: true } },
        ],
        [
          at + 100,
          {
            type: "ExecutionRetryScheduled",
            data: {
              work: { ...work, attempts: 1, dueAt: at + 42_100 },
              delayMs: 42_000,
              reason: { code: "backoff", params: { attempt: 1 } },
            },
          },
        ],
        [at + 43_000, started(2)],
        [at + 50_000, { type: "ExecutionAttemptLost", data: { attempt: 2, worker, effectBegun: true } }],
        [
          at + 50_000,
          {
            type: "ExecutionUncertain",
            data: { attempt: 2, provider: "smtp", reason: { code: "worker_lost_mid_effect" } },
          },
        ],
        [at + 5 * minute, { type: "ExecutionUncertaintySettled", data: { outcome: "delivered", evidence: sealed } }],
      ),
    };
    expect(told(facts)).toMatchInlineSnapshot(`
"Accepted
  Thu 2027-05-13 08:59:00 Europe/London: asked for by step month-before of journey default, version 3, module email version 2.
  It was to run 30 days before the wedding, 09:00 local time: due Thu 2027-05-13 09:00:00 Europe/London. The instant was computed with time zone data 2026c from version 1 of the wedding's schedule.
  It counts as late after Thu 2027-05-13 10:00:00 Europe/London and still runs until Fri 2027-05-14 09:00:00 Europe/London.
  The module's own tier is normal; the wedding raises it to high from Sat 2027-06-05 00:00:00 Europe/London and to critical from Fri 2027-06-11 00:00:00 Europe/London until Sun 2027-06-13 06:00:00 Europe/London. At this moment it was normal.
  No season policy was in force. The season changes how much capacity is planned, not the order of work.
Started
  Thu 2027-05-13 09:00:00 Europe/London: attempt 1 started, 0 ms after it was due and in time.
  Its tier was normal, because the module's own tier applies: the wedding's days do not raise it.
  In force: dispatch policy version 1, schedule version 1, time zone data 2026c, no season policy.
Failure
  Thu 2027-05-13 09:00:00 Europe/London: attempt 1 failed with mailbox_busy at smtp; nothing was sent, and another attempt may help.
Retry
  The next attempt was set 42.0 s later, Thu 2027-05-13 09:00:42 Europe/London, because attempt 1 failed; the next one waits a while.
Started
  Thu 2027-05-13 09:00:43 Europe/London: attempt 2 started, 900 ms after it was due and in time.
  Its tier was normal, because the module's own tier applies: the wedding's days do not raise it.
  In force: dispatch policy version 1, schedule version 1, time zone data 2026c, no season policy.
Worker lost
  Thu 2027-05-13 09:00:50 Europe/London: the worker of attempt 2 fell silent after it began to send.
In doubt
  Thu 2027-05-13 09:00:50 Europe/London: the worker fell silent while it may have been sending: nobody knows whether it was sent. It is not sent again until a person decides.
Doubt settled
  Thu 2027-05-13 09:05:00 Europe/London: key 0198f3a0 settled it as delivered."
`);
  });

  it("one that a hold and a move kept back, and that came late", () => {
    const moved = { ...work, scheduleVersion: 2, dueAt: at + 30 * minute, deadline: at + 90 * minute };
    const facts = {
      steps: steps(
        [at - 60 * minute, requested()],
        [at - 30 * minute, { type: "ExecutionRescheduled", data: { work: moved, cause: "wedding_moved" } }],
        [
          at + 120 * minute,
          started(1, {
            tier: "critical",
            reasons: [{ code: "event_day_near", params: { changesAt: work.window.criticalUntil } }],
          }),
        ],
      ),
      holds: [
        {
          at: at - 90 * minute,
          scope: "market:united-kingdom",
          held: true,
          cause: "outage",
          actor: "system:dispatcher",
        },
        { at: at - 40 * minute, scope: "market:united-kingdom", held: false, cause: "", actor: "user:7c1e" },
        { at: at - 20 * minute, scope: "vendor:lens", held: true, cause: "requested", actor: "key:0198f3a1" },
        { at: at + 119 * minute, scope: "vendor:lens", held: false, cause: "", actor: "user:7c1e" },
      ],
    };
    expect(told(facts)).toMatchInlineSnapshot(`
"Accepted
  Thu 2027-05-13 08:00:00 Europe/London: asked for by step month-before of journey default, version 3, module email version 2.
  It was to run 30 days before the wedding, 09:00 local time: due Thu 2027-05-13 09:00:00 Europe/London. The instant was computed with time zone data 2026c from version 1 of the wedding's schedule.
  It counts as late after Thu 2027-05-13 10:00:00 Europe/London and still runs until Fri 2027-05-14 09:00:00 Europe/London.
  The module's own tier is normal; the wedding raises it to high from Sat 2027-06-05 00:00:00 Europe/London and to critical from Fri 2027-06-11 00:00:00 Europe/London until Sun 2027-06-13 06:00:00 Europe/London. At this moment it was normal.
  No season policy was in force. The season changes how much capacity is planned, not the order of work.
Holds
  Thu 2027-05-13 07:30:00 Europe/London: market united-kingdom was held by the platform's dispatcher, because the platform had been down for a long time; nothing in it starts.
Holds
  Thu 2027-05-13 08:20:00 Europe/London: market united-kingdom was released by user 7c1e.
Rescheduled
  Thu 2027-05-13 08:30:00 Europe/London: the wedding moved; it became due Thu 2027-05-13 09:30:00 Europe/London.
  The module's own tier is normal; the wedding raises it to high from Sat 2027-06-05 00:00:00 Europe/London and to critical from Fri 2027-06-11 00:00:00 Europe/London until Sun 2027-06-13 06:00:00 Europe/London. At this moment it was normal.
Holds
  Thu 2027-05-13 08:40:00 Europe/London: vendor lens was held by key 0198f3a1; nothing in it starts.
  Thu 2027-05-13 10:59:00 Europe/London: vendor lens was released by user 7c1e.
Started
  Thu 2027-05-13 11:00:00 Europe/London: attempt 1 started, 90 min after it was due and 30 min late.
  Its tier was critical, because the wedding is a day away or under way (critical until Sun 2027-06-13 06:00:00 Europe/London).
  In force: dispatch policy version 1, schedule version 1, time zone data 2026c, no season policy."
`);
  });

  it("one that is due later, one that waits its turn, one that is held back", () => {
    expect(told({ steps: steps([at - minute, requested({ dueAt: at + 60 * minute })]) })).toMatch(
      /Not started yet\n {2}It is due .*, in 50 min\.$/,
    );
    expect(
      told({
        steps: steps([at - minute, requested()]),
        queue: { ahead: { critical: 3, high: 1 }, sameVendorEarlier: 2 },
      }),
    ).toMatchInlineSnapshot(`
"Accepted
  Thu 2027-05-13 08:59:00 Europe/London: asked for by step month-before of journey default, version 3, module email version 2.
  It was to run 30 days before the wedding, 09:00 local time: due Thu 2027-05-13 09:00:00 Europe/London. The instant was computed with time zone data 2026c from version 1 of the wedding's schedule.
  It counts as late after Thu 2027-05-13 10:00:00 Europe/London and still runs until Fri 2027-05-14 09:00:00 Europe/London.
  The module's own tier is normal; the wedding raises it to high from Sat 2027-06-05 00:00:00 Europe/London and to critical from Fri 2027-06-11 00:00:00 Europe/London until Sun 2027-06-13 06:00:00 Europe/London. At this moment it was normal.
  No season policy was in force. The season changes how much capacity is planned, not the order of work.
Not started yet
  It has been due for 10 min and waits for a free slot. Its tier is normal, because the module's own tier applies: the wedding's days do not raise it.
  More urgent and due: 3 critical, 1 high.
  Of its own vendor 2 executions of the same tier with an earlier deadline go first."
`);
    expect(
      told({
        steps: steps([at - minute, requested()]),
        holds: [{ at: at - 2 * minute, scope: "tier:normal", held: true, cause: "outage", actor: "system:dispatcher" }],
      }),
    ).toMatch(/It has been due for 10 min, but all work of tier normal is held; it starts when that is released\./);
  });

  it("each other end and turn says what it is", () => {
    const ends: readonly (readonly [ExecutionEvent, RegExp])[] = [
      [
        { type: "ExecutionHeld", data: { work, reason: { code: "late", params: { deadline: at } } } },
        /Now\n {2}It waits for a person/,
      ],
      [{ type: "ExecutionReleased", data: { work } }, /key 0198f3a0 let it run/],
      [
        { type: "ExecutionSkipped", data: { reason: { code: "due_before_acceptance" }, at } },
        /its moment had already passed/,
      ],
      [
        {
          type: "ExecutionDeadLettered",
          data: { attempts: 5, reason: { code: "retries_exhausted", params: { attempts: 5 } } },
        },
        /all 5 attempts were used up/,
      ],
      [{ type: "RedriveApproved", data: { work } }, /key 0198f3a0 put it back/],
      [{ type: "CancelRequested", data: { cause: "requested" } }, /while an attempt was running/],
      [{ type: "ExecutionCancelled", data: { cause: "wedding_cancelled" } }, /because the wedding was cancelled/],
      [
        { type: "LateOutcomeReported", data: { attempt: 1, provider: "smtp", outcome: "accepted" } },
        /answered accepted for attempt 1/,
      ],
    ];
    for (const [event, text] of ends) expect(told({ steps: steps([at, requested()], [at + 1, event]) })).toMatch(text);
  });
});
