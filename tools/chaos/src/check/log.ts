// Invariants 1-8: the log itself.
import type { EventRow } from "../evidence/rows.js";
import { finding, type Finding } from "./finding.js";
import { type Case } from "./history.js";

/** Types that never stand alone: they are written together with one of these, in one append. */
const together: Readonly<Record<string, ReadonlySet<string>>> = {
  ExecutionFailed: new Set(["ExecutionRetryScheduled", "ExecutionDeadLettered", "ExecutionCancelled"]),
  ExecutionAttemptLost: new Set([
    "ExecutionRetryScheduled",
    "ExecutionDeadLettered",
    "ExecutionCancelled",
    "ExecutionUncertain",
  ]),
};

export function checkLog(found: Case): readonly Finding[] {
  const { events } = found;
  const sorted = events.toSorted((left, right) => left.position - right.position);
  const pairs = sorted.slice(1).map((event, index) => [sorted[index] as EventRow, event] as const);
  const streams = [...Map.groupBy(sorted, (event) => event.stream)];
  const head = sorted.at(-1)?.position ?? 0;
  return [
    finding(1, "positions are 1..n without a gap", gaps(sorted.map((event) => event.position))),
    finding(
      2,
      "versions of a stream are 1..n without a gap, in the order of positions",
      streams.flatMap(([stream, own]) => gaps(own.map((event) => event.version)).map((gap) => ({ stream, ...gap }))),
    ),
    finding(
      3,
      "recorded_at never decreases",
      pairs.flatMap(([before, event]) =>
        event.recordedAt < before.recordedAt ? [{ position: event.position, at: event.recordedAt }] : [],
      ),
    ),
    finding(4, "an event id occurs once", repeated(sorted.map((event) => event.eventId))),
    finding(
      5,
      "an append whose expected version is ahead of its stream is refused",
      found.appendAhead === "version_conflict" ? [] : [{ answer: found.appendAhead }],
    ),
    finding(6, "epochs of leaders never decrease: no deposed leader wrote", epochs(sorted)),
    finding(7, "the events of one append are all there, side by side", halves(sorted)),
    finding(
      8,
      "a tailing reader saw every position, in order, and the whole log",
      // The platform lives on while the evidence is collected: a plan written meanwhile may be seen as well.
      found.tail.length === 1 && found.tail[0]?.[0] === 1 && found.tail[0][1] >= head
        ? []
        : [{ head, seen: found.tail.slice(0, 5) }],
    ),
  ];
}

function gaps(numbers: readonly number[]): readonly { readonly expected: number; readonly found: number }[] {
  return numbers.flatMap((number, index) => (number === index + 1 ? [] : [{ expected: index + 1, found: number }]));
}

export function repeated(values: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}

function epochs(events: readonly EventRow[]): readonly unknown[] {
  let newest = 0;
  return events.flatMap(({ position, leaderEpoch }) => {
    if (leaderEpoch === null) return [];
    const before = newest;
    newest = Math.max(newest, leaderEpoch);
    return leaderEpoch < before ? [{ position, leaderEpoch, before }] : [];
  });
}

function halves(events: readonly EventRow[]): readonly unknown[] {
  return events.flatMap((event, index) => {
    const wanted = together[event.type];
    const next = events[index + 1];
    if (wanted === undefined) return [];
    const isWhole =
      next !== undefined &&
      next.stream === event.stream &&
      next.version === event.version + 1 &&
      next.recordedAt === event.recordedAt &&
      wanted.has(next.type);
    return isWhole ? [] : [{ position: event.position, type: event.type, next: next?.type }];
  });
}
