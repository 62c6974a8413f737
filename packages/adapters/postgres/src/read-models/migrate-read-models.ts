// What a database owner prepares for read models: the roles, the schema and the few rights on the log that its login needs.
// Tables are not made here: the app makes them itself, in a schema it owns, and rebuilds them from nothing.
import { combineInline, type InlineProjection } from "@wedsync/event-log";
import { Client } from "pg";
import { adapterError } from "../errors.js";
import { limitedAppendSql } from "./limited-append.js";
import { opsRole, vendorRole } from "./tenant-table.js";

export interface ReadModelMigration {
  /** Schema of the log; `wedsync` when absent. It must have been migrated before. */
  readonly logSchema?: string;
  /** Schema of the read models; `wedsync_models` when absent. Do not expose it. */
  readonly schema?: string;
  /** The same inline projection as the log's migration had. */
  readonly inline: InlineProjection;
  /** The only event types that the app may append, each opening a stream of its own. */
  readonly appends: readonly string[];
}

/** The group role that owns the read models of a log. */
export const aggregatorRole = (logSchema: string): string => `${logSchema}_aggregator`;

/** The SQL that `migrateReadModels` would run. Safe to run twice. */
export function printReadModelMigration(options: ReadModelMigration): string {
  const { logSchema, schema } = names(options);
  const role = aggregatorRole(logSchema);
  const roles = [vendorRole, opsRole, role].map(
    (name) =>
      `if not exists (select from pg_roles where rolname = '${name}') then create role ${name} nologin; end if;`,
  );
  const memberships = [vendorRole, opsRole, `${logSchema}_read`].map(
    (name) => `if not pg_has_role('${role}', '${name}', 'member') then grant ${name} to ${role}; end if;`,
  );
  return `-- wedsync read models
do $roles$
begin
  ${roles.join("\n  ")}
  ${memberships.join("\n  ")}
exception when insufficient_privilege or duplicate_object or unique_violation then
  raise notice 'roles ${vendorRole}, ${opsRole} and ${role} must be created by an administrator';
end $roles$;
create schema if not exists ${schema};
alter schema ${schema} owner to ${role};
revoke all on schema ${schema} from public;
grant usage on schema ${schema} to ${vendorRole}, ${opsRole};
grant usage on schema ${logSchema} to ${role};
grant select on ${logSchema}.api_key to ${role};
${limitedAppendSql(logSchema, combineInline([options.inline]).tables, options.appends, role)}
`;
}

/** Runs the migration as the database's owner. @throws AdapterError `schema_missing` when the log was not migrated before */
export async function migrateReadModels(
  options: ReadModelMigration & { readonly connectionString: string },
): Promise<void> {
  const { logSchema } = names(options);
  const client = new Client({ connectionString: options.connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ present: boolean }>("select to_regclass($1) is not null as present", [
      `${logSchema}.log_head`,
    ]);
    if (rows[0]?.present !== true) {
      throw adapterError("schema_missing", `The schema ${logSchema} is missing; run the log's migration first.`);
    }
    await client.query("begin");
    await client.query(printReadModelMigration(options));
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}

function names({ logSchema = "wedsync", schema = "wedsync_models" }: ReadModelMigration) {
  for (const name of [logSchema, schema])
    if (!/^[a-z_][a-z0-9_]{0,40}$/.test(name))
      throw adapterError(
        "bad_schema_name",
        "A schema name has lower-case letters, digits and underscores, for example wedsync.",
      );
  return { logSchema, schema };
}
