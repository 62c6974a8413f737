// The log seen as histories of single executions, which is what most statements are about.
import type { Work } from "@wedsync/scheduler";
import type { EventRow, Evidence } from "../evidence/rows.js";
import { onceALog } from "./once-a-log.js";

export interface Attempt {
  readonly number: number;
  readonly worker: string;
  readonly started: EventRow;
  /** The event that closed it. */
  readonly ended: EventRow | undefined;
}

export interface History {
  readonly execution: string;
  /** In the order of their versions. */
  readonly events: readonly EventRow[];
  readonly attempts: readonly Attempt[];
}

export const started = "ExecutionStarted";
const attemptEnds = new Set(["ExecutionSucceeded", "ExecutionFailed", "ExecutionAttemptLost", "ExecutionUncertain"]);

export const dataNumber = (event: EventRow, name: string): number => Number(event.data[name]);
export const dataText = (event: EventRow, name: string): string => String(event.data[name] ?? "");
/** The work an event puts into the index, if it does. */
export const workOf = (event: EventRow): Work | undefined => event.data["work"] as Work | undefined;

export const historiesOf = onceALog((events): ReadonlyMap<string, History> => {
  const streams = new Map<string, EventRow[]>();
  for (const event of events) {
    if (event.category !== "execution") continue;
    const known = streams.get(event.stream);
    if (known === undefined) streams.set(event.stream, [event]);
    else known.push(event);
  }
  return new Map(
    [...streams].map(([execution, unsorted]) => {
      const sorted = unsorted.toSorted((left, right) => left.version - right.version);
      return [execution, { execution, events: sorted, attempts: attemptsOf(sorted) }];
    }),
  );
});

function attemptsOf(events: readonly EventRow[]): readonly Attempt[] {
  return events.flatMap((event, index) => {
    if (event.type !== started) return [];
    const number = dataNumber(event, "attempt");
    const ended = events
      .slice(index + 1)
      .find((later) => attemptEnds.has(later.type) && dataNumber(later, "attempt") === number);
    return [{ number, worker: dataText(event, "worker"), started: event, ended }];
  });
}

/** The newest work before an event of the same stream: what was known when it was written. */
export function workBefore({ events }: History, event: EventRow): Work | undefined {
  let work: Work | undefined;
  for (const earlier of events) {
    if (earlier === event) break;
    work = workOf(earlier) ?? work;
  }
  return work;
}

export function workAtEnd({ events }: History): Work | undefined {
  return events.map(workOf).findLast((work) => work !== undefined);
}

/** Evidence with its histories, made once for all checks. */
export interface Case extends Evidence {
  readonly histories: ReadonlyMap<string, History>;
  readonly effectsOf: ReadonlyMap<string, Evidence["effects"]>;
}

export function openCase(evidence: Evidence): Case {
  return {
    ...evidence,
    histories: historiesOf(evidence.events),
    effectsOf: Map.groupBy(evidence.effects, (effect) => effect.execution),
  };
}
