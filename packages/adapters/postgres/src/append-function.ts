// The append function: one statement, one lock, one order (ARCHITECTURE.md decision 1). Generated from the inline tables,
// because their rows travel as one array a column. Read HOTPATH figures in docs/adr before changing its shape.
import type { InlineTable } from "@wedsync/event-log";

/** The lock that makes lock order = commit order = position order. */
export const appendLock = 7_306_001;

interface Parameter {
  readonly name: string;
  readonly type: string;
}

const fixedParameters: readonly Parameter[] = [
  { name: "l_caller", type: "int4[]" },
  { name: "l_role", type: "text[]" },
  { name: "l_epoch", type: "int8[]" },
  { name: "s_caller", type: "int4[]" },
  { name: "s_stream", type: "uuid[]" },
  { name: "s_expected", type: "int4[]" },
  { name: "g_caller", type: "int4[]" },
  { name: "g_key", type: "text[]" },
  { name: "g_value", type: "text[]" },
  { name: "e_caller", type: "int4[]" },
  { name: "e_stream", type: "uuid[]" },
  { name: "e_version", type: "int4[]" },
  { name: "e_category", type: "text[]" },
  { name: "e_type", type: "text[]" },
  { name: "e_schema", type: "int4[]" },
  { name: "e_id", type: "uuid[]" },
  { name: "e_vendor", type: "text[]" },
  { name: "e_subject", type: "text[]" },
  { name: "e_leader", type: "int8[]" },
  { name: "e_meta", type: "text[]" },
  { name: "e_data", type: "text[]" },
];

/** Parameters for one inline table: puts column by column, then deletes by key. */
export function tableParameters(table: InlineTable): readonly Parameter[] {
  return [
    { name: `${table.name}_put_caller`, type: "int4[]" },
    ...Object.entries(table.columns).map(([column, type]) => ({
      name: `${table.name}_put_${column}`,
      type: `${type}[]`,
    })),
    { name: `${table.name}_del_caller`, type: "int4[]" },
    { name: `${table.name}_del_key`, type: `${table.columns[table.key] ?? "text"}[]` },
  ];
}

export function appendParameters(tables: readonly InlineTable[]): readonly Parameter[] {
  return [...fixedParameters, ...tables.flatMap(tableParameters)];
}

function tableStatements(schema: string, table: InlineTable): string {
  const columns = Object.keys(table.columns);
  const name = `${schema}."${table.name}"`;
  const puts = columns.map((column) => `${table.name}_put_${column}`);
  const others = columns.filter((column) => column !== table.key);
  const update = others.map((column) => `"${column}" = excluded."${column}"`).join(", ");
  return `
  if cardinality(${table.name}_put_caller) > 0 then
    insert into ${name} (${columns.map((column) => `"${column}"`).join(", ")})
    select ${columns.map((column) => `t."${column}"`).join(", ")}
      from unnest(${table.name}_put_caller, ${puts.join(", ")}) as t(caller, ${columns.map((column) => `"${column}"`).join(", ")})
     where refused is null or t.caller <> all (refused)
    on conflict ("${table.key}") do update set ${update};
  end if;
  if cardinality(${table.name}_del_caller) > 0 then
    delete from ${name} d
     using unnest(${table.name}_del_caller, ${table.name}_del_key) as t(caller, k)
     where d."${table.key}" = t.k and (refused is null or t.caller <> all (refused));
  end if;`;
}

/**
 * SQL of the append function for the given inline tables.
 * @throws when the tables have more columns than a Postgres function has parameters (100).
 */
export function appendFunctionSql(schema: string, tables: readonly InlineTable[]): string {
  const parameters = appendParameters(tables);
  if (parameters.length > 100) {
    throw new Error(`The inline tables need ${parameters.length} parameters; Postgres allows 100. Use fewer columns.`);
  }
  return `
create or replace function ${schema}.append_v1(
  ${parameters.map((parameter) => `${parameter.name} ${parameter.type}`).join(",\n  ")},
  out first_position int8, out recorded_ms int8, out log_epoch int4, out fenced text,
  out r_caller int4[], out r_code text[], out r_key text[], out r_expected text[], out r_actual text[])
language plpgsql volatile security definer
set search_path = ${schema}, pg_temp
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $append$
declare
  last_position int8;
  last_at timestamptz;
  stamp timestamptz;
  refused int4[];
  head ${schema}.log_head;
begin
  -- First the lock, as a statement of its own: what follows sees everything committed before.
  perform pg_advisory_xact_lock(${appendLock});
  select * into head from ${schema}.log_head;
  log_epoch := head.epoch;
  if head.system_identifier <> (select system_identifier from pg_control_system())
     or head.timeline <> substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) then
    fenced := 'server';
    return;
  end if;
  select e.position, e.recorded_at into last_position, last_at from ${schema}.events e order by e.position desc limit 1;
  last_position := coalesce(last_position, 0);

  -- Almost always nobody is refused: three cheap questions, and the reasons only when there is one to find.
  if exists (
       select from unnest(l_role, l_epoch) as l(role, epoch) left join ${schema}.leader d on d.role = l.role
        where d.epoch is distinct from l.epoch)
     or exists (
       select from unnest(s_stream, s_expected) as u(stream, expected)
        where coalesce((select e.version from ${schema}.events e where e.stream = u.stream order by e.version desc limit 1), 0)
              <> u.expected)
     or exists (
       select from (select distinct k, v from unnest(g_key, g_value) as q(k, v)) g left join ${schema}.guard h on h.key = g.k
        where h.value is distinct from g.v)
  then
    -- Who is refused, and why: first reason of each caller. Leader, then versions, then guards.
    select array_agg(caller), array_agg(code), array_agg(k), array_agg(expected), array_agg(actual)
      into r_caller, r_code, r_key, r_expected, r_actual
      from (
        select distinct on (caller) caller, code, k, expected, actual from (
          select l.caller, 1 as rank, 'leader_fenced' as code, l.role as k, l.epoch::text as expected,
                 coalesce(d.epoch, 0)::text as actual
            from unnest(l_caller, l_role, l_epoch) as l(caller, role, epoch)
            left join ${schema}.leader d on d.role = l.role
           where d.epoch is distinct from l.epoch
          union all
          select s.caller, 2, 'version_conflict', s.stream::text, s.expected::text, s.actual::text
            from (select u.caller, u.stream, u.expected,
                         coalesce((select e.version from ${schema}.events e where e.stream = u.stream order by e.version desc limit 1), 0) as actual
                    from unnest(s_caller, s_stream, s_expected) as u(caller, stream, expected)) s
           where s.actual <> s.expected
          union all
          select g.caller, 3, 'guard_refused', g.k, g.v, h.value
            from unnest(g_caller, g_key, g_value) as g(caller, k, v)
            left join ${schema}.guard h on h.key = g.k
           where h.value is distinct from g.v
        ) all_reasons
        order by caller, rank
      ) first_reasons;
  end if;
  refused := r_caller;

  stamp := date_trunc('milliseconds', greatest(coalesce(last_at, '-infinity'), clock_timestamp()));
  first_position := last_position + 1;
  recorded_ms := (extract(epoch from stamp) * 1000)::int8;

  insert into ${schema}.events (position, stream, version, category, type, schema_version, event_id, epoch, leader_epoch,
                                recorded_at, vendor, subject, meta, data)
  select last_position + row_number() over (order by t.ord), t.stream, t.version, t.category, t.type, t.schema_version,
         t.id, head.epoch, t.leader, stamp, t.vendor, t.subject, t.meta::json, t.data::json
    from unnest(e_caller, e_stream, e_version, e_category, e_type, e_schema, e_id, e_vendor, e_subject, e_leader, e_meta, e_data)
         with ordinality as t(caller, stream, version, category, type, schema_version, id, vendor, subject, leader, meta, data, ord)
   where refused is null or t.caller <> all (refused);
${tables.map((table) => tableStatements(schema, table)).join("\n")}
  perform pg_notify('${schema}_log', '');
end
$append$;`;
}
