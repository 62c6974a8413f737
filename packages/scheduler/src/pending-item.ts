// One entry of the pending index, as an object and as a row of the table.
import type { Row } from "@wedsync/event-log";
import type { EffectClass, OnLate, Tier, Work } from "@wedsync/contracts/scheduler";

export interface PendingItem {
  readonly execution: string;
  /** Version of the execution's stream; the claim expects it. */
  readonly version: number;
  /** Waits for a person; never chosen. */
  readonly held: boolean;
  readonly work: Work;
}

export function pendingRow({ execution, version, held, work }: PendingItem): Row {
  return {
    execution,
    version,
    held,
    vendor: work.vendor,
    wedding: work.wedding,
    wedding_stream: work.weddingStream,
    module_type: work.moduleType,
    definition_version: work.definitionVersion,
    market: work.market,
    zone: work.zone,
    schedule_version: work.scheduleVersion,
    high_from: work.window.highFrom,
    critical_from: work.window.criticalFrom,
    critical_until: work.window.criticalUntil,
    default_tier: work.defaultTier,
    due_at: work.dueAt,
    deadline: work.deadline,
    expires_at: work.expiresAt,
    on_late: work.onLate,
    effect: work.effect,
    attempts: work.attempts,
    lost: work.lost,
  };
}

/** Back from a row; int8 columns may come as strings from a driver. */
export function rowToPendingItem(row: Row): PendingItem {
  return {
    execution: String(row["execution"]),
    version: Number(row["version"]),
    held: row["held"] === true,
    work: {
      vendor: String(row["vendor"]),
      wedding: String(row["wedding"]),
      weddingStream: String(row["wedding_stream"]),
      moduleType: String(row["module_type"]),
      definitionVersion: Number(row["definition_version"]),
      market: String(row["market"]),
      zone: String(row["zone"]),
      scheduleVersion: Number(row["schedule_version"]),
      window: {
        highFrom: Number(row["high_from"]),
        criticalFrom: Number(row["critical_from"]),
        criticalUntil: Number(row["critical_until"]),
      },
      defaultTier: String(row["default_tier"]) as Tier,
      dueAt: Number(row["due_at"]),
      deadline: Number(row["deadline"]),
      expiresAt: Number(row["expires_at"]),
      onLate: String(row["on_late"]) as OnLate,
      effect: String(row["effect"]) as EffectClass,
      attempts: Number(row["attempts"]),
      lost: Number(row["lost"]),
    },
  };
}
