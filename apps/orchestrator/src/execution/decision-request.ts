// One tick's decision as an append: every input of the choice, and the choice.
import { createCodec } from "@wedsync/contracts";
import { dispatchEvents, type DispatchEvent } from "@wedsync/contracts/scheduler";
import type { AppendRequest, LeaderToken } from "@wedsync/event-log";
import type { PendingItem, Tier } from "@wedsync/scheduler";
import type { Ids } from "../platform/ids.js";
import type { TickRecord } from "./due-work.js";

export interface Choice {
  readonly item: PendingItem;
  readonly tier: Tier;
  readonly reason: string;
  readonly handover: string;
  readonly worker: string;
  readonly remote: boolean;
}

export interface MadeDecision {
  readonly choices: readonly Choice[];
  readonly due: Partial<Record<Tier, number>>;
  readonly record: TickRecord;
  readonly leader: LeaderToken;
  readonly region: string;
  readonly ids: Ids;
}

const codec = createCodec(dispatchEvents);

export function decisionRequest({ choices, due, record, leader, region, ids }: MadeDecision): AppendRequest {
  const chosen = choices.map(({ item, tier, reason, handover, worker }) => ({
    execution: item.execution,
    attempt: item.work.attempts + 1,
    handover,
    tier,
    worker,
    reason,
  }));
  const event: DispatchEvent = { type: "DispatchDecided", data: { ...record, due, chosen } };
  const id = ids.event();
  return {
    class: choices.some((choice) => choice.tier === "critical") ? "critical" : "normal",
    meta: {
      source: "/orchestrator/dispatcher",
      time: record.now,
      correlationId: id,
      actor: "system:dispatcher",
      region,
    },
    // A stream of its own for each tick: nothing else ever appends to it, so ticks can overlap.
    streams: [
      { category: "dispatch", stream: ids.event(), expectedVersion: 0, events: [{ id, ...codec.encode(event) }] },
    ],
    leader,
  };
}
