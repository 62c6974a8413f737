// A log full of accepted executions, with the rows that belong to it: as if they had been accepted one by one.
import { executionEvents } from "@wedsync/contracts/scheduler";

/** SQL, as the owner of an empty log: executions that are due within the dispatcher's horizon but not yet. */
export function pendingSql(count: number): string {
  const requested = executionEvents.find(({ type }) => type === "ExecutionRequested");
  if (requested === undefined) throw new Error("There is no event ExecutionRequested.");
  const example = JSON.stringify(requested.example).replaceAll("'", "''");
  return `
create temp table accepted as
select n, md5(n::text)::uuid as execution, 'studio-' || n % 5000 as vendor, 'w-' || n % 40000 as wedding,
       md5('w' || n % 40000)::uuid as wedding_stream, case when n % 10 = 0 then 'low' else 'normal' end as tier, due,
       due + 86400000::int8 * (n % 90) as high_from, due + 86400000::int8 * (n % 90 + 6) as critical_from,
       due + 86400000::int8 * (n % 90 + 8) as critical_until
  from (select n, (extract(epoch from clock_timestamp()) * 1000)::int8 + 300000 + n % 240000 as due from generate_series(1, ${count}) n) rows;

insert into wedsync.pending (execution, version, held, vendor, wedding, wedding_stream, module_type, definition_version, market, zone,
                             schedule_version, high_from, critical_from, critical_until, default_tier, due_at, deadline, expires_at,
                             on_late, effect, attempts, lost)
select execution, 1, false, vendor, wedding, wedding_stream, 'email', 1, 'united-kingdom', 'Europe/London', 1, high_from, critical_from,
       critical_until, tier, due, due + 14400000, due + 86400000, 'run', 'plain', 0, 0
  from accepted;

insert into wedsync.events (position, stream, version, category, type, schema_version, event_id, epoch, recorded_at, vendor, meta, data)
select n, execution, 1, 'execution', 'ExecutionRequested', ${requested.version}, md5(n || '/1')::uuid, 1, now(), vendor,
       json_build_object('source', '/bench', 'time', 1780000000000, 'correlationId', 'c', 'actor', 'key:bench', 'vendor', vendor, 'region', 'local'),
       jsonb_set(example, '{work}', example -> 'work' || jsonb_build_object(
         'vendor', vendor, 'wedding', wedding, 'weddingStream', wedding_stream, 'moduleType', 'email', 'definitionVersion', 1,
         'market', 'united-kingdom', 'zone', 'Europe/London', 'scheduleVersion', 1,
         'window', jsonb_build_object('highFrom', high_from, 'criticalFrom', critical_from, 'criticalUntil', critical_until),
         'defaultTier', tier, 'dueAt', due, 'deadline', due + 14400000, 'expiresAt', due + 86400000, 'onLate', 'run', 'effect', 'plain',
         'attempts', 0, 'lost', 0))::json
  from accepted cross join (select '${example}'::jsonb as example) e;

insert into wedsync.execution_list (execution, vendor, wedding, module_type, status, due_at)
select execution, vendor, wedding, 'email', 'pending', due from accepted;

insert into wedsync.projection (name, epoch, position, generation)
values ('execution_list', 1, ${count}, 1), ('wedding_demand', 1, ${count}, 1);`;
}
