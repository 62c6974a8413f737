// The dispatcher's view of what may start: the pending index in memory, kept by the same pure fold that keeps the table.
// It is filled from the table once, then follows the log; what is due later than the horizon stays in the table.
import type { EventReader, InlineEvent, RecordedEvent, RowOperation } from "@wedsync/event-log";
import {
  createPendingIndex,
  parseScope,
  rowToPendingItem,
  schedulerInline,
  scopesOf,
  type PendingIndex,
  type PendingItem,
} from "@wedsync/scheduler";
import type { IndexReader } from "@wedsync/adapter-postgres";

/** How far ahead work is kept in memory, and how much of each tier. */
export const horizonMs = 10 * 60_000;
export const perTier = 50_000;
const holdPrefix = "hold:";

export class DueWork {
  readonly #index: PendingIndex;
  readonly #reader: IndexReader;
  readonly #held = new Set<string>();
  #dueBefore = 0;
  #head = 0n;
  #refillNeeded = false;

  constructor(reader: IndexReader) {
    this.#reader = reader;
    this.#index = createPendingIndex();
  }

  get size(): number {
    return this.#index.size;
  }

  /** Position of the log this view has seen. */
  get asOf(): bigint {
    return this.#head;
  }

  get index(): PendingIndex {
    return this.#index;
  }

  isPaused(item: PendingItem): boolean {
    return this.#held.size > 0 && scopesOf(item.work).some((scope) => this.#held.has(scope));
  }

  isTierPaused(tier: string): boolean {
    return this.#held.has(`tier:${tier}`);
  }

  /** Takes everything due before the horizon from the table, in one snapshot with the log's head. */
  async load(now: number): Promise<void> {
    const dueBefore = now + horizonMs;
    const snapshot = await this.#reader.snapshot({ dueBefore, perTier, now });
    for (const row of snapshot.items) this.#index.put(rowToPendingItem(row));
    if (this.#head === 0n) this.#head = snapshot.head;
    this.#held.clear();
    for (const { key } of await this.#reader.guards(holdPrefix)) this.#held.add(key.slice(holdPrefix.length));
    this.#dueBefore = dueBefore;
    this.#refillNeeded = snapshot.more;
  }

  /** True when the horizon must be moved, or a tier that did not fit has been worked off. */
  needsRefill(now: number): boolean {
    return now + horizonMs / 2 > this.#dueBefore || (this.#refillNeeded && this.#index.size < perTier / 2);
  }

  /** Follows the log; yields after each batch that changed something. */
  async *follow(log: EventReader, signal: AbortSignal): AsyncGenerator<readonly RecordedEvent[]> {
    for await (const events of log.tail({ after: this.#head, signal })) {
      for (const event of events)
        for (const operation of schedulerInline.fold(event satisfies InlineEvent)) this.#apply(operation);
      this.#head = events.at(-1)?.position ?? this.#head;
      yield events;
    }
  }

  #apply(operation: RowOperation): void {
    if (operation.table === "pending") {
      if (operation.op === "delete") this.#index.remove(operation.key);
      else {
        const item = rowToPendingItem(operation.row);
        if (item.work.dueAt <= this.#dueBefore) this.#index.put(item);
        else this.#index.remove(item.execution);
      }
    } else if (operation.table === "guard") {
      const key = operation.op === "delete" ? operation.key : String(operation.row["key"]);
      if (!key.startsWith(holdPrefix) || parseScope(key.slice(holdPrefix.length)) === undefined) return;
      if (operation.op === "delete") {
        this.#held.delete(key.slice(holdPrefix.length));
        this.#index.unpark();
      } else this.#held.add(key.slice(holdPrefix.length));
    }
  }
}
