// The rows that the next append must see: pending index, open attempts, what needs a person, guards. A pure, total fold of
// single events; the store executes the operations in the transaction of the event.
import { createCodec } from "@wedsync/contracts";
import {
  dispatchEvents,
  executionEvents,
  weddingEvents,
  type DispatchEvent,
  type ExecutionEvent,
  type WeddingEvent,
  type Work,
} from "@wedsync/contracts/scheduler";
import {
  guardTable,
  type InlineEvent,
  type InlineProjection,
  type InlineTable,
  type RowOperation,
} from "@wedsync/event-log";
import { pendingRow } from "./pending-item.js";
import { holdGuardKey, weddingGuardKey, weddingGuardValue } from "./scopes.js";

export const pendingTable: InlineTable = {
  name: "pending",
  key: "execution",
  columns: {
    execution: "uuid",
    version: "int4",
    held: "bool",
    vendor: "text",
    wedding: "text",
    wedding_stream: "uuid",
    module_type: "text",
    definition_version: "int4",
    market: "text",
    zone: "text",
    schedule_version: "int4",
    high_from: "int8",
    critical_from: "int8",
    critical_until: "int8",
    default_tier: "text",
    due_at: "int8",
    deadline: "int8",
    expires_at: "int8",
    on_late: "text",
    effect: "text",
    attempts: "int4",
    lost: "int4",
  },
  indexes: [
    { name: "pending_due", columns: ["due_at"] },
    { name: "pending_wedding", columns: ["wedding_stream"] },
  ],
};

export const openAttemptTable: InlineTable = {
  name: "open_attempt",
  key: "execution",
  columns: { execution: "uuid", attempt: "int4", worker: "uuid", handover: "uuid", provider: "text" },
};

export const attentionTable: InlineTable = {
  name: "attention",
  key: "execution",
  columns: { execution: "uuid", kind: "text", vendor: "text", code: "text", since: "int8" },
};

/** Category of the events that restore rows. */
export const indexCategory = "index";

const execution = createCodec(executionEvents);
const wedding = createCodec(weddingEvents);
const dispatch = createCodec(dispatchEvents);

export const schedulerInline: InlineProjection = {
  tables: [guardTable, pendingTable, openAttemptTable, attentionTable],
  fold: (event) => {
    switch (event.category) {
      case "execution":
        return foldDecoded(execution.decode(event), (decoded) => executionRows(event, decoded));
      case "wedding":
        return foldDecoded(wedding.decode(event), (decoded) => weddingRows(event.stream, decoded));
      case "hold":
        return foldDecoded(dispatch.decode(event), holdRows);
      case indexCategory:
        return foldDecoded(dispatch.decode(event), restoredRows);
      default:
        return [];
    }
  },
};

function foldDecoded<Event>(
  decoded: { readonly ok: true; readonly event: Event } | { readonly ok: false },
  rows: (event: Event) => readonly RowOperation[],
): readonly RowOperation[] {
  // An event this build cannot read changes nothing here; readers that must not miss it hold instead.
  return decoded.ok ? rows(decoded.event) : [];
}

const remove = (table: string, key: string): RowOperation => ({ op: "delete", table, key });

function pending(event: InlineEvent, work: Work, held = false): RowOperation {
  return {
    op: "put",
    table: "pending",
    row: pendingRow({ execution: event.stream, version: event.streamVersion, held, work }),
  };
}

function attention(event: InlineEvent, kind: "held" | "uncertain" | "dead", code: string): RowOperation {
  return {
    op: "put",
    table: "attention",
    row: { execution: event.stream, kind, vendor: event.meta.vendor ?? "", code, since: event.meta.time },
  };
}

function executionRows(event: InlineEvent, decoded: ExecutionEvent): readonly RowOperation[] {
  const { stream } = event;
  switch (decoded.type) {
    case "ExecutionRequested":
    case "ExecutionRescheduled":
    case "ExecutionRetryScheduled":
      return [pending(event, decoded.data.work)];
    case "ExecutionReleased":
    case "RedriveApproved":
      return [pending(event, decoded.data.work), remove("attention", stream)];
    case "ExecutionHeld":
      return [pending(event, decoded.data.work, true), attention(event, "held", decoded.data.reason.code)];
    case "ExecutionStarted": {
      const { attempt, worker, handover } = decoded.data;
      return [
        remove("pending", stream),
        { op: "put", table: "open_attempt", row: { execution: stream, attempt, worker, handover, provider: null } },
      ];
    }
    case "ExecutionEffectBegun": {
      const { attempt, worker, handover, provider } = decoded.data;
      return [{ op: "put", table: "open_attempt", row: { execution: stream, attempt, worker, handover, provider } }];
    }
    case "ExecutionSucceeded":
    case "ExecutionFailed":
    case "ExecutionAttemptLost":
      return [remove("open_attempt", stream)];
    case "ExecutionUncertain":
      return [remove("open_attempt", stream), attention(event, "uncertain", decoded.data.reason.code)];
    case "ExecutionDeadLettered":
      return [attention(event, "dead", decoded.data.reason.code)];
    case "ExecutionUncertaintySettled":
      return settledRows(event, decoded);
    case "ExecutionSkipped":
      return [remove("pending", stream)];
    case "ExecutionCancelled":
      return [remove("pending", stream), remove("attention", stream)];
    case "CancelRequested":
    case "LateOutcomeReported":
      return [];
  }
}

function settledRows(
  event: InlineEvent,
  { data }: Extract<ExecutionEvent, { readonly type: "ExecutionUncertaintySettled" }>,
): readonly RowOperation[] {
  if (data.outcome === "not-delivered") return [attention(event, "dead", "not_delivered")];
  const cleared = remove("attention", event.stream);
  return data.outcome === "retry" && data.work !== undefined ? [pending(event, data.work), cleared] : [cleared];
}

function weddingRows(stream: string, event: WeddingEvent): readonly RowOperation[] {
  if (!("scheduleVersion" in event.data)) return [];
  const value = weddingGuardValue(event.data.scheduleVersion, event.type === "WeddingCancelled");
  return [{ op: "put", table: "guard", row: { key: weddingGuardKey(stream), value } }];
}

function holdRows(event: DispatchEvent): readonly RowOperation[] {
  if (event.type === "ScopePaused") {
    return [{ op: "put", table: "guard", row: { key: holdGuardKey(event.data.scope), value: event.data.cause } }];
  }
  return event.type === "ScopeResumed" ? [remove("guard", holdGuardKey(event.data.scope))] : [];
}

function restoredRows(event: DispatchEvent): readonly RowOperation[] {
  if (event.type !== "IndexRowRestored") return [];
  const { table, key, row } = event.data;
  return [row === null ? remove(table, key) : { op: "put", table, row }];
}
