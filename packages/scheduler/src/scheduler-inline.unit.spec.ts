import type { ExecutionEvent } from "@wedsync/contracts/scheduler";
import type { InlineEvent, RowOperation } from "@wedsync/event-log";
import { executionCodec } from "./claim.js";
import { pendingRow } from "./pending-item.js";
import { schedulerInline } from "./scheduler-inline.js";
import * as facts from "./testing/execution-facts.js";
import { aWork, sealed, uuidOf } from "./testing/work.js";

const execution = uuidOf(1);
const stored = (category: string, type: string, data: object): InlineEvent => ({
  id: uuidOf(7),
  type,
  schemaVersion: 1,
  category,
  stream: execution,
  streamVersion: 3,
  data: data as InlineEvent["data"],
  meta: {
    source: "/test",
    time: 1_760_000_000_000,
    correlationId: "c-1",
    actor: "system:test",
    region: "eu",
    vendor: "lens-and-light",
  },
});
const fold = (event: ExecutionEvent) =>
  schedulerInline.fold(stored("execution", event.type, executionCodec.encode(event).data));
const gone = (table: string, key = execution): RowOperation => ({ op: "delete", table, key });
const pending = (held = false): RowOperation => ({
  op: "put",
  table: "pending",
  row: pendingRow({ execution, version: 3, held, work: aWork() }),
});
const attention = (kind: string, code: string): RowOperation => ({
  op: "put",
  table: "attention",
  row: { execution, kind, vendor: "lens-and-light", code, since: 1_760_000_000_000 },
});
const work = aWork();

describe("rows that the next append sees", () => {
  it("SCH-4: work that waits is one row, at the version that its claim expects", () => {
    expect(fold(facts.requested())).toEqual([pending()]);
    expect(fold({ type: "ExecutionRescheduled", data: { work, cause: "wedding_moved" } })).toEqual([pending()]);
    expect(fold({ type: "ExecutionRetryScheduled", data: { work, delayMs: 5, reason: { code: "backoff" } } })).toEqual([
      pending(),
    ]);
    expect(fold(facts.held)).toEqual([pending(true), attention("held", "late")]);
    expect(fold({ type: "ExecutionReleased", data: { work } })).toEqual([pending(), gone("attention")]);
    expect(fold({ type: "RedriveApproved", data: { work } })).toEqual([pending(), gone("attention")]);
  });

  it("SCH-7: an attempt is open from its start to its end", () => {
    const open = { execution, attempt: 1, worker: facts.worker, handover: facts.handover };
    expect(fold(facts.started(1))).toEqual([
      gone("pending"),
      { op: "put", table: "open_attempt", row: { ...open, provider: null } },
    ]);
    expect(fold(facts.begun(1))).toEqual([{ op: "put", table: "open_attempt", row: { ...open, provider: "smtp" } }]);
    for (const event of [facts.succeeded(1), facts.failed(1), facts.lost(1, true)])
      expect(fold(event)).toEqual([gone("open_attempt")]);
  });

  it("SCH-5 SCH-7: what needs a person is listed until somebody decided", () => {
    expect(fold(facts.uncertain(1))).toEqual([gone("open_attempt"), attention("uncertain", "worker_lost_mid_effect")]);
    expect(fold(facts.dead)).toEqual([attention("dead", "rejected")]);
    const settled = (outcome: "delivered" | "not-delivered" | "retry", more: object = {}): ExecutionEvent => ({
      type: "ExecutionUncertaintySettled",
      data: { outcome, evidence: sealed, ...more },
    });
    expect(fold(settled("delivered"))).toEqual([gone("attention")]);
    expect(fold(settled("not-delivered"))).toEqual([attention("dead", "not_delivered")]);
    expect(fold(settled("retry", { work }))).toEqual([pending(), gone("attention")]);
    expect(fold(settled("retry"))).toEqual([gone("attention")]);
  });

  it("what will not run leaves nothing behind, and notes change nothing", () => {
    expect(fold(facts.cancelled())).toEqual([gone("pending"), gone("attention")]);
    expect(fold({ type: "ExecutionSkipped", data: { reason: { code: "expired" }, at: 5 } })).toEqual([gone("pending")]);
    expect(fold(facts.cancelRequested)).toEqual([]);
    expect(fold({ type: "LateOutcomeReported", data: { attempt: 1, provider: "smtp", outcome: "accepted" } })).toEqual(
      [],
    );
  });

  it("SCENARIOS 4: a wedding's guard follows its schedule and says when it was cancelled", () => {
    const schedule = { date: "2026-06-20", endDate: "2026-06-20", zone: "Europe/London" };
    const details = { market: "uk", sealed, detailsDigest: "a" };
    const guard = (value: string): RowOperation => ({
      op: "put",
      table: "guard",
      row: { key: `wedding:${execution}`, value },
    });
    const ofWedding = (type: string, data: object) => schedulerInline.fold(stored("wedding", type, data));
    expect(ofWedding("WeddingBooked", { weddingId: "w", ...schedule, scheduleVersion: 1, ...details })).toEqual([
      guard("1"),
    ]);
    expect(ofWedding("WeddingMoved", { ...schedule, scheduleVersion: 2 })).toEqual([guard("2")]);
    expect(ofWedding("WeddingCancelled", { scheduleVersion: 3 })).toEqual([guard("3/cancelled")]);
    expect(ofWedding("WeddingDetailsChanged", details)).toEqual([]);
    expect(ofWedding("JourneyApplied", { journeyId: "default", version: 1 })).toEqual([]);
  });

  it("SCH-10: a held scope is a guard while it is held", () => {
    const ofHold = (type: string, data: object) => schedulerInline.fold(stored("hold", type, data));
    expect(ofHold("ScopePaused", { scope: "vendor:lens", cause: "requested" })).toEqual([
      { op: "put", table: "guard", row: { key: "hold:vendor:lens", value: "requested" } },
    ]);
    expect(ofHold("ScopeResumed", { scope: "vendor:lens" })).toEqual([gone("guard", "hold:vendor:lens")]);
    expect(ofHold("ClockJumped", { observedMs: 1, expectedMs: 2, role: "dispatcher" })).toEqual([]);
  });
});
