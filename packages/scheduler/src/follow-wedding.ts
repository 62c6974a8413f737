// What a moved or cancelled wedding means for work that has not started: a process manager, one event an execution.
import { loadState } from "@wedsync/event-log";
import { changeExecution } from "./change-execution.js";
import { executionCodec } from "./claim.js";
import { executionDecider } from "./execution-decider.js";
import type { PendingItem } from "./pending-item.js";
import { moveWork } from "./plan-work.js";
import { timed, type CallMeta, type SchedulerOptions } from "./scheduler-options.js";
import type { TierDays } from "./tier.js";
import { loadWeddingStream, weddingFacts } from "./wedding-stream.js";

/** Brings not-started work of a wedding in line with its present schedule. Idempotent; may be interrupted anywhere. */
export async function followWedding(
  options: SchedulerOptions,
  stream: string,
  items: readonly PendingItem[],
): Promise<void> {
  const { log, ids } = options;
  const loaded = await loadWeddingStream(options, stream);
  if (!loaded.ok) return;
  const { state } = loaded;
  for (const item of items) {
    const call: CallMeta = { ...options.systemMeta, vendor: item.work.vendor, correlationId: item.execution };
    const change = async (command: Parameters<typeof changeExecution>[2]) =>
      await changeExecution({ log, newId: ids.event }, item.execution, command, timed(options, call));
    if (state.status === "cancelled") {
      await change({ kind: "cancel", cause: "wedding_cancelled" });
      continue;
    }
    if (item.work.scheduleVersion >= state.scheduleVersion) continue;
    const existing = await loadState(log, executionCodec, executionDecider, "execution", item.execution);
    if (!existing.ok || existing.state.work === undefined || existing.state.when === undefined) continue;
    const { work, when, allowance } = existing.state;
    const days: TierDays = {
      ...options.tierDays(work.moduleType, work.definitionVersion),
      criticalUntilHour: options.criticalUntilHour,
    };
    const next = moveWork(work, when, weddingFacts(options, work.vendor, work.wedding, state), days, allowance);
    await change({ kind: "reschedule", work: next, cause: "wedding_moved" });
  }
}
