// The database of the log, as SQL that an operator can read before running it. Safe to run twice.
import type { InlineTable } from "@wedsync/event-log";
import { appendFunctionSql } from "./append-function.js";

/** Raised by each change of the statements below; kept in the database and compared at start. */
export const schemaVersion = 1;

function inlineTableSql(schema: string, table: InlineTable): string {
  const columns = Object.entries(table.columns).map(
    ([column, type]) =>
      `  "${column}" ${type === "bool" ? "boolean" : type}${column === table.key ? " primary key" : ""}`,
  );
  const indexes = (table.indexes ?? []).map(
    (index) =>
      `create index if not exists "${index.name}" on ${schema}."${table.name}" (${index.columns.map((column) => `"${column}"`).join(", ")});`,
  );
  return [`create table if not exists ${schema}."${table.name}" (\n${columns.join(",\n")}\n);`, ...indexes].join("\n");
}

/** Group roles: `<schema>_app` appends and keeps leases, `<schema>_read` reads the log. Neither can change a stored event. */
function rolesSql(schema: string, tables: readonly InlineTable[]): string {
  const inline = tables.map((table) => `${schema}."${table.name}"`).join(", ");
  return `
do $roles$
begin
  if not exists (select from pg_roles where rolname = '${schema}_app') then create role ${schema}_app nologin; end if;
  if not exists (select from pg_roles where rolname = '${schema}_read') then create role ${schema}_read nologin; end if;
exception when insufficient_privilege or duplicate_object then
  raise notice 'roles ${schema}_app and ${schema}_read must be created by an administrator';
end $roles$;
revoke all on all tables in schema ${schema} from public;
revoke all on all functions in schema ${schema} from public;
grant usage on schema ${schema} to ${schema}_app, ${schema}_read;
grant select on ${schema}.events, ${schema}.log_head, ${schema}.leader, ${inline} to ${schema}_app, ${schema}_read;
grant select on ${schema}.projection, ${schema}.parked_stream to ${schema}_read;
grant execute on function ${schema}.append_v1 to ${schema}_app;
grant select, insert, update, delete on ${schema}.leader, ${schema}.worker, ${schema}.last_seen, ${schema}.projection, ${schema}.parked_stream,
  ${schema}.data_key, ${schema}.api_key to ${schema}_app;`;
}

/** All statements, in order, for the given inline tables. */
export function migrationSql(
  schema: string,
  tables: readonly InlineTable[],
  readModels: readonly InlineTable[] = [],
): string {
  return `-- wedsync event log, schema version ${schemaVersion}
create schema if not exists ${schema};

create table if not exists ${schema}.log_head (
  only_row boolean primary key default true check (only_row),
  schema_version int4 not null,
  epoch int4 not null default 1,
  system_identifier int8 not null,
  timeline text not null
);
insert into ${schema}.log_head (schema_version, system_identifier, timeline)
select ${schemaVersion}, system_identifier, substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) from pg_control_system()
on conflict do nothing;
update ${schema}.log_head set schema_version = ${schemaVersion} where schema_version < ${schemaVersion};

create table if not exists ${schema}.events (
  position int8 primary key,
  stream uuid not null,
  version int4 not null,
  category text not null,
  type text not null,
  schema_version int4 not null,
  event_id uuid not null,
  epoch int4 not null,
  leader_epoch int8,
  recorded_at timestamptz not null,
  vendor text,
  subject text,
  meta json not null,
  data json not null,
  -- The version check and, as execution ids derive from idempotency keys, the idempotency check.
  unique (stream, version)
);
-- Lists the streams of categories that have few; the two that have millions stay out, so that it costs their appends nothing.
create index if not exists events_category on ${schema}.events (category, stream)
 where version = 1 and category not in ('execution', 'dispatch');

create table if not exists ${schema}.leader (
  role text primary key,
  holder uuid not null,
  epoch int8 not null,
  counter int8 not null
);

create table if not exists ${schema}.worker (
  incarnation uuid primary key,
  counter int8 not null default 0,
  slots int4 not null,
  handlers text not null,
  remote boolean not null
);

-- When a role was last alive, for people and for the hold after a long outage; leases do not rest on it.
create table if not exists ${schema}.last_seen (
  role text primary key,
  at timestamptz not null
);

create table if not exists ${schema}.projection (
  name text primary key,
  epoch int4 not null,
  position int8 not null,
  generation int4 not null
);

create table if not exists ${schema}.parked_stream (
  projection text not null,
  stream uuid not null,
  position int8 not null,
  type text not null,
  reason text not null,
  primary key (projection, stream)
);

create table if not exists ${schema}.data_key (
  key_id uuid primary key,
  vendor text not null,
  wedding text not null,
  wrapped bytea not null,
  unique (vendor, wedding)
);

create table if not exists ${schema}.api_key (
  key_id uuid primary key,
  hash bytea not null unique,
  role text not null,
  vendor text,
  issued_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz
);

${[...tables, ...readModels].map((table) => inlineTableSql(schema, table)).join("\n\n")}
${appendFunctionSql(schema, tables)}
${rolesSql(schema, tables)}
${readModels
  .map(
    (table) => `grant select, insert, update, delete on ${schema}."${table.name}" to ${schema}_app;
grant select on ${schema}."${table.name}" to ${schema}_read;`,
  )
  .join("\n")}
`;
}
