// One database a spec file, cloned from a template that is migrated once a run.
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { fromRunner, postgresVariable } from "./environment.js";

export interface TestDatabaseOptions {
  /** Names the template: databases with one key have the same schema. */
  readonly key: string;
  /** Fills the template, with the connection string of its owner. */
  migrate(connectionString: string): Promise<void>;
  /** Group role of the least-privileged login. Default `wedsync_app`. */
  readonly role?: string;
}

export interface TestDatabase {
  readonly name: string;
  /** As the owner: for looking, and for breaking things on purpose. */
  readonly ownerUrl: string;
  /** As the application: what it may not do here it may not do anywhere. */
  readonly appUrl: string;
  drop(): Promise<void>;
}

const templateLock = 7_306_099;
const loginPassword = "test";

/** A fresh database of the run's server. */
export async function createTestDatabase(options: TestDatabaseOptions): Promise<TestDatabase> {
  const admin = fromRunner(postgresVariable);
  const role = options.role ?? "wedsync_app";
  const login = `${role}_test`;
  const template = `template_${options.key}`;
  const name = `test_${options.key}_${randomBytes(6).toString("hex")}`;
  await withClient(admin, async (client) => {
    // Templates and roles are the server's, and several spec files start at once.
    await client.query("select pg_advisory_lock($1)", [templateLock]);
    const { rows } = await client.query<{ ready: boolean }>(
      "select datistemplate as ready from pg_database where datname = $1",
      [template],
    );
    if (rows[0]?.ready !== true) {
      await client.query(`drop database if exists ${client.escapeIdentifier(template)}`);
      await client.query(`create database ${client.escapeIdentifier(template)}`);
      await options.migrate(inDatabase(admin, template));
      await client.query(
        `do $$ begin
           if not exists (select from pg_roles where rolname = ${client.escapeLiteral(login)}) then
             create role ${client.escapeIdentifier(login)} login password ${client.escapeLiteral(loginPassword)};
           end if;
         end $$`,
      );
      await client.query(`grant ${client.escapeIdentifier(role)} to ${client.escapeIdentifier(login)}`);
      await client.query(`alter database ${client.escapeIdentifier(template)} is_template true`);
    }
    await client.query(
      `create database ${client.escapeIdentifier(name)} template ${client.escapeIdentifier(template)}`,
    );
    await client.query("select pg_advisory_unlock($1)", [templateLock]);
  });
  const appUrl = new URL(inDatabase(admin, name));
  appUrl.username = login;
  appUrl.password = loginPassword;
  return {
    name,
    ownerUrl: inDatabase(admin, name),
    appUrl: appUrl.href,
    drop: async () =>
      await withClient(admin, async (client) => {
        await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
      }),
  };
}

function inDatabase(connectionString: string, database: string): string {
  const url = new URL(connectionString);
  url.pathname = `/${database}`;
  return url.href;
}

async function withClient(connectionString: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
