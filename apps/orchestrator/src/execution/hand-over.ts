// The port between choosing and doing. The dispatcher chooses; a hand-over takes what was chosen to a worker. Direct
// hand-over (same process, or another one through the log) lives here; a queue such as BullMQ is another implementation
// and needs nothing of the scheduler.
import type { PendingItem } from "@wedsync/scheduler";

/** A worker as the dispatcher sees it. */
export interface WorkerSeat {
  /** Incarnation: a new one for each start of a worker. */
  readonly worker: string;
  readonly slots: number;
  readonly freeSlots: number;
  /** True when the worker claims for itself after reading the decision from the log. */
  readonly remote: boolean;
}

/** An execution that was claimed for a worker of this process: the start is on the log. */
export interface ClaimedExecution {
  readonly item: PendingItem;
  readonly attempt: number;
  readonly handover: string;
  readonly worker: string;
  readonly tier: string;
  /** Version of the stream after the claim. */
  readonly version: number;
  readonly startedAt: number;
}

export interface HandOver {
  /** Who can take how much now. */
  seats(): readonly WorkerSeat[];
  /** Takes a slot before the decision is appended, so that ticks can overlap. */
  reserve(worker: string): void;
  /** Gives the slot back: the claim was refused. */
  release(worker: string): void;
  /** Work whose claim succeeded. Never throws: what goes wrong in a worker ends as an outcome or a lost attempt. */
  run(claimed: readonly ClaimedExecution[]): void;
  /** Called whenever a slot became free. */
  onFree(listener: () => void): void;
}
