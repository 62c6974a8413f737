// The list of executions as a fold of single events: what a read model stores, and what a rebuild compares it with.
import type { ExecutionEvent } from "@wedsync/contracts/scheduler";
import type { InlineTable, Row } from "@wedsync/event-log";

export const executionListTable: InlineTable = {
  name: "execution_list",
  key: "execution",
  columns: { execution: "uuid", vendor: "text", wedding: "text", module_type: "text", status: "text", due_at: "int8" },
  indexes: [{ name: "execution_list_vendor", columns: ["vendor", "execution"] }],
};

/** What one event changes in the list. */
export interface ExecutionListChange {
  readonly execution: string;
  readonly status: string;
  /** Null when the event does not change it. */
  readonly dueAt: number | null;
  /** Set by the first event of an execution. */
  readonly facts: { readonly vendor: string; readonly wedding: string; readonly moduleType: string } | null;
}

/** Status a type of event leads to; types that are not named do not change it. */
const statusAfter: Partial<Record<ExecutionEvent["type"], string>> = {
  ExecutionRequested: "pending",
  ExecutionRescheduled: "pending",
  ExecutionReleased: "pending",
  ExecutionRetryScheduled: "pending",
  RedriveApproved: "pending",
  ExecutionHeld: "held",
  ExecutionSkipped: "skipped",
  ExecutionStarted: "running",
  ExecutionSucceeded: "succeeded",
  ExecutionUncertain: "uncertain",
  ExecutionDeadLettered: "dead",
  ExecutionCancelled: "cancelled",
};

const settledStatus = (event: ExecutionEvent): string | undefined =>
  event.type === "ExecutionUncertaintySettled"
    ? { delivered: "succeeded", "not-delivered": "dead", retry: "pending" }[event.data.outcome]
    : statusAfter[event.type];

/** The change an event makes to the list; undefined when it makes none. */
export function executionListChange(execution: string, event: ExecutionEvent): ExecutionListChange | undefined {
  const status = settledStatus(event);
  if (status === undefined) return undefined;
  const work = "work" in event.data ? event.data.work : undefined;
  const isFirst = event.type === "ExecutionRequested" && work !== undefined;
  return {
    execution,
    status,
    dueAt: work?.dueAt ?? null,
    facts: isFirst ? { vendor: work.vendor, wedding: work.wedding, moduleType: work.moduleType } : null,
  };
}

/** The row after a change; undefined when the list does not know the execution and the change brings no facts. */
export function executionListRow(before: Row | undefined, change: ExecutionListChange): Row | undefined {
  const { execution, status, dueAt, facts } = change;
  if (before === undefined && facts === null) return undefined;
  return {
    execution,
    vendor: facts?.vendor ?? before?.["vendor"] ?? null,
    wedding: facts?.wedding ?? before?.["wedding"] ?? null,
    module_type: facts?.moduleType ?? before?.["module_type"] ?? null,
    status,
    due_at: dueAt ?? before?.["due_at"] ?? null,
  };
}

/** No later event changes a row of this status: an execution can be forgotten from here on. */
export const isFinalInList = (status: string): boolean =>
  status === "succeeded" || status === "skipped" || status === "cancelled";
