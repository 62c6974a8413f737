// Which waiting appends form the next commit group. Pure bookkeeping: classes in order, small groups, and no two
// operations that touch the same stream, row or guard, so that a group means the same as its members one at a time.
import { appendClasses, type AppendClass } from "@wedsync/event-log";
import type { AppendOperation } from "./append-operation.js";

/** One caller's operations that must share a group (usually one). */
export interface Bundle {
  readonly class: AppendClass;
  readonly operations: readonly AppendOperation[];
}

export const groupLimits = {
  /** Without this cap callers and database take turns (measured: 10.0k instead of 13.0k/s). */
  operations: 96,
  /** Below this a group costs more than it carries. */
  fewest: 16,
  bytes: 1024 * 1024,
  /** Events of bulk class in one group, so that a bulk import never delays critical work by more than this. */
  bulkEvents: 200,
} as const;

export class GroupQueue {
  readonly #waiting: Record<AppendClass, Bundle[]> = { critical: [], control: [], normal: [], bulk: [] };
  #size = 0;
  #operations = 0;

  get size(): number {
    return this.#size;
  }

  add(bundle: Bundle): void {
    this.#waiting[bundle.class].push(bundle);
    this.#size += 1;
    this.#operations += bundle.operations.length;
  }

  /** Operations that wait. */
  get operations(): number {
    return this.#operations;
  }

  /** The next group; empty when nothing waits. A first bundle is always taken, however large. @param most operations */
  take(most: number = groupLimits.operations): readonly Bundle[] {
    const group: Bundle[] = [];
    const written = new Set<string>();
    const blocked = new Set<string>();
    let operations = 0;
    let bytes = 0;
    let bulkEvents = 0;
    for (const name of appendClasses) {
      const queue = this.#waiting[name];
      const kept: Bundle[] = [];
      let index = 0;
      for (; index < queue.length; index += 1) {
        const bundle = queue[index];
        if (bundle === undefined) break;
        const size = sizeOf(bundle);
        const full =
          group.length > 0 &&
          (operations + bundle.operations.length > most ||
            bytes + size.bytes > groupLimits.bytes ||
            (name === "bulk" && bulkEvents + size.events > groupLimits.bulkEvents));
        if (full) break;
        if (meets(bundle, written) || meets(bundle, blocked)) {
          mark(bundle, blocked);
          kept.push(bundle);
          continue;
        }
        mark(bundle, written);
        group.push(bundle);
        operations += bundle.operations.length;
        bytes += size.bytes;
        if (name === "bulk") bulkEvents += size.events;
      }
      if (index > 0) this.#waiting[name] = kept.length === 0 ? queue.slice(index) : [...kept, ...queue.slice(index)];
    }
    this.#size -= group.length;
    this.#operations -= operations;
    return group;
  }
}

/**
 * Cuts one caller's operations into runs, in order, whose members do not touch each other: versions and guards are compared
 * with what is stored before the group, so an operation that builds on another one needs the next group.
 */
export function independentRuns(operations: readonly AppendOperation[]): readonly (readonly AppendOperation[])[] {
  const runs: AppendOperation[][] = [];
  let touched = new Set<string>();
  for (const operation of operations) {
    const single = { class: operation.request.class, operations: [operation] };
    const run = runs.at(-1);
    if (run === undefined || meets(single, touched)) {
      touched = new Set();
      runs.push([operation]);
    } else run.push(operation);
    mark(single, touched);
  }
  return runs;
}

function sizeOf(bundle: Bundle): { bytes: number; events: number } {
  let bytes = 0;
  let events = 0;
  for (const operation of bundle.operations) {
    bytes += operation.bytes;
    events += operation.eventCount;
  }
  return { bytes, events };
}

function meets(bundle: Bundle, touched: ReadonlySet<string>): boolean {
  if (touched.size === 0) return false;
  return bundle.operations.some(
    (operation) => operation.writes.some((key) => touched.has(key)) || operation.reads.some((key) => touched.has(key)),
  );
}

function mark(bundle: Bundle, touched: Set<string>): void {
  for (const operation of bundle.operations) for (const key of operation.writes) touched.add(key);
}
