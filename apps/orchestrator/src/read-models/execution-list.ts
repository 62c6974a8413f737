// Read model behind the list and count routes: one row an execution, folded from the log, thrown away and rebuilt at will.
// It lags by design; a single execution is always answered from its stream.
import type { Projection, RecordedEvent } from "@wedsync/event-log";
import { createCodec } from "@wedsync/contracts";
import { executionEvents } from "@wedsync/contracts/scheduler";
import { executionListChange, executionListTable, type ExecutionListChange } from "@wedsync/scheduler";
import type { PoolClient } from "pg";

const codec = createCodec(executionEvents);
export const executionListName = executionListTable.name;

/** What one event changes in the list. Later changes of the same execution win. */
function changeOf(recorded: RecordedEvent): ExecutionListChange | undefined {
  const decoded = codec.decode(recorded);
  if (!decoded.ok) throw Object.assign(new Error(decoded.message), { name: "UnreadableEvent" });
  return executionListChange(recorded.stream, decoded.event);
}

/** One row an execution: the newest status and due time, and the facts where this batch holds the first event. */
function merged(changes: readonly ExecutionListChange[]): readonly ExecutionListChange[] {
  const rows = new Map<string, ExecutionListChange>();
  for (const change of changes) {
    const known = rows.get(change.execution);
    rows.set(change.execution, {
      ...change,
      dueAt: change.dueAt ?? known?.dueAt ?? null,
      facts: change.facts ?? known?.facts ?? null,
    });
  }
  return [...rows.values()];
}

export function executionListProjection(schema: string): Projection<ExecutionListChange, PoolClient> {
  return {
    name: executionListName,
    types: new Set(executionEvents.map((definition) => definition.type)),
    knownVersions: Object.fromEntries(executionEvents.map((definition) => [definition.type, definition.version])),
    onPoison: "park",
    fold: changeOf,
    write: async (changes, client) => {
      const rows = merged(changes);
      const fresh = rows.filter((row) => row.facts !== null);
      const known = rows.filter((row) => row.facts === null);
      if (fresh.length > 0)
        await client.query({
          name: "list_insert",
          text: `insert into ${schema}.execution_list (execution, vendor, wedding, module_type, status, due_at)
                 select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int8[])
                 on conflict (execution) do update set status = excluded.status, due_at = excluded.due_at`,
          values: [
            fresh.map((row) => row.execution),
            fresh.map((row) => row.facts?.vendor),
            fresh.map((row) => row.facts?.wedding),
            fresh.map((row) => row.facts?.moduleType),
            fresh.map((row) => row.status),
            fresh.map((row) => row.dueAt),
          ],
        });
      if (known.length > 0)
        await client.query({
          name: "list_update",
          text: `update ${schema}.execution_list l set status = t.status, due_at = coalesce(t.due_at, l.due_at)
                   from unnest($1::uuid[], $2::text[], $3::int8[]) as t(execution, status, due_at)
                  where l.execution = t.execution`,
          values: [known.map((row) => row.execution), known.map((row) => row.status), known.map((row) => row.dueAt)],
        });
    },
  };
}
