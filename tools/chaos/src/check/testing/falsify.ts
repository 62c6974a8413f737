// Copies of a run's evidence with one thing wrong in each: what a check that means anything has to notice.
import type { EventRow, Evidence, TableRow } from "../../evidence/rows.js";

export interface Falsification {
  readonly what: string;
  /** Invariants that must turn red, others may. */
  readonly expected: readonly number[];
  falsify(evidence: Evidence): Evidence;
}

/** @throws Error when there is no such thing in the evidence: then the falsification would prove nothing */
function indexOf<Row>(rows: readonly Row[], wanted: (row: Row) => boolean): number {
  const index = rows.findIndex(wanted);
  if (index === -1) throw new Error("The evidence holds nothing to falsify.");
  return index;
}

const isType =
  (type: string) =>
  (event: EventRow): boolean =>
    event.type === type;

const withEvent = (evidence: Evidence, type: string, change: (event: EventRow) => EventRow): Evidence => {
  const index = indexOf(evidence.events, isType(type));
  return { ...evidence, events: evidence.events.map((event, at) => (at === index ? change(event) : event)) };
};

const withTable = (
  evidence: Evidence,
  table: "pending" | "guard" | "open_attempt",
  change: (rows: readonly TableRow[]) => readonly TableRow[],
): Evidence => ({ ...evidence, tables: { ...evidence.tables, [table]: change(evidence.tables[table]) } });

export const falsifications: readonly Falsification[] = [
  {
    what: "one event deleted",
    expected: [1, 2],
    falsify: (evidence) => ({
      ...evidence,
      events: evidence.events.toSpliced(indexOf(evidence.events, isType("ExecutionStarted")), 1),
    }),
  },
  {
    what: "an accepted execution deleted",
    expected: [1, 9],
    falsify: (evidence) => {
      const { executionId } = evidence.accepted[indexOf(evidence.accepted, (row) => row.status === 202)] ?? {};
      return { ...evidence, events: evidence.events.filter((event) => event.stream !== executionId) };
    },
  },
  {
    what: "two events of a stream swapped",
    expected: [2],
    falsify: (evidence) => {
      const first = indexOf(evidence.events, isType("ExecutionStarted"));
      const { stream, version = 0 } = evidence.events[first] ?? {};
      const second = indexOf(evidence.events, (event) => event.stream === stream && event.version === version + 1);
      const versions = new Map([
        [first, version + 1],
        [second, version],
      ]);
      return {
        ...evidence,
        events: evidence.events.map((event, at) => ({ ...event, version: versions.get(at) ?? event.version })),
      };
    },
  },
  ...(["keyed", "plain", "at-most-once"] as const).map((kind): Falsification => ({
    what: `one effect doubled: ${kind}`,
    expected: [{ keyed: 23, plain: 25, "at-most-once": 26 }[kind]],
    falsify: (evidence) => {
      const doubts = new Set(evidence.doubts);
      const index = indexOf(
        evidence.effects,
        (effect) => effect.kind === kind && effect.visible && !doubts.has(effect.execution),
      );
      return { ...evidence, effects: [...evidence.effects, ...evidence.effects.slice(index, index + 1)] };
    },
  })),
  {
    what: "an effect without a start",
    expected: [21],
    falsify: (evidence) => ({
      ...evidence,
      effects: evidence.effects.map((effect, at) => (at === 0 ? { ...effect, attempt: 99 } : effect)),
    }),
  },
  {
    what: "the effects of a success dropped",
    expected: [22],
    falsify: (evidence) => {
      const { stream } = evidence.events[indexOf(evidence.events, isType("ExecutionSucceeded"))] ?? {};
      return { ...evidence, effects: evidence.effects.filter((effect) => effect.execution !== stream) };
    },
  },
  {
    what: "one guard row dropped",
    expected: [37],
    falsify: (evidence) => withTable(evidence, "guard", (rows) => rows.slice(1)),
  },
  {
    what: "one pending row dropped",
    expected: [37],
    falsify: (evidence) =>
      withTable(evidence, "pending", (rows) =>
        rows.toSpliced(
          indexOf(rows, () => true),
          1,
        ),
      ),
  },
  {
    what: "one pending row of an older schedule",
    expected: [37, 53],
    falsify: (evidence) =>
      withTable(evidence, "pending", (rows) =>
        rows.map((row, at) => (at === 0 ? { ...row, schedule_version: 0 } : row)),
      ),
  },
  {
    what: "one attempt left open",
    expected: [19, 37],
    falsify: (evidence) => withTable(evidence, "open_attempt", (rows) => [...rows, { execution: "left-over" }]),
  },
  {
    what: "one recorded tier changed",
    expected: [33],
    falsify: (evidence) =>
      withEvent(evidence, "ExecutionStarted", (event) => ({
        ...event,
        data: { ...event.data, tier: event.data["tier"] === "low" ? "high" : "low" },
      })),
  },
  {
    what: "one recorded reason changed",
    expected: [33],
    falsify: (evidence) =>
      withEvent(evidence, "ExecutionStarted", (event) => ({
        ...event,
        data: { ...event.data, reasons: [{ code: "because" }] },
      })),
  },
  {
    what: "one start on an older schedule",
    expected: [30],
    falsify: (evidence) =>
      withEvent(evidence, "ExecutionStarted", (event) => ({ ...event, data: { ...event.data, scheduleVersion: 0 } })),
  },
  {
    what: "a success that came twice",
    expected: [13, 14],
    falsify: (evidence) => {
      const index = indexOf(evidence.events, isType("ExecutionSucceeded"));
      const again = evidence.events.slice(index, index + 1).map((event) => ({ ...event, version: event.version + 1 }));
      return { ...evidence, events: [...evidence.events, ...again] };
    },
  },
  {
    what: "a leader of an older epoch wrote",
    expected: [6],
    falsify: (evidence) => {
      const index = indexOf(evidence.events.toReversed(), isType("DispatchDecided"));
      const last = evidence.events.length - 1 - index;
      return {
        ...evidence,
        events: evidence.events.map((event, at) => (at === last ? { ...event, leaderEpoch: 0 } : event)),
      };
    },
  },
  {
    what: "an event recorded before the one before it",
    expected: [3],
    falsify: (evidence) => withEvent(evidence, "ExecutionStarted", (event) => ({ ...event, recordedAt: 0 })),
  },
  {
    what: "one key that became two executions",
    expected: [9, 10],
    falsify: (evidence) => {
      const index = indexOf(evidence.accepted, (row) => row.status === 202);
      const again = evidence.accepted.slice(index, index + 1).map((row) => ({ ...row, executionId: "another" }));
      return { ...evidence, accepted: [...evidence.accepted, ...again] };
    },
  },
  {
    what: "one key that was accepted with another body",
    expected: [11],
    falsify: (evidence) => {
      const index = indexOf(evidence.accepted, (row) => row.status === 202);
      const again = evidence.accepted.slice(index, index + 1).map((row) => ({ ...row, body: "another" }));
      return { ...evidence, accepted: [...evidence.accepted, ...again] };
    },
  },
  {
    what: "a doubt that nobody lists",
    expected: [27],
    falsify: (evidence) => ({ ...evidence, doubts: evidence.doubts.slice(1) }),
  },
  {
    what: "a reader that saw a position before the one before it",
    expected: [8],
    falsify: (evidence) => ({
      ...evidence,
      tail: [
        [2, evidence.events.length],
        [1, 1],
      ],
    }),
  },
  {
    what: "a rebuild that gave something else",
    expected: [29, 38],
    falsify: (evidence) => ({
      ...evidence,
      projection: { ...evidence.projection, rebuilt: "another", effectsDuringRebuild: 1 },
    }),
  },
  {
    what: "durability switched off",
    expected: [51],
    falsify: (evidence) => ({ ...evidence, settings: { ...evidence.settings, fsync: "off" } }),
  },
  {
    what: "one decision that a recomputation would make otherwise",
    expected: [52],
    falsify: (evidence) => ({ ...evidence, replayDiff: 1 }),
  },
];
