// An append for a login that reads: one event of a named type that opens a stream. The function runs with the rights of
// the log's owner and refuses every other type, so that a reader that was taken over cannot write history.
import type { InlineTable, Metadata, NewEvent } from "@wedsync/event-log";
import type { Pool } from "pg";
import { appendParameters } from "../append-function.js";

const single: Readonly<Record<string, string>> = {
  s_caller: "array[0]",
  s_stream: "array[p_stream]",
  s_expected: "array[0]",
  e_caller: "array[0]",
  e_stream: "array[p_stream]",
  e_version: "array[1]",
  e_category: "array[p_category]",
  e_type: "array[p_type]",
  e_schema: "array[p_schema]",
  e_id: "array[p_id]",
  e_vendor: "array[null::text]",
  e_subject: "array[null::text]",
  e_leader: "array[null::int8]",
  e_meta: "array[p_meta]",
  e_data: "array[p_data]",
};

/** SQL of the function, and its grant to the role. */
export function limitedAppendSql(
  schema: string,
  tables: readonly InlineTable[],
  types: readonly string[],
  role: string,
): string {
  const values = appendParameters(tables).map(({ name, type }) => `${name} => ${single[name] ?? `'{}'::${type}`}`);
  const allowed = types.map((type) => `'${type.replaceAll("'", "''")}'`).join(", ");
  const signature = "uuid, text, text, int4, uuid, text, text";
  return `
create or replace function ${schema}.append_limited_v1(
  p_stream uuid, p_category text, p_type text, p_schema int4, p_id uuid, p_meta text, p_data text, out outcome text)
language plpgsql volatile security definer
set search_path = ${schema}, pg_temp
as $limited$
declare
  answer record;
begin
  if p_type <> all (array[${allowed}]::text[]) then
    raise exception 'this login may not append %', p_type using errcode = 'insufficient_privilege';
  end if;
  select * into answer from ${schema}.append_v1(${values.join(", ")});
  outcome := case when answer.fenced is not null then 'fenced' when answer.r_code is not null then 'exists' else 'appended' end;
end
$limited$;
revoke all on function ${schema}.append_limited_v1(${signature}) from public;
grant execute on function ${schema}.append_limited_v1(${signature}) to ${role};`;
}

export interface LimitedAppend {
  /**
   * Appends one event as the first of its stream. `exists`: the stream has one already, so a repeated call is harmless.
   * `fenced`: the log runs on another server than the one that wrote it. Throws Postgres' 42501 for a type not allowed.
   */
  append(category: string, stream: string, event: NewEvent, meta: Metadata): Promise<"appended" | "exists" | "fenced">;
}

export function createLimitedAppend({ pool, schema }: { readonly pool: Pool; readonly schema: string }): LimitedAppend {
  return {
    append: async (category, stream, event, meta) => {
      const { rows } = await pool.query<{ outcome: "appended" | "exists" | "fenced" }>(
        `select outcome from ${schema}.append_limited_v1($1, $2, $3, $4, $5, $6, $7)`,
        [stream, category, event.type, event.schemaVersion, event.id, JSON.stringify(meta), JSON.stringify(event.data)],
      );
      return rows[0]?.outcome ?? "fenced";
    },
  };
}
