// Another database with the same log, to break.
import { Client } from "pg";
import { createTestDatabase } from "@wedsync/test";
import { migrateDatabase } from "../migration.js";
import type { RunningPlatform } from "./running-platform.js";

export interface LogCopy {
  readonly url: string;
  readonly loginUrl: string;
  query<Found>(sql: string): Promise<readonly Found[]>;
  drop(): Promise<void>;
}

/** A copy of the log, its tables and checkpoints as they were at one instant: the platform may plan meanwhile. */
export async function copyOf(
  { database }: Pick<RunningPlatform, "database">,
  login: { readonly key: string; readonly role?: string } = { key: "orchestrator" },
): Promise<LogCopy> {
  const target = await createTestDatabase({ ...login, migrate: migrateDatabase });
  const [from, to] = [
    new Client({ connectionString: database.ownerUrl }),
    new Client({ connectionString: target.ownerUrl }),
  ];
  await from.connect();
  await to.connect();
  await from.query("begin isolation level repeatable read read only");
  for (const table of [
    "events",
    "pending",
    "guard",
    "open_attempt",
    "attention",
    "projection",
    "execution_list",
    "wedding_demand",
  ]) {
    const { rows, fields } = await from.query(`select * from wedsync.${table}`);
    const names = fields.map(({ name }) => `"${name}"`).join(", ");
    await to.query(`delete from wedsync.${table}`);
    await to.query(
      `insert into wedsync.${table} (${names}) select ${names} from json_populate_recordset(null::wedsync.${table}, $1)`,
      [JSON.stringify(rows)],
    );
  }
  await from.end();
  return {
    url: target.ownerUrl,
    loginUrl: target.appUrl,
    query: async <Found>(sql: string) => (await to.query(sql)).rows as Found[],
    drop: async () => {
      await to.end();
      await target.drop();
    },
  };
}
