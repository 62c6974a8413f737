// What a moved or cancelled wedding means for work that has not started: a process manager, one event an execution.
import { loadState } from "@wedsync/event-log";
import { changeExecution } from "./change-execution.js";
import { executionCodec } from "./claim.js";
import { executionDecider } from "./execution-decider.js";
import type { PendingItem } from "./pending-item.js";
import { moveWork } from "./plan-work.js";
import { timed, type CallMeta, type SchedulerOptions } from "./scheduler-options.js";
import type { TierDays } from "./tier.js";
import type { WeddingState } from "./wedding-decider.js";
import { loadWeddingStream, weddingFacts } from "./wedding-stream.js";

/**
 * Brings not-started work of a wedding in line with its present schedule, all items at the same time. Idempotent; may be
 * interrupted anywhere.
 */
export async function followWedding(
  options: SchedulerOptions,
  stream: string,
  items: readonly PendingItem[],
): Promise<void> {
  const loaded = await loadWeddingStream(options, stream);
  if (!loaded.ok) return;
  const { state } = loaded;
  await Promise.all(items.map(async (item) => await follow(options, state, item)));
}

async function follow(options: SchedulerOptions, state: WeddingState, item: PendingItem): Promise<void> {
  const { log, ids } = options;
  const call: CallMeta = { ...options.systemMeta, vendor: item.work.vendor, correlationId: item.execution };
  const change = async (command: Parameters<typeof changeExecution>[2]): Promise<void> =>
    void (await changeExecution({ log, newId: ids.event }, item.execution, command, timed(options, call)));
  if (state.status === "cancelled") return await change({ kind: "cancel", cause: "wedding_cancelled" });
  if (item.work.scheduleVersion >= state.scheduleVersion) return;
  const existing = await loadState(log, executionCodec, executionDecider, "execution", item.execution);
  if (!existing.ok || existing.state.work === undefined || existing.state.when === undefined) return;
  const { work, when, allowance } = existing.state;
  const days: TierDays = {
    ...options.tierDays(work.moduleType, work.definitionVersion),
    criticalUntilHour: options.criticalUntilHour,
  };
  const next = moveWork(work, when, weddingFacts(options, work.vendor, work.wedding, state), days, allowance);
  await change({ kind: "reschedule", work: next, cause: "wedding_moved" });
}
