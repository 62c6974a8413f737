// A read model fed from the log: the port a store implements, and what a projection author writes.
import type { RecordedEvent } from "./envelope.js";

/** Where a projection is. Compared as a whole before each commit: two runners never both apply a batch. */
export interface Checkpoint {
  readonly epoch: number;
  readonly position: bigint;
  /** Raised by each rebuild; a runner of an older generation loses. */
  readonly generation: number;
}

/** A stream whose event could not be applied; later events of it wait until an operator has mended it. */
export interface ParkedStream {
  readonly stream: string;
  readonly position: bigint;
  readonly type: string;
  /** What failed; never a value of the event. */
  readonly reason: string;
}

/**
 * A read model in two halves. `fold` is pure and decides what an event means; only it can find an event to be poison.
 * `write` stores what was folded; its failures are the store's (away, full, in conflict) and are never blamed on an event.
 */
export interface Projection<Change, Transaction> {
  readonly name: string;
  /** Event types it reads; others only move the checkpoint. */
  readonly types: ReadonlySet<string>;
  /** The newest schema version it understands, by type; an event above it holds the projection (deploy readers first). */
  readonly knownVersions: Readonly<Record<string, number>>;
  /**
   * `park`: contributions are kept per stream, so one bad stream can wait while the rest goes on.
   * `stop`: totals across streams would be wrong, so the projection stops instead.
   */
  readonly onPoison: "park" | "stop";
  /** What the event changes; undefined for nothing. Throwing means poison. */
  fold(event: RecordedEvent): Change | undefined;
  /** Stores the changes of a batch, in order; there is at least one. Throwing rolls the batch back. */
  write(changes: readonly Change[], transaction: Transaction): Promise<void>;
}

export interface ProjectionStore<Transaction> {
  /** The stored checkpoint, or the start of generation 1 for an unknown name. */
  load(name: string): Promise<{ readonly checkpoint: Checkpoint; readonly parked: readonly ParkedStream[] }>;
  /**
   * Runs `work` and stores the new checkpoint and newly parked streams in one transaction, if the checkpoint is still `expected`.
   * `lost`: another runner was faster, nothing was written. An exception of `work` rolls everything back and is thrown on.
   */
  commit(
    name: string,
    expected: Checkpoint,
    next: Checkpoint,
    parked: readonly ParkedStream[],
    work: (transaction: Transaction) => Promise<void>,
  ): Promise<"committed" | "lost">;
}
