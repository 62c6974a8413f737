// Read model behind the list and count routes: one row an execution, folded from the log, thrown away and rebuilt at will.
// It lags by design; a single execution is always answered from its stream.
import {
  type EventReader,
  type InlineTable,
  type Projection,
  type ProjectionStore,
  type RecordedEvent,
  type RunnerState,
  runProjection,
} from "@wedsync/event-log";
import { createCodec } from "@wedsync/contracts";
import { executionEvents, type ExecutionEvent } from "@wedsync/contracts/scheduler";
import type { PoolClient } from "pg";

const codec = createCodec(executionEvents);
export const executionListName = "execution_list";

export const executionListTable: InlineTable = {
  name: executionListName,
  key: "execution",
  columns: { execution: "uuid", vendor: "text", wedding: "text", module_type: "text", status: "text", due_at: "int8" },
  indexes: [{ name: "execution_list_vendor", columns: ["vendor", "execution"] }],
};

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

function settledStatus(event: ExecutionEvent): string | undefined {
  if (event.type !== "ExecutionUncertaintySettled") return statusAfter[event.type];
  return { delivered: "succeeded", "not-delivered": "dead", retry: "pending" }[event.data.outcome];
}

export function executionListProjection(schema: string): Projection<PoolClient> {
  return {
    name: executionListName,
    types: new Set(executionEvents.map((definition) => definition.type)),
    knownVersions: Object.fromEntries(executionEvents.map((definition) => [definition.type, definition.version])),
    onPoison: "park",
    apply: async (recorded: RecordedEvent, client: PoolClient) => {
      const decoded = codec.decode(recorded);
      if (!decoded.ok) throw new Error(decoded.message);
      const { event } = decoded;
      const status = settledStatus(event);
      if (event.type === "ExecutionRequested") {
        const { work } = event.data;
        await client.query({
          name: "list_insert",
          text: `insert into ${schema}.execution_list (execution, vendor, wedding, module_type, status, due_at)
                 values ($1, $2, $3, $4, $5, $6)
                 on conflict (execution) do update set status = excluded.status, due_at = excluded.due_at`,
          values: [recorded.stream, work.vendor, work.wedding, work.moduleType, status, work.dueAt],
        });
      } else if (status !== undefined) {
        const dueAt = "work" in event.data && event.data.work !== undefined ? event.data.work.dueAt : null;
        await client.query({
          name: "list_update",
          text: `update ${schema}.execution_list set status = $2, due_at = coalesce($3, due_at) where execution = $1`,
          values: [recorded.stream, status, dueAt],
        });
      }
    },
  };
}

export interface ExecutionListOptions {
  readonly reader: EventReader;
  readonly store: ProjectionStore<PoolClient>;
  readonly schema: string;
  readonly onState?: (state: RunnerState) => void;
}

/** Keeps the read model up to date until the signal aborts. */
export async function followExecutionList(options: ExecutionListOptions, signal: AbortSignal): Promise<RunnerState> {
  const projection = executionListProjection(options.schema);
  return await runProjection({
    reader: options.reader,
    store: options.store,
    projection,
    signal,
    ...(options.onState === undefined ? {} : { onState: options.onState }),
  });
}
