// What is ahead of an execution that waits now.
import type { LogSnapshot } from "@wedsync/adapter-postgres/log-snapshot";
import type { Work } from "@wedsync/contracts/scheduler";
import { pendingTable, rowToPendingItem, tierAt, tierRank, type Tier } from "@wedsync/scheduler";
import type { QueueFacts } from "./facts.js";

/** Counts more urgent work that is due, and work of the same vendor and tier that goes first. */
export async function queueOf(snapshot: LogSnapshot, execution: string, work: Work): Promise<QueueFacts> {
  const { now } = snapshot;
  const own = tierAt(now, work.window, work.defaultTier).tier;
  const ahead: Partial<Record<Tier, number>> = {};
  let sameVendorEarlier = 0;
  for await (const rows of snapshot.rows(pendingTable)) {
    for (const item of rows.map(rowToPendingItem)) {
      if (item.held || item.work.dueAt > now || item.execution === execution) continue;
      const { tier } = tierAt(now, item.work.window, item.work.defaultTier);
      if (tierRank(tier) < tierRank(own)) ahead[tier] = (ahead[tier] ?? 0) + 1;
      else if (tier === own && item.work.vendor === work.vendor && item.work.deadline < work.deadline)
        sameVendorEarlier += 1;
    }
  }
  return { ahead, sameVendorEarlier };
}
