// Made-up lives of executions: every order of events that the scheduler's decider can write, and some that it never would.
import type { ExecutionEvent } from "@wedsync/contracts/scheduler";
import type { RecordedEvent } from "@wedsync/event-log";
import * as fc from "fast-check";
import { dayMs, happened, stored, streamOf, workOf, yearStart } from "./sample-events.js";

type Step = (dueAt: number, vendor: string) => ExecutionEvent;

const steps: readonly Step[] = [
  (dueAt, vendor) => happened.rescheduled(workOf(vendor, "w", { dueAt })),
  (dueAt, vendor) => happened.held(workOf(vendor, "w", { dueAt })),
  (dueAt, vendor) => happened.released(workOf(vendor, "w", { dueAt })),
  (dueAt, vendor) => happened.started(workOf(vendor, "w", { dueAt })),
  (dueAt, vendor) => happened.retry(workOf(vendor, "w", { dueAt })),
  (dueAt, vendor) => happened.redriven(workOf(vendor, "w", { dueAt })),
  (dueAt, vendor) => happened.settled("retry", workOf(vendor, "w", { dueAt })),
  (dueAt, vendor) => happened.settled("delivered", workOf(vendor, "w", { dueAt })),
  (dueAt, vendor) => happened.settled("not-delivered", workOf(vendor, "w", { dueAt })),
  happened.skipped,
  happened.effectBegun,
  happened.succeeded,
  happened.failed,
  happened.lost,
  happened.uncertain,
  happened.dead,
  happened.cancelRequested,
  happened.cancelled,
  happened.late,
];

/** Histories of some executions, each in the order of its stream. */
export const histories: fc.Arbitrary<readonly (readonly ExecutionEvent[])[]> = fc.array(
  fc
    .tuple(
      fc.constantFrom("lens", "rose"),
      fc.integer({ min: 0, max: 400 }),
      fc.array(fc.tuple(fc.nat({ max: steps.length - 1 }), fc.integer({ min: 0, max: 400 })), { maxLength: 12 }),
    )
    .map(([vendor, day, rest]) => [
      happened.requested(workOf(vendor, "w", { dueAt: yearStart + day * dayMs })),
      ...rest.flatMap(([index, at]) => steps[index]?.(yearStart + at * dayMs, vendor) ?? []),
    ]),
  { minLength: 1, maxLength: 5 },
);

/** As the log records a history: stream versions from 1; positions are given when streams are interleaved. */
export const recorded = (history: readonly ExecutionEvent[], index: number): readonly RecordedEvent[] =>
  history.map((event, at) => ({
    ...stored(event),
    category: "execution",
    stream: streamOf("history", String(index)),
    streamVersion: at + 1,
    position: 0n,
    epoch: 1,
    recordedAt: yearStart,
    meta: { source: "/tests", time: yearStart, correlationId: "c", actor: "system:tests", region: "local" },
  }));

/** Streams woven together by a list of picks; the order within each stream stays. */
export function interleaved<Item>(streams: readonly (readonly Item[])[], picks: readonly number[]): readonly Item[] {
  const rest = streams.map((stream) => [...stream]);
  const out: Item[] = [];
  for (let at = 0; rest.some((stream) => stream.length > 0); at += 1) {
    const open = rest.filter((stream) => stream.length > 0);
    const next = open[(picks[at % Math.max(1, picks.length)] ?? 0) % open.length]?.shift();
    if (next !== undefined) out.push(next);
  }
  return out;
}
