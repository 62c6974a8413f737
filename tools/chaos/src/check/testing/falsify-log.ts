// Falsified logs and ledgers: invariants 1-14.
import { firstOf, indexOf, isType, withEvent, type Falsification } from "./edit.js";

export const logFalsifications: readonly Falsification[] = [
  {
    what: "one event deleted",
    expected: [1, 2],
    falsify: (evidence) => ({
      ...evidence,
      events: evidence.events.toSpliced(indexOf(evidence.events, isType("ExecutionStarted")), 1),
    }),
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
  {
    what: "an event recorded before the one before it",
    expected: [3],
    falsify: (evidence) => withEvent(evidence, isType("ExecutionStarted"), (event) => ({ ...event, recordedAt: 0 })),
  },
  {
    what: "an event with the id of another",
    expected: [4],
    falsify: (evidence) => {
      const { eventId } = firstOf(evidence.events, isType("ExecutionStarted"));
      return withEvent(evidence, isType("ExecutionRequested"), (event) => ({ ...event, eventId }));
    },
  },
  {
    what: "an append ahead of its stream that was written",
    expected: [5],
    falsify: (evidence) => ({ ...evidence, appendAhead: "written" }),
  },
  {
    what: "a leader of an older epoch wrote",
    expected: [6],
    falsify: (evidence) => {
      const last = evidence.events.findLastIndex(isType("DispatchDecided"));
      return {
        ...evidence,
        events: evidence.events.map((event, at) => (at === last ? { ...event, leaderEpoch: 0 } : event)),
      };
    },
  },
  {
    what: "half of an append",
    expected: [7],
    falsify: (evidence) => {
      const { stream, version } = firstOf(evidence.events, isType("ExecutionFailed"));
      return {
        ...evidence,
        events: evidence.events.filter((event) => event.stream !== stream || event.version !== version + 1),
      };
    },
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
    what: "an accepted execution deleted",
    expected: [1, 9],
    falsify: (evidence) => {
      const { executionId } = firstOf(evidence.accepted, (row) => row.status === 202);
      return { ...evidence, events: evidence.events.filter((event) => event.stream !== executionId) };
    },
  },
  {
    what: "one key that became two executions",
    expected: [9, 10],
    falsify: (evidence) => {
      const row = firstOf(evidence.accepted, ({ status }) => status === 202);
      return { ...evidence, accepted: [...evidence.accepted, { ...row, executionId: "another" }] };
    },
  },
  {
    what: "one key that was accepted with another body",
    expected: [11],
    falsify: (evidence) => {
      const row = firstOf(evidence.accepted, ({ status }) => status === 202);
      return { ...evidence, accepted: [...evidence.accepted, { ...row, body: "another" }] };
    },
  },
  {
    what: "a refused request that wrote an execution",
    expected: [12],
    falsify: (evidence) => {
      const correlationId = String(firstOf(evidence.events, isType("ExecutionRequested")).meta["correlationId"]);
      const row = firstOf(evidence.accepted, ({ status }) => status === 202);
      return { ...evidence, accepted: [...evidence.accepted, { ...row, status: 409, correlationId }] };
    },
  },
  {
    what: "a success that came twice",
    expected: [13, 14],
    falsify: (evidence) => {
      const event = firstOf(evidence.events, isType("ExecutionSucceeded"));
      return { ...evidence, events: [...evidence.events, { ...event, version: event.version + 1 }] };
    },
  },
];
