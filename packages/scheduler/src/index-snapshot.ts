// The part of the pending index that a dispatcher takes into memory, as a pure function: the table's query and a replay
// must take the same part.
import { tiers, type Tier } from "@wedsync/contracts/scheduler";
import type { IndexLoad } from "./dispatch-view.js";
import type { PendingItem } from "./pending-item.js";
import { tierAt } from "./tier.js";

const earlier = (left: PendingItem, right: PendingItem): number => {
  if (left.work.deadline !== right.work.deadline) return left.work.deadline - right.work.deadline;
  return left.execution < right.execution ? -1 : 1;
};

/** What is due before `dueBefore` and not held: at most `perTier` of each tier at `now`, earliest deadline first. */
export function indexSnapshot(items: Iterable<PendingItem>, load: Omit<IndexLoad, "head">): readonly PendingItem[] {
  const byTier: Record<Tier, PendingItem[]> = { critical: [], high: [], normal: [], low: [] };
  for (const item of items) {
    if (item.held || item.work.dueAt > load.dueBefore) continue;
    byTier[tierAt(load.now, item.work.window, item.work.defaultTier).tier].push(item);
  }
  return tiers.flatMap((tier) => {
    const found = byTier[tier];
    return found.length <= load.perTier ? found : found.toSorted(earlier).slice(0, load.perTier);
  });
}
