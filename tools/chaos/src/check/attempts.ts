// Invariants 15-18 and 20: attempts follow each other, and only silence ends one from outside.
import type { SampleRow } from "../evidence/rows.js";
import { finding, unlessVacuous, type Finding } from "./finding.js";
import { dataNumber, dataText, started, workBefore, type Case, type History } from "./history.js";

const lifecycle = new Set([
  "ExecutionStarted",
  "ExecutionSucceeded",
  "ExecutionFailed",
  "ExecutionAttemptLost",
  "ExecutionUncertain",
  "ExecutionCancelled",
  "ExecutionDeadLettered",
  "ExecutionSkipped",
]);

export function checkAttempts(found: Case): readonly Finding[] {
  const histories = [...found.histories.values()];
  const starts = histories.flatMap((history) =>
    history.events.flatMap((event) => (event.type === started ? [{ history, event }] : [])),
  );
  const losses = found.events.filter((event) => event.type === "ExecutionAttemptLost").length;
  return [
    finding(15, "a start is never directly followed by a start", histories.flatMap(twice)),
    finding(
      16,
      "attempts are 1..n",
      histories.flatMap(({ execution, events }) =>
        events
          .filter((event) => event.type === started)
          .flatMap((event, index) =>
            dataNumber(event, "attempt") === index + 1
              ? []
              : [{ execution, position: event.position, attempt: dataNumber(event, "attempt"), expected: index + 1 }],
          ),
      ),
    ),
    finding(
      17,
      "nothing starts before it is due, a retry included",
      starts.flatMap(({ history, event }) => {
        const dueAt = workBefore(history, event)?.dueAt ?? 0;
        return event.recordedAt < dueAt ? [{ position: event.position, at: event.recordedAt, dueAt }] : [];
      }),
    ),
    unlessVacuous(
      losses === 0,
      "no attempt was lost in this run",
      finding(
        18,
        "an attempt is lost only after a lease term of silence of its worker",
        hasty(found),
        `${losses} attempts lost; not checked: after a jump of the clock, which this machine does not offer`,
      ),
    ),
    finding(
      20,
      "nothing starts after it expired",
      starts.flatMap(({ history, event }) => {
        const expiresAt = workBefore(history, event)?.expiresAt ?? Infinity;
        return event.recordedAt > expiresAt ? [{ position: event.position, at: event.recordedAt, expiresAt }] : [];
      }),
    ),
  ];
}

function twice({ execution, events }: History): readonly unknown[] {
  const own = events.filter((event) => lifecycle.has(event.type));
  return own.flatMap((event, index) =>
    event.type === started && own[index + 1]?.type === started ? [{ execution, position: event.position }] : [],
  );
}

/** Losses that came although the worker's counter was seen to move within the term before. */
function hasty({ events, samples, leaseTermMs }: Case): readonly unknown[] {
  const beats = beatsOf(samples);
  return events.flatMap((event) => {
    if (event.type !== "ExecutionAttemptLost") return [];
    const worker = dataText(event, "worker");
    const since = event.recordedAt - leaseTermMs;
    const beat = beats.get(worker)?.find(({ after, before }) => after > since && before <= event.recordedAt);
    return beat === undefined ? [] : [{ position: event.position, worker, lostAt: event.recordedAt, beat }];
  });
}

interface Beat {
  /** The counter moved after this look and before the next. */
  readonly after: number;
  readonly before: number;
}

/** When each worker's counter was seen to have moved, with both bounds of the instant. */
export function beatsOf(samples: readonly SampleRow[]): ReadonlyMap<string, readonly Beat[]> {
  const beats = new Map<string, Beat[]>();
  const known = new Map<string, { counter: number; at: number }>();
  for (const { at, leases } of samples)
    for (const { worker, counter } of leases) {
      const last = known.get(worker);
      if (last !== undefined && last.counter !== counter)
        beats.set(worker, [...(beats.get(worker) ?? []), { after: last.at, before: at }]);
      known.set(worker, { counter, at });
    }
  return beats;
}
