// Tiers of which more waits in the table than fits into memory: more is taken before what is here has been worked off.
import { tierAt, type PendingItem, type Tier } from "@wedsync/scheduler";

export class CappedTiers {
  /** Choices that may still be made, by tier. */
  readonly #left = new Map<Tier, number>();

  /**
   * @param items what was taken from the table
   * @param now the instant that its tiers were computed for, epoch milliseconds
   * @param perTier how much of a tier is taken at most
   */
  constructor(items: readonly PendingItem[], now: number, perTier: number) {
    const counts = new Map<Tier, number>();
    for (const { work } of items) {
      const { tier } = tierAt(now, work.window, work.defaultTier);
      counts.set(tier, (counts.get(tier) ?? 0) + 1);
    }
    for (const [tier, count] of counts) if (count >= perTier) this.#left.set(tier, perTier / 2);
  }

  get isAny(): boolean {
    return this.#left.size > 0;
  }

  /** True when half of a tier has been chosen: it is time to take more. */
  get isWorkedOff(): boolean {
    return [...this.#left.values()].some((left) => left <= 0);
  }

  chosen(tier: Tier): void {
    const left = this.#left.get(tier);
    if (left !== undefined) this.#left.set(tier, left - 1);
  }
}
