// Falsified attempts and effects: invariants 15-29.
import type { Evidence } from "../../evidence/rows.js";
import { firstOf, indexOf, isType, withData, withTable, type Falsification } from "./edit.js";

/** Other work in the request of an execution that was started. */
const withWork = (evidence: Evidence, change: Readonly<Record<string, unknown>>): Evidence => {
  const { stream } = firstOf(evidence.events, isType("ExecutionStarted"));
  return {
    ...evidence,
    events: evidence.events.map((event) =>
      event.stream === stream && event.data["work"] !== undefined
        ? { ...event, data: { ...event.data, work: { ...(event.data["work"] as object), ...change } } }
        : event,
    ),
  };
};

export const attemptFalsifications: readonly Falsification[] = [
  {
    what: "a start that came twice",
    expected: [15, 16],
    falsify: (evidence) => {
      const index = indexOf(evidence.events, isType("ExecutionStarted"));
      return { ...evidence, events: evidence.events.toSpliced(index, 0, ...evidence.events.slice(index, index + 1)) };
    },
  },
  {
    what: "an attempt of a number that is not the next",
    expected: [16],
    falsify: (evidence) => withData(evidence, "ExecutionStarted", (data) => ({ ...data, attempt: 7 })),
  },
  {
    what: "a retry that was due later than it started",
    expected: [17],
    falsify: (evidence) => withWork(evidence, { dueAt: evidence.drainedAt + 1_000_000 }),
  },
  {
    what: "an attempt that was taken from a worker whose counter moved",
    expected: [18],
    falsify: (evidence) => {
      const { worker } = firstOf(evidence.events, isType("ExecutionStarted")).data;
      const index = indexOf(evidence.events, isType("ExecutionSucceeded"));
      const at = evidence.events[index]?.recordedAt ?? 0;
      const look = { open: {}, due: 0, holds: 0 };
      const beats = [1, 2].map((counter) => ({
        ...look,
        at: at - 300 + counter * 100,
        leases: [{ worker: String(worker), counter: 1_000_000 + counter, slots: 1 }],
      }));
      return {
        ...evidence,
        events: evidence.events.map((event, place) =>
          place === index ? { ...event, type: "ExecutionAttemptLost", data: { ...event.data, worker } } : event,
        ),
        // Alone: other looks between the two would be other bounds of the same beat.
        samples: beats,
      };
    },
  },
  {
    what: "one attempt left open",
    expected: [19, 37],
    falsify: (evidence) => withTable(evidence, "open_attempt", (rows) => [...rows, { execution: "left-over" }]),
  },
  {
    what: "the lease of a dead worker left",
    expected: [19],
    falsify: (evidence) => ({ ...evidence, workers: evidence.workers - 1 }),
  },
  {
    what: "a start of work that had expired",
    expected: [20],
    falsify: (evidence) => withWork(evidence, { expiresAt: 0 }),
  },
  {
    what: "an effect without a start",
    expected: [21],
    falsify: (evidence) => ({
      ...evidence,
      effects: evidence.effects.map((effect, at) => (at === 0 ? { ...effect, attempt: 99 } : effect)),
    }),
  },
  {
    what: "an effect without its signature",
    expected: [21],
    falsify: (evidence) => ({
      ...evidence,
      effects: evidence.effects.map((effect, at) => (at === 0 ? { ...effect, signed: false } : effect)),
    }),
  },
  {
    what: "the effects of a success dropped",
    expected: [22],
    falsify: (evidence) => {
      const { stream } = firstOf(evidence.events, isType("ExecutionSucceeded"));
      return { ...evidence, effects: evidence.effects.filter((effect) => effect.execution !== stream) };
    },
  },
  ...(["keyed", "plain", "at-most-once"] as const).map((kind): Falsification => ({
    what: `one effect doubled: ${kind}`,
    expected: [{ keyed: 23, plain: 25, "at-most-once": 26 }[kind]],
    falsify: (evidence) => {
      const doubts = new Set(evidence.doubts);
      const effect = firstOf(evidence.effects, (row) => row.kind === kind && row.visible && !doubts.has(row.execution));
      return { ...evidence, effects: [...evidence.effects, effect] };
    },
  })),
  {
    what: "a doubt that nobody lists",
    expected: [27],
    falsify: (evidence) => ({ ...evidence, doubts: evidence.doubts.slice(1) }),
  },
  {
    what: "a doubt without an effect that nothing explains",
    expected: [27],
    falsify: (evidence) => {
      const { stream } = firstOf(evidence.events, isType("ExecutionUncertain"));
      return {
        ...evidence,
        effects: evidence.effects.filter((effect) => effect.execution !== stream),
        faults: [],
        remarks: [],
      };
    },
  },
  {
    what: "a start after a doubt",
    expected: [28],
    falsify: (evidence) => {
      const { stream } = firstOf(evidence.events, isType("ExecutionUncertain"));
      const { version = 0 } = evidence.events.findLast((event) => event.stream === stream) ?? {};
      const start = firstOf(evidence.events, (event) => event.stream === stream && event.type === "ExecutionStarted");
      return { ...evidence, events: [...evidence.events, { ...start, version: version + 1 }] };
    },
  },
  ...(["effectsDuringRebuild", "effectsDuringVerify"] as const).map((when): Falsification => ({
    what: `an effect: ${when}`,
    expected: [29],
    falsify: (evidence) => ({ ...evidence, projection: { ...evidence.projection, [when]: 1 } }),
  })),
];
