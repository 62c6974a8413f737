// What may start next, in memory: ring 1 of the scheduler. Items become due and rise in tier as time passes; a batch takes
// them tier by tier, fair between vendors, earliest deadline first, with a share for the lowest tier.
import { tiers, type DispatchPolicy, type Reason, type Tier } from "@wedsync/contracts/scheduler";
import { BinaryHeap } from "./binary-heap.js";
import type { PendingItem } from "./pending-item.js";
import { tierAt } from "./tier.js";
import { VendorQueues, type QueueEntry } from "./vendor-queues.js";

export interface BatchRequest {
  /** The log's time, epoch milliseconds, read once a tick. */
  readonly now: number;
  /** Slots that any work may take, 0 or more. */
  readonly credits: number;
  /** Further slots that only critical work may take. */
  readonly criticalCredits?: number;
  readonly policy: DispatchPolicy;
  /** May this item not start now because a scope that contains it is held? */
  readonly isPaused?: (item: PendingItem, tier: Tier) => boolean;
}

export interface ChosenItem {
  readonly item: PendingItem;
  readonly tier: Tier;
  readonly reason: Reason;
}

export interface Batch {
  readonly chosen: readonly ChosenItem[];
  /** Candidates that were due before choosing, by tier; those of a held scope count, for they wait all the same. */
  readonly due: Partial<Record<Tier, number>>;
  /** When the next item becomes due, epoch milliseconds; null when none is known. */
  readonly wakeAt: number | null;
}

interface Entry extends QueueEntry {
  place: "later" | "queued" | "parked";
  tier: Tier;
}

interface Timed {
  readonly at: number;
  readonly entry: Entry;
  readonly stamp: number;
}

export class PendingIndex {
  readonly #entries = new Map<string, Entry>();
  readonly #later = new BinaryHeap<Timed>((left, right) => left.at < right.at);
  readonly #rising = new BinaryHeap<Timed>((left, right) => left.at < right.at);
  readonly #queues: Readonly<Record<Tier, VendorQueues>> = {
    critical: new VendorQueues(),
    high: new VendorQueues(),
    normal: new VendorQueues(),
    low: new VendorQueues(),
  };
  readonly #due: Record<Tier, number> = { critical: 0, high: 0, normal: 0, low: 0 };
  readonly #parked = new Set<Entry>();
  /** What the lowest tier is still owed, in starts. */
  #lowOwed = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** The item of an execution, when it is here. */
  get(execution: string): PendingItem | undefined {
    return this.#entries.get(execution)?.item;
  }

  /** Executions that are here, in no particular order; may be removed while they are listed. */
  executions(): Iterable<string> {
    return this.#entries.keys();
  }

  /** Adds an item or replaces the one of the same execution. A held item is known to wait for a person and is left out. */
  put(item: PendingItem): void {
    this.remove(item.execution);
    if (item.held) return;
    const entry: Entry = { item, stamp: 0, place: "later", tier: item.work.defaultTier };
    this.#entries.set(item.execution, entry);
    this.#later.push({ at: item.work.dueAt, entry, stamp: 0 });
  }

  /** True when the item was there. */
  remove(execution: string): boolean {
    const entry = this.#entries.get(execution);
    if (entry === undefined) return false;
    this.#entries.delete(execution);
    this.#leave(entry);
    return true;
  }

  /** Looks again at items that were found paused: a hold was released. */
  unpark(): void {
    for (const entry of this.#parked) {
      this.#due[entry.tier] -= 1;
      entry.stamp += 1;
      entry.place = "later";
      this.#later.push({ at: entry.item.work.dueAt, entry, stamp: entry.stamp });
    }
    this.#parked.clear();
  }

  /**
   * Chooses and removes what shall start now. Cost grows with what is chosen and what became due, not with what waits.
   *
   * The answer depends on the items, the holds, the request and earlier batches that chose something; not on the order in
   * which items were put, nor on batches that chose nothing. So a replay needs the recorded batches alone.
   */
  nextBatch(request: BatchRequest): Batch {
    const { now, policy, isPaused = () => false } = request;
    this.#advance(now);
    const due = Object.fromEntries(tiers.filter((tier) => this.#due[tier] > 0).map((tier) => [tier, this.#due[tier]]));
    const chosen: ChosenItem[] = [];
    // Own properties only: a vendor may be called `constructor`.
    const weightOf = (vendor: string): number =>
      Object.hasOwn(policy.vendorWeights, vendor) ? (policy.vendorWeights[vendor] ?? 1) : 1;
    const take = (tier: Tier, count: number, code: string): number => {
      let taken = 0;
      while (taken < count) {
        const entry = this.#queues[tier].take(
          weightOf,
          (item) => isPaused(item, tier),
          (paused) => this.#park(paused as Entry),
        );
        if (entry === undefined) break;
        this.#entries.delete(entry.item.execution);
        this.#leave(entry as Entry);
        chosen.push({ item: entry.item, tier, reason: { code } });
        taken += 1;
      }
      return taken;
    };
    take("critical", request.criticalCredits ?? 0, "critical_reserve");
    let credits = request.credits;
    // The lowest tier is paid what it is owed before the rest is shared out, and never out of the critical reserve.
    let lowOwed = 0;
    if (this.#due.low > 0) {
      lowOwed = this.#lowOwed + credits * policy.lowGuarantee;
      const payable = Math.min(credits, Math.floor(lowOwed));
      const paid = take("low", payable, "low_guarantee");
      // All of it is held: nothing is owed for a time when it could not have started.
      lowOwed = paid < payable ? 0 : lowOwed - paid;
      credits -= paid;
    }
    credits -= take("critical", credits, "critical_first");
    credits -= take("high", credits, "tier_order");
    credits -= take("normal", credits, "tier_order");
    const low = take("low", credits, "tier_order");
    if (chosen.length > 0) this.#lowOwed = Math.max(0, lowOwed - low);
    return { chosen, due, wakeAt: this.#nextDue() };
  }

  /** Moves what became due into its queue, and what rose or fell into another. */
  #advance(now: number): void {
    for (let next = this.#later.peek(); next !== undefined && next.at <= now; next = this.#later.peek()) {
      this.#later.pop();
      if (next.entry.stamp === next.stamp) this.#queue(next.entry, now);
    }
    for (let next = this.#rising.peek(); next !== undefined && next.at <= now; next = this.#rising.peek()) {
      this.#rising.pop();
      if (next.entry.stamp !== next.stamp) continue;
      this.#leave(next.entry);
      this.#queue(next.entry, now);
    }
  }

  #queue(entry: Entry, now: number): void {
    const { work } = entry.item;
    const { tier, changesAt } = tierAt(now, work.window, work.defaultTier);
    entry.stamp += 1;
    entry.tier = tier;
    entry.place = "queued";
    this.#due[tier] += 1;
    this.#queues[tier].add(entry);
    if (changesAt !== null) this.#rising.push({ at: changesAt, entry, stamp: entry.stamp });
  }

  #park(entry: Entry): void {
    entry.place = "parked";
    this.#parked.add(entry);
  }

  #leave(entry: Entry): void {
    if (entry.place !== "later") this.#due[entry.tier] -= 1;
    this.#parked.delete(entry);
    entry.place = "later";
    entry.stamp += 1;
  }

  #nextDue(): number | null {
    for (let next = this.#later.peek(); next !== undefined; next = this.#later.peek()) {
      if (next.entry.stamp === next.stamp) return next.at;
      this.#later.pop();
    }
    return null;
  }
}

/** An empty index. */
export function createPendingIndex(): PendingIndex {
  return new PendingIndex();
}
