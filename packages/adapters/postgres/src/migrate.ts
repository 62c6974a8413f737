// Applies the schema. Runs twice without harm; refuses a database that a newer build has already changed.
import { combineInline, type InlineProjection, type InlineTable } from "@wedsync/event-log";
import { Client } from "pg";
import { adapterError } from "./errors.js";
import { migrationSql, schemaVersion } from "./schema.js";

export interface MigrateOptions {
  /** Connection of the schema's owner; the application itself logs in as a member of `<schema>_app`. */
  readonly connectionString: string;
  readonly schema?: string;
  readonly inline: InlineProjection;
  /** Tables of read models that projections of the application fill. */
  readonly readModels?: readonly InlineTable[];
}

const migrationLock = 7_306_002;

/** The SQL that `migrate` would run, for operators who run it themselves. */
export function printMigration(
  inline: InlineProjection,
  schema = "wedsync",
  readModels: readonly InlineTable[] = [],
): string {
  return migrationSql(checkedSchema(schema), combineInline([inline]).tables, readModels);
}

/** @throws AdapterError `schema_newer` when the database belongs to a newer build. */
export async function migrate(options: MigrateOptions): Promise<void> {
  const schema = checkedSchema(options.schema ?? "wedsync");
  const client = new Client({ connectionString: options.connectionString });
  await client.connect();
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock($1)", [migrationLock]);
    const found = await client.query<{ present: boolean }>("select to_regclass($1) is not null as present", [
      `${schema}.log_head`,
    ]);
    if (found.rows[0]?.present === true) {
      const head = await client.query<{ schema_version: number }>(`select schema_version from ${schema}.log_head`);
      const version = head.rows[0]?.schema_version ?? 0;
      if (version > schemaVersion) {
        throw adapterError(
          "schema_newer",
          `The database has schema version ${version}, this build knows ${schemaVersion}. Deploy the newer build.`,
        );
      }
    }
    await client.query(printMigration(options.inline, schema, options.readModels));
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}

function checkedSchema(schema: string): string {
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema)) {
    throw adapterError(
      "bad_schema_name",
      "A schema name has lower-case letters, digits and underscores, for example wedsync.",
    );
  }
  return schema;
}
