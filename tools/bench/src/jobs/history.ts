// Histories of executions as they stand in the log: requested, started, succeeded.
import { executionEvents, type ExecutionEvent } from "@wedsync/contracts/scheduler";
import type { JsonObject } from "@wedsync/event-log";

const lifeOf = ["ExecutionRequested", "ExecutionStarted", "ExecutionSucceeded"] as const;
export const eventsPerExecution = lifeOf.length;

export interface StoredEvent {
  readonly type: ExecutionEvent["type"];
  readonly schemaVersion: number;
  readonly data: JsonObject;
}

/** One execution's events; their data is the catalogue's example. */
export function history(): readonly StoredEvent[] {
  return lifeOf.map((type) => {
    const found = executionEvents.find((definition) => definition.type === type);
    if (found === undefined) throw new Error(`There is no event ${type}.`);
    return { type, schemaVersion: found.version, data: found.example as unknown as JsonObject };
  });
}

/** SQL that appends so many executions to an empty log, as the owner. */
export function fillSql(executions: number): string {
  const rows = history()
    .map(
      ({ type, schemaVersion, data }, index) =>
        `(${index + 1}, '${type}', ${schemaVersion}, '${JSON.stringify(data)}'::json)`,
    )
    .join(",\n");
  return `
insert into wedsync.events (position, stream, version, category, type, schema_version, event_id, epoch, recorded_at, vendor, meta, data)
select (n - 1) * ${eventsPerExecution} + e.version, md5(n::text)::uuid, e.version, 'execution', e.type, e.schema, md5(n || '/' || e.version)::uuid, 1,
       timestamptz '2026-06-01 00:00:00+00', 'studio-1',
       '{"source":"/orchestrator/api","time":1780000000000,"correlationId":"c","actor":"key:bench","vendor":"studio-1","region":"local"}'::json, e.data
  from generate_series(1, ${executions}) n
 cross join (values ${rows}) as e(version, type, schema, data)
 order by 1`;
}
