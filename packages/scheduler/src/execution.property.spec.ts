import { createCodec } from "@wedsync/contracts";
import { executionEvents, type ExecutionEvent } from "@wedsync/contracts/scheduler";
import { fold } from "@wedsync/event-log";
import * as fc from "fast-check";
import { executionDecider } from "./execution-decider.js";
import { isFinalPhase, statusOf } from "./execution-state.js";
import { live, step, work } from "./testing/execution-histories.js";

const histories = fc.array(step, { maxLength: 30 });
const lifecycle = new Set<ExecutionEvent["type"]>([
  "ExecutionStarted",
  "ExecutionSucceeded",
  "ExecutionFailed",
  "ExecutionAttemptLost",
  "ExecutionUncertain",
  "ExecutionCancelled",
  "ExecutionDeadLettered",
  "ExecutionSkipped",
]);
const final = new Set<ExecutionEvent["type"]>([
  "ExecutionSucceeded",
  "ExecutionDeadLettered",
  "ExecutionCancelled",
  "ExecutionSkipped",
  "ExecutionUncertain",
]);
const reopens = (event: ExecutionEvent): boolean =>
  event.type === "RedriveApproved" || (event.type === "ExecutionUncertaintySettled" && event.data.outcome === "retry");
const always = (check: (events: readonly ExecutionEvent[]) => void): void =>
  fc.assert(
    fc.property(work, histories, (first, steps) => check(live(first, steps).events)),
    { numRuns: 1_000 },
  );

describe("any life of an execution", () => {
  it("these lives are worth looking at: every event of an execution happens in some of them", () => {
    const seen = new Set<string>();
    for (const [first, steps] of fc.sample(fc.tuple(work, histories), { numRuns: 2_000, seed: 3 }))
      for (const event of live(first, steps).events) seen.add(event.type);
    expect([...seen].toSorted()).toEqual(executionEvents.map((definition) => definition.type).toSorted());
  });

  it("a repeated command yields no events", () => {
    fc.assert(
      fc.property(work, histories, (first, steps) => {
        live(first, steps, (command, state) => {
          const decision = executionDecider.decide(command, state);
          const after = decision.ok ? fold(executionDecider, decision.events, state) : state;
          const again = executionDecider.decide(command, after);
          expect({ command, events: again.ok ? again.events : [] }).toEqual({ command, events: [] });
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it("SCH-7 INVARIANTS 14: it succeeds at most once", () => {
    always((events) => {
      const successes = events.filter(
        (event) =>
          event.type === "ExecutionSucceeded" ||
          (event.type === "ExecutionUncertaintySettled" && event.data.outcome === "delivered"),
      );
      expect(successes.length).toBeLessThanOrEqual(1);
    });
  });

  it("INVARIANTS 15 and 16: attempts are 1..n without holes, and a start never directly follows a start", () => {
    always((events) => {
      const attempts = events.flatMap((event) => (event.type === "ExecutionStarted" ? [event.data.attempt] : []));
      expect(attempts).toEqual(attempts.map((_, index) => index + 1));
      const line = events.filter((event) => lifecycle.has(event.type)).map((event) => event.type);
      expect(line.filter((type, index) => type === "ExecutionStarted" && line[index - 1] === type)).toEqual([]);
    });
  });

  it("SCH-7 INVARIANTS 28: after a doubt nothing starts unless a person wanted it", () => {
    always((events) => {
      let inDoubt = false;
      for (const event of events) {
        if (event.type === "ExecutionUncertain") inDoubt = true;
        else if (reopens(event)) inDoubt = false;
        else if (event.type === "ExecutionStarted") expect(inDoubt).toBe(false);
      }
    });
  });

  it("INVARIANTS 13: it ends once: after an end only a person's decision, a settlement or a late outcome follows", () => {
    fc.assert(
      fc.property(work, histories, (first, steps) => {
        const { events, state } = live(first, steps);
        let ended = false;
        for (const event of events) {
          if (ended && !reopens(event))
            expect(["ExecutionUncertaintySettled", "LateOutcomeReported"]).toContain(event.type);
          if (final.has(event.type)) ended = true;
          else if (reopens(event)) ended = false;
        }
        expect(isFinalPhase(state.phase)).toBe(ended);
        expect(executionDecider.isTerminal(state)).toBe(ended);
      }),
      { numRuns: 1_000 },
    );
  });

  it("INVARIANTS 17, 20 and 30: a start waits for its backoff, comes before the work expires, and with the newest schedule", () => {
    always((events) => {
      let expiresAt = Number.POSITIVE_INFINITY;
      let dueAt = 0;
      let schedule = 0;
      for (const { type, data } of events) {
        if ("work" in data && data.work !== undefined) {
          ({ dueAt, expiresAt, scheduleVersion: schedule } = data.work);
        } else if (type === "ExecutionStarted") {
          expect(data.now).toBeGreaterThanOrEqual(dueAt);
          expect(data.now).toBeLessThanOrEqual(expiresAt);
          expect(data.scheduleVersion).toBe(schedule);
        }
      }
    });
  });

  it("SCH-7: at-most-once work is never asked again by itself once the effect has begun and the end is not known", () => {
    always((events) => {
      if (events[0]?.type !== "ExecutionRequested" || events[0].data.work.effect !== "at-most-once") return;
      let begun = false;
      for (const event of events) {
        if (event.type === "ExecutionEffectBegun") begun = true;
        else if (event.type === "ExecutionStarted") expect(begun).toBe(false);
        // A definite failure, or a person, makes it safe again.
        else if (event.type === "ExecutionFailed" || reopens(event)) begun = false;
      }
    });
  });

  it("SCH-5: no more attempts than its module allows, redrives and settlements aside, and no more lost ones", () => {
    always((events) => {
      if (events.some(reopens)) return;
      expect(events.filter((event) => event.type === "ExecutionStarted").length).toBeLessThanOrEqual(3);
      expect(events.filter((event) => event.type === "ExecutionAttemptLost").length).toBeLessThanOrEqual(2);
    });
  });

  it("LOG-5: every event can be stored and read back, and the fold may be cut anywhere", () => {
    const codec = createCodec(executionEvents);
    fc.assert(
      fc.property(work, histories, fc.nat({ max: 30 }), (first, steps, cut) => {
        const { events, state, now } = live(first, steps);
        for (const event of events) expect(codec.decode(codec.encode(event))).toEqual({ ok: true, event });
        const until = fold(executionDecider, events.slice(0, cut));
        expect(fold(executionDecider, events.slice(cut), until)).toEqual(state);
        expect(statusOf(state, now)).toBeDefined();
      }),
    );
  });
});
