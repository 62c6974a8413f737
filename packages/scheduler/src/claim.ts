// A start as an append: the execution's version, the wedding's schedule and every scope that could be held must be as the
// dispatcher saw them, checked under the log's lock.
import { createCodec } from "@wedsync/contracts";
import { executionEvents } from "@wedsync/contracts/scheduler";
import type { AppendRequest, Guard, LeaderToken, Metadata } from "@wedsync/event-log";
import { executionDecider } from "./execution-decider.js";
import { executionStateOf } from "./execution-state.js";
import type { PendingItem } from "./pending-item.js";
import { holdGuardKey, scopesOf, weddingGuardKey, weddingGuardValue } from "./scopes.js";
import { tierAt } from "./tier.js";

export const executionCodec = createCodec(executionEvents);

export interface ClaimOptions {
  readonly handover: string;
  readonly worker: string;
  readonly now: number;
  readonly policyVersion: number;
  readonly timeZoneData: string;
  readonly leader?: LeaderToken;
  readonly newId: () => string;
  readonly meta: Omit<Metadata, "vendor" | "market" | "time">;
}

export interface Claim {
  readonly request: AppendRequest;
  /** False when the work came too late and the append skips or holds it instead. */
  readonly started: boolean;
}

/** What must hold for work to start, or to be accepted: its wedding is as known. */
export function weddingGuard(work: { readonly weddingStream: string; readonly scheduleVersion: number }): Guard {
  return { key: weddingGuardKey(work.weddingStream), value: weddingGuardValue(work.scheduleVersion, false) };
}

/** The claim of an item, or undefined when it cannot be claimed (held, or not due). */
export function claimOf(item: PendingItem, options: ClaimOptions): Claim | undefined {
  const { handover, worker, now, policyVersion, timeZoneData, leader, newId, meta } = options;
  const decision = executionDecider.decide(
    { kind: "start", handover, worker, now, policyVersion, timeZoneData },
    executionStateOf(item),
  );
  const [event] = decision.ok ? decision.events : [];
  if (event === undefined) return undefined;
  const { work } = item;
  const { tier } = tierAt(now, work.window, work.defaultTier);
  return {
    started: event.type === "ExecutionStarted",
    request: {
      class: tier === "critical" ? "critical" : "normal",
      meta: { ...meta, time: now, vendor: work.vendor, market: work.market },
      streams: [
        {
          category: "execution",
          stream: item.execution,
          expectedVersion: item.version,
          events: [{ id: newId(), ...executionCodec.encode(event) }],
        },
      ],
      guards: [
        weddingGuard(work),
        ...[...scopesOf(work), `tier:${tier}`].map((scope) => ({ key: holdGuardKey(scope), value: null })),
      ],
      ...(leader === undefined ? {} : { leader }),
    },
  };
}
