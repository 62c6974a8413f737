// What must be true of the server before anything is promised to anybody: version, durability, a direct connection.
import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { adapterError } from "./errors.js";

const durability = ["fsync", "full_page_writes", "synchronous_commit"] as const;

/** @throws AdapterError `unsupported_version`, `unsafe_settings`, `pooled_connection` or `schema_missing`, one line each. */
export async function assertServer(options: {
  readonly connectionString: string;
  readonly schema?: string;
}): Promise<void> {
  const schema = options.schema ?? "wedsync";
  const clients = [new Client(options), new Client(options)] as const;
  try {
    for (const client of clients) {
      client.on("error", () => undefined);
      await client.connect();
    }
    const [client] = clients;
    const version = await client.query<{ v: string }>("select current_setting('server_version_num') as v");
    const major = Math.floor(Number(version.rows[0]?.v) / 10_000);
    if (major < 15 || major > 18) {
      throw adapterError("unsupported_version", `Postgres ${major} is not supported; use 15, 16, 17 or 18.`);
    }
    for (const name of durability) {
      const { rows } = await client.query<{ v: string }>("select current_setting($1) as v", [name]);
      if (rows[0]?.v === "off") {
        throw adapterError("unsafe_settings", `${name} is off: a crash would lose acknowledged work. Switch it on.`);
      }
    }
    await assertDirect(clients);
    const found = await client.query<{ present: boolean }>("select to_regclass($1) is not null as present", [
      `${schema}.log_head`,
    ]);
    if (found.rows[0]?.present !== true) {
      throw adapterError("schema_missing", `The schema ${schema} is missing; run the migration first.`);
    }
  } finally {
    for (const client of clients) await client.end().catch(() => undefined);
  }
}

/** A transaction pooler gives each statement another session: what one session sets must stay its own. */
async function assertDirect(clients: readonly Client[]): Promise<void> {
  const marks = clients.map(() => randomUUID());
  for (const [index, client] of clients.entries())
    await client.query("select set_config('wedsync.probe', $1, false)", [marks[index]]);
  for (let round = 0; round < 3; round += 1) {
    const seen = await Promise.all(
      clients.map(
        async (client) =>
          (await client.query<{ v: string | null }>("select current_setting('wedsync.probe', true) as v")).rows[0]?.v,
      ),
    );
    if (seen.some((mark, index) => mark !== marks[index])) {
      throw adapterError(
        "pooled_connection",
        "DATABASE_URL leads through a transaction pooler; use the direct connection of the database.",
      );
    }
  }
}

/** Accepts the present server as the log's: raises the epoch and stores its identity. Returns the new epoch. */
export async function adoptLog(options: {
  readonly connectionString: string;
  readonly schema?: string;
}): Promise<number> {
  const schema = options.schema ?? "wedsync";
  const client = new Client(options);
  await client.connect();
  try {
    const { rows } = await client.query<{ epoch: number }>(
      `update ${schema}.log_head set epoch = epoch + 1, system_identifier = s.system_identifier,
              timeline = substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8)
         from pg_control_system() s returning epoch`,
    );
    return rows[0]?.epoch ?? 0;
  } finally {
    await client.end();
  }
}

/** Makes (or changes the password of) a login that is a member of one of the schema's roles. */
export async function createLogin(options: {
  readonly connectionString: string;
  readonly user: string;
  readonly password: string;
  readonly role: string;
}): Promise<void> {
  const client = new Client(options);
  await client.connect();
  try {
    const user = client.escapeIdentifier(options.user);
    const { rows } = await client.query("select from pg_roles where rolname = $1", [options.user]);
    const verb = rows.length === 0 ? "create" : "alter";
    await client.query(`${verb} role ${user} login password ${client.escapeLiteral(options.password)}`);
    await client.query(`grant ${client.escapeIdentifier(options.role)} to ${user}`);
  } finally {
    await client.end();
  }
}
