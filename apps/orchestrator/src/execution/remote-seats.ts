// Workers in other processes, as the dispatcher sees them: who they are from their lease rows, how busy from the log. A
// decision that a worker does not answer within a term is void, and its work is chosen again; the claim's version check
// makes a late answer harmless.
import { createCodec } from "@wedsync/contracts";
import { executionEvents } from "@wedsync/contracts/scheduler";
import type { IndexReader, WorkerLeases, WorkerRow } from "@wedsync/adapter-postgres";
import type { RecordedEvent } from "@wedsync/event-log";
import type { PendingItem } from "@wedsync/scheduler";
import type { WorkerSeat } from "./hand-over.js";

interface Outstanding {
  readonly worker: string;
  readonly item: PendingItem;
  readonly since: number;
}

const codec = createCodec(executionEvents);
const ends = new Set(["ExecutionSucceeded", "ExecutionFailed", "ExecutionAttemptLost", "ExecutionUncertain"]);

export class RemoteSeats {
  readonly #leases: WorkerLeases;
  readonly #index: Pick<IndexReader, "openAttempts">;
  #rows: readonly WorkerRow[] = [];
  /** Decided, not yet claimed; by execution. */
  readonly #outstanding = new Map<string, Outstanding>();
  /** Claimed and running; worker by execution. */
  readonly #running = new Map<string, string>();

  constructor(leases: WorkerLeases, index: Pick<IndexReader, "openAttempts">) {
    this.#leases = leases;
    this.#index = index;
  }

  /** What runs already, for a leader that takes over. */
  async load(): Promise<void> {
    this.#outstanding.clear();
    this.#running.clear();
    for (const { execution, worker } of await this.#index.openAttempts()) this.#running.set(execution, worker);
    await this.refresh();
  }

  /** Reads who is there. */
  async refresh(): Promise<void> {
    this.#rows = (await this.#leases.list()).filter((row) => row.remote);
  }

  seats(): readonly WorkerSeat[] {
    if (this.#rows.length === 0) return [];
    const busy = new Map<string, number>();
    const count = (worker: string): void => void busy.set(worker, (busy.get(worker) ?? 0) + 1);
    for (const { worker } of this.#outstanding.values()) count(worker);
    for (const worker of this.#running.values()) count(worker);
    return this.#rows.map(({ incarnation, slots }) => ({
      worker: incarnation,
      slots,
      freeSlots: slots - (busy.get(incarnation) ?? 0),
      remote: true,
    }));
  }

  decided(item: PendingItem, worker: string, monotonicMs: number): void {
    this.#outstanding.set(item.execution, { worker, item, since: monotonicMs });
  }

  /** Follows the log. True when a slot became free. */
  see(events: readonly RecordedEvent[]): boolean {
    let freed = false;
    for (const event of events) {
      if (event.category !== "execution") continue;
      if (event.type === "ExecutionStarted") {
        const decoded = codec.decode(event);
        if (this.#outstanding.delete(event.stream)) freed = true;
        if (decoded.ok && decoded.event.type === "ExecutionStarted")
          this.#running.set(event.stream, decoded.event.data.worker);
      } else if (ends.has(event.type)) freed = this.#running.delete(event.stream) || freed;
    }
    return freed;
  }

  /** Items whose worker has not claimed them within the term, or is gone. */
  takeVoid(termMs: number, monotonicMs: number): readonly PendingItem[] {
    const present = new Set(this.#rows.map((row) => row.incarnation));
    const voided: PendingItem[] = [];
    for (const [execution, { worker, item, since }] of this.#outstanding) {
      if (monotonicMs - since < termMs && present.has(worker)) continue;
      this.#outstanding.delete(execution);
      voided.push(item);
    }
    return voided;
  }
}
