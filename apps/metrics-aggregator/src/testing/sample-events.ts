// Events as the orchestrator writes them, for tests of what is read from them.
import { createCodec } from "@wedsync/contracts";
import { executionEvents, weddingEvents, type ExecutionEvent, type Work } from "@wedsync/contracts/scheduler";
import type { AppendRequest, Metadata, NewEvent } from "@wedsync/event-log";
import { v5, v7 } from "uuid";

const codec = createCodec([...executionEvents, ...weddingEvents]);
const sealed = { key: v5("key", v5.URL), iv: "aXY=", tag: "dGFn", body: "Ym9keQ==" };

export const streamOf = (...names: readonly string[]): string => v5(names.join("/"), v5.URL);
export const dayMs = 86_400_000;
/** 2027-01-01T00:00:00Z. */
export const yearStart = 1_798_761_600_000;

export function workOf(vendor: string, wedding: string, more: Partial<Work> = {}): Work {
  const dueAt = more.dueAt ?? yearStart;
  return {
    vendor,
    wedding,
    weddingStream: streamOf("wedding", vendor, wedding),
    moduleType: "email",
    definitionVersion: 1,
    market: "europe",
    zone: "Europe/Berlin",
    scheduleVersion: 1,
    window: { highFrom: dueAt, criticalFrom: dueAt, criticalUntil: dueAt },
    defaultTier: "normal",
    dueAt,
    deadline: dueAt + dayMs,
    expiresAt: dueAt + 2 * dayMs,
    onLate: "run",
    effect: "plain",
    attempts: 0,
    lost: 0,
    ...more,
  };
}

const attempt = { attempt: 1, worker: streamOf("worker"), handover: streamOf("hand-over") };

/** One event of each kind, as data to build histories from. */
export const happened = {
  requested: (work: Work): ExecutionEvent => ({
    type: "ExecutionRequested",
    data: { work, when: { kind: "now" }, bodyDigest: "d", timeZoneData: "2026c", sealed },
  }),
  rescheduled: (work: Work): ExecutionEvent => ({
    type: "ExecutionRescheduled",
    data: { work, cause: "wedding_moved" },
  }),
  held: (work: Work): ExecutionEvent => ({ type: "ExecutionHeld", data: { work, reason: { code: "late" } } }),
  released: (work: Work): ExecutionEvent => ({ type: "ExecutionReleased", data: { work } }),
  skipped: (): ExecutionEvent => ({ type: "ExecutionSkipped", data: { reason: { code: "expired" }, at: yearStart } }),
  started: (work: Work): ExecutionEvent => ({
    type: "ExecutionStarted",
    data: {
      ...attempt,
      now: work.dueAt,
      tier: "normal",
      reasons: [],
      window: work.window,
      scheduleVersion: 1,
      policyVersion: 1,
      timeZoneData: "2026c",
    },
  }),
  effectBegun: (): ExecutionEvent => ({ type: "ExecutionEffectBegun", data: { ...attempt, provider: "smtp" } }),
  succeeded: (): ExecutionEvent => ({ type: "ExecutionSucceeded", data: { attempt: 1, provider: "smtp" } }),
  failed: (): ExecutionEvent => ({
    type: "ExecutionFailed",
    data: { attempt: 1, provider: "smtp", code: "mailbox_busy", retryable: true },
  }),
  retry: (work: Work): ExecutionEvent => ({
    type: "ExecutionRetryScheduled",
    data: { work, delayMs: 1_000, reason: { code: "backoff" } },
  }),
  lost: (): ExecutionEvent => ({
    type: "ExecutionAttemptLost",
    data: { attempt: 1, worker: attempt.worker, effectBegun: false },
  }),
  uncertain: (): ExecutionEvent => ({
    type: "ExecutionUncertain",
    data: { attempt: 1, provider: "smtp", reason: { code: "worker_lost_mid_effect" } },
  }),
  settled: (outcome: "delivered" | "not-delivered" | "retry", work: Work): ExecutionEvent => ({
    type: "ExecutionUncertaintySettled",
    data: { outcome, evidence: sealed, ...(outcome === "retry" ? { work } : {}) },
  }),
  dead: (): ExecutionEvent => ({
    type: "ExecutionDeadLettered",
    data: { attempts: 1, reason: { code: "retries_exhausted" } },
  }),
  redriven: (work: Work): ExecutionEvent => ({ type: "RedriveApproved", data: { work } }),
  cancelRequested: (): ExecutionEvent => ({ type: "CancelRequested", data: { cause: "requested" } }),
  cancelled: (): ExecutionEvent => ({ type: "ExecutionCancelled", data: { cause: "requested" } }),
  late: (): ExecutionEvent => ({
    type: "LateOutcomeReported",
    data: { attempt: 1, provider: "smtp", outcome: "accepted" },
  }),
} as const;

const meta = (vendor: string): Metadata => ({
  source: "/tests",
  time: yearStart,
  correlationId: v7(),
  actor: "system:tests",
  region: "local",
  vendor,
});

type AnyEvent = Parameters<typeof codec.encode>[0];

export const stored = (event: AnyEvent): NewEvent => ({ id: v7(), ...codec.encode(event) });

/** An append of execution events to the stream `execution`. */
export function executionAppend(
  execution: string,
  vendor: string,
  expectedVersion: number,
  events: readonly ExecutionEvent[],
): AppendRequest {
  return {
    class: "normal",
    meta: meta(vendor),
    streams: [{ category: "execution", stream: execution, expectedVersion, events: events.map(stored) }],
  };
}

/** A booking. */
export function weddingAppend(vendor: string, wedding: string, date: string): AppendRequest {
  const booked = stored({
    type: "WeddingBooked",
    data: {
      weddingId: wedding,
      date,
      endDate: date,
      zone: "Europe/Berlin",
      scheduleVersion: 1,
      market: "europe",
      sealed,
      detailsDigest: "d",
    },
  });
  return {
    class: "normal",
    meta: meta(vendor),
    streams: [
      { category: "wedding", stream: streamOf("wedding", vendor, wedding), expectedVersion: 0, events: [booked] },
    ],
  };
}
