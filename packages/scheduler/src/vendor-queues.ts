// The due work of one tier: weighted fair between vendors (start-time fair queueing: Goyal, Vin, Cheng, "Start-time Fair
// Queuing", SIGCOMM 1996), earliest deadline first inside a vendor. Removal is lazy: an entry whose stamp has moved on is
// skipped when it surfaces.
import { BinaryHeap } from "./binary-heap.js";
import type { PendingItem } from "./pending-item.js";

export interface QueueEntry {
  item: PendingItem;
  /** Raised whenever the entry leaves a queue or changes; older references are void. */
  stamp: number;
}

interface Reference {
  readonly entry: QueueEntry;
  readonly stamp: number;
  readonly deadline: number;
}

interface VendorQueue {
  readonly vendor: string;
  readonly heap: BinaryHeap<Reference>;
  virtualStart: number;
  active: boolean;
}

export class VendorQueues {
  readonly #vendors = new Map<string, VendorQueue>();
  readonly #active = new BinaryHeap<VendorQueue>((left, right) =>
    left.virtualStart === right.virtualStart ? left.vendor < right.vendor : left.virtualStart < right.virtualStart,
  );
  #virtualTime = 0;
  #purgeAt = 10_000;

  add(entry: QueueEntry): void {
    const { vendor, deadline } = entry.item.work;
    let queue = this.#vendors.get(vendor);
    if (queue === undefined) {
      if (this.#vendors.size >= this.#purgeAt) this.#purge();
      queue = {
        vendor,
        heap: new BinaryHeap((left, right) =>
          left.deadline === right.deadline
            ? left.entry.item.execution < right.entry.item.execution
            : left.deadline < right.deadline,
        ),
        virtualStart: this.#virtualTime,
        active: false,
      };
      this.#vendors.set(vendor, queue);
    }
    queue.heap.push({ entry, stamp: entry.stamp, deadline });
    if (!queue.active) {
      // A vendor that was idle starts with the others: it neither saves up nor is punished.
      queue.virtualStart = Math.max(queue.virtualStart, this.#virtualTime);
      queue.active = true;
      this.#active.push(queue);
    }
  }

  /**
   * Takes the next entry; undefined when none is left.
   * @param weightOf share of a vendor relative to others, above zero
   * @param onPaused gets entries that may not start now; they leave the queue
   */
  take(
    weightOf: (vendor: string) => number,
    isPaused: (item: PendingItem) => boolean,
    onPaused: (entry: QueueEntry) => void,
  ): QueueEntry | undefined {
    for (;;) {
      const queue = this.#active.pop();
      if (queue === undefined) return undefined;
      const entry = this.#nextOf(queue, isPaused, onPaused);
      if (entry === undefined) {
        queue.active = false;
        continue;
      }
      this.#virtualTime = queue.virtualStart;
      queue.virtualStart += 1 / weightOf(queue.vendor);
      if (queue.heap.size > 0) this.#active.push(queue);
      else queue.active = false;
      return entry;
    }
  }

  /** Forgets idle vendors whose turn lies behind: to start anew gives them nothing. */
  #purge(): void {
    for (const queue of this.#vendors.values()) {
      if (!queue.active && queue.virtualStart <= this.#virtualTime) this.#vendors.delete(queue.vendor);
    }
    this.#purgeAt = Math.max(10_000, this.#vendors.size * 2);
  }

  #nextOf(
    queue: VendorQueue,
    isPaused: (item: PendingItem) => boolean,
    onPaused: (entry: QueueEntry) => void,
  ): QueueEntry | undefined {
    for (;;) {
      const reference = queue.heap.pop();
      if (reference === undefined) return undefined;
      const { entry, stamp } = reference;
      if (entry.stamp !== stamp) continue;
      if (!isPaused(entry.item)) return entry;
      onPaused(entry);
    }
  }
}
