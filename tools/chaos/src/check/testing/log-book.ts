// A log written by hand, event by event, with everything that a fold or a replay of it needs.
import { createHash } from "node:crypto";
import { tierAt } from "@wedsync/scheduler";
import { moduleTypeOf, type EffectKind, type EventRow } from "../../evidence/rows.js";

export const began = Date.parse("2026-03-02T10:00:00Z");
export const dayMs = 86_400_000;
/** A UUID for each name. */
export const idOf = (name: string): string => {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
export const wedding = idOf("wedding");
export const window = {
  highFrom: began + 100 * dayMs,
  criticalFrom: began + 106 * dayMs,
  criticalUntil: began + 108 * dayMs,
};

/** Nobody opens it here. */
export const sealed = { key: idOf("key"), iv: "aaaaaaaaaaaaaaaa", tag: "aaaaaaaaaaaaaaaaaaaaaa==", body: "aaaa" };

export const workOf = (kind: EffectKind, more: object = {}) => ({
  vendor: "lens",
  wedding: "w",
  weddingStream: wedding,
  moduleType: moduleTypeOf(kind),
  definitionVersion: 1,
  market: "europe",
  zone: "Europe/London",
  scheduleVersion: 1,
  window,
  defaultTier: "normal",
  dueAt: began,
  deadline: began + dayMs,
  expiresAt: began + 2 * dayMs,
  onLate: "run",
  effect: kind,
  attempts: 0,
  lost: 0,
  ...more,
});

export class LogBook {
  readonly events: EventRow[] = [];
  readonly #versions = new Map<string, number>();

  get head(): number {
    return this.events.length;
  }

  /** Writes an event a second after the one before, or together with it. */
  write(category: string, stream: string, type: string, data: object, isTogether = false): EventRow {
    const version = (this.#versions.get(stream) ?? 0) + 1;
    this.#versions.set(stream, version);
    const position = this.head + 1;
    const recordedAt = isTogether ? (this.events.at(-1)?.recordedAt ?? began) : began + position * 1_000;
    const meta = {
      source: "/test",
      time: recordedAt,
      correlationId: idOf(`request ${position}`),
      actor: "system:test",
    };
    const event: EventRow = {
      position,
      stream,
      version,
      category,
      type,
      schemaVersion: 1,
      eventId: idOf(`event ${position}`),
      leaderEpoch: type === "DispatchDecided" ? 1 : null,
      recordedAt,
      meta: { ...meta, region: "local", vendor: "lens", market: "europe" },
      data: data as EventRow["data"],
    };
    this.events.push(event);
    return event;
  }
}

export interface Chosen {
  readonly execution: string;
  readonly attempt: number;
  readonly worker: string;
  readonly handover: string;
}

/** One tick that chose these, all of what was due, and their starts. */
export function startAll(log: LogBook, tick: number, chosen: readonly Chosen[]): void {
  const now = began + (log.head + 1) * 1_000;
  const asOf = String(log.head);
  const load = { head: asOf, now, dueBefore: now + 600_000, perTier: 100, givenBack: [] };
  log.write("dispatch", idOf(`tick ${tick}`), "DispatchDecided", {
    series: 1,
    tick,
    now,
    asOf,
    credits: 8,
    criticalCredits: 2,
    policyVersion: 1,
    ...(tick === 1 ? { load } : {}),
    givenBack: [],
    due: { normal: chosen.length },
    chosen: chosen.map((one) => ({ ...one, tier: "normal", reason: "tier_order" })),
  });
  for (const { execution, ...start } of chosen)
    log.write("execution", execution, "ExecutionStarted", {
      ...start,
      now,
      tier: "normal",
      reasons: tierAt(now, window, "normal").reasons,
      window,
      scheduleVersion: 1,
      policyVersion: 1,
      timeZoneData: "2026a",
    });
}
