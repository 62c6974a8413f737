// Read model `executions`: what each execution contributes to the counts of its vendor. Counts are summed when they are
// asked for, never kept: so each stream stands for itself, and one that is parked makes no total wrong for ever.
import type { ModelRow, ReadModel } from "@wedsync/adapter-postgres";
import { createCodec } from "@wedsync/contracts";
import { executionEvents, type ExecutionEvent } from "@wedsync/contracts/scheduler";
import type { RecordedEvent } from "@wedsync/event-log";
import { utcDay } from "./utc-day.js";

const codec = createCodec(executionEvents);

export type StoredStatus =
  | "pending"
  | "running"
  | "held"
  | "succeeded"
  | "dead"
  | "uncertain"
  | "skipped"
  | "cancelled";

/** Status an event leads to. Not named: it changes none. */
const statusAfter: Partial<Record<ExecutionEvent["type"], StoredStatus>> = {
  ExecutionRequested: "pending",
  ExecutionReleased: "pending",
  ExecutionFailed: "pending",
  ExecutionRetryScheduled: "pending",
  ExecutionAttemptLost: "pending",
  RedriveApproved: "pending",
  ExecutionHeld: "held",
  ExecutionSkipped: "skipped",
  ExecutionStarted: "running",
  ExecutionSucceeded: "succeeded",
  ExecutionUncertain: "uncertain",
  ExecutionDeadLettered: "dead",
  ExecutionCancelled: "cancelled",
};

/** Events that say for which day the work is meant. A backoff or a redrive moves the due time, not the day. */
const plans: ReadonlySet<ExecutionEvent["type"]> = new Set(["ExecutionRequested", "ExecutionRescheduled"]);

export interface ExecutionChange {
  readonly execution: string;
  /** Version of the stream that the event is. */
  readonly version: number;
  readonly status?: StoredStatus;
  readonly dueAt?: number;
  readonly day?: string;
  /** From the first event of an execution. */
  readonly facts?: {
    readonly vendor: string;
    readonly wedding: string;
    readonly weddingStream: string;
    readonly moduleType: string;
  };
}

function statusOf(event: ExecutionEvent): StoredStatus | undefined {
  if (event.type !== "ExecutionUncertaintySettled") return statusAfter[event.type];
  return ({ delivered: "succeeded", "not-delivered": "dead", retry: "pending" } as const)[event.data.outcome];
}

function fold(recorded: RecordedEvent): ExecutionChange {
  const decoded = codec.decode(recorded);
  if (!decoded.ok) throw Object.assign(new Error(decoded.message), { name: "UnreadableEvent" });
  const { event } = decoded;
  const status = statusOf(event);
  const work = "work" in event.data ? event.data.work : undefined;
  return {
    execution: recorded.stream,
    version: recorded.streamVersion,
    ...(status === undefined ? {} : { status }),
    ...(work === undefined ? {} : { dueAt: work.dueAt }),
    ...(work === undefined || !plans.has(event.type) ? {} : { day: utcDay(work.dueAt) }),
    ...(event.type === "ExecutionRequested"
      ? {
          facts: {
            vendor: event.data.work.vendor,
            wedding: event.data.work.wedding,
            weddingStream: event.data.work.weddingStream,
            moduleType: event.data.work.moduleType,
          },
        }
      : {}),
  };
}

function apply(row: ModelRow | undefined, change: ExecutionChange): ModelRow | undefined {
  const { execution, version, status, dueAt, day, facts } = change;
  if (row === undefined) {
    if (facts === undefined) return undefined;
    return {
      execution,
      vendor: facts.vendor,
      wedding: facts.wedding,
      wedding_stream: facts.weddingStream,
      module_type: facts.moduleType,
      day: day ?? null,
      status: status ?? "pending",
      due_at: dueAt ?? null,
      version,
    };
  }
  if (version <= Number(row["version"])) return row;
  return {
    ...row,
    version,
    ...(status === undefined ? {} : { status }),
    ...(dueAt === undefined ? {} : { due_at: dueAt }),
    ...(day === undefined ? {} : { day }),
  };
}

export const executions: ReadModel<ExecutionChange> = {
  name: "executions",
  version: 1,
  table: {
    key: ["execution"],
    tenant: "vendor",
    columns: {
      execution: "uuid",
      vendor: "text",
      wedding: "text",
      wedding_stream: "uuid",
      module_type: "text",
      day: "date",
      status: "text",
      due_at: "int8",
      version: "int4",
    },
    indexes: [["vendor", "module_type", "day", "status"], ["wedding_stream"]],
  },
  types: new Set(executionEvents.map((definition) => definition.type)),
  knownVersions: Object.fromEntries(executionEvents.map((definition) => [definition.type, definition.version])),
  onPoison: "park",
  fold,
  keyOf: (change) => change.execution,
  apply,
};
