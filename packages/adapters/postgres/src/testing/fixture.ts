// A migrated database of its own for one spec file, and logs opened on it as the least-privileged application.
import { createTestDatabase, type TestDatabase } from "@wedsync/test";
import { Client } from "pg";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { migrate } from "../migrate.js";
import { openPostgresLog, type PostgresLog, type PostgresLogOptions } from "../postgres-log.js";
import { factInline } from "./fact-events.js";

export interface Fixture {
  readonly database: TestDatabase;
  /** Opens one more log; all are closed by `close`. */
  open(options?: Partial<PostgresLogOptions>): PostgresLog;
  /** One statement as the owner. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export async function openFixture(): Promise<Fixture> {
  const database = await createTestDatabase({
    key: "facts",
    migrate: async (connectionString) => await migrate({ connectionString, inline: factInline }),
  });
  const owner = new Client({ connectionString: database.ownerUrl });
  // Dropping the database ends this connection; that is no failure.
  owner.on("error", () => undefined);
  await owner.connect();
  const logs: PostgresLog[] = [];
  return {
    database,
    open: (options = {}) => {
      const log = openPostgresLog({ connectionString: database.appUrl, inline: factInline, ...options });
      logs.push(log);
      return log;
    },
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await owner.query(text, [...values])).rows as Row[],
    close: async () => {
      await Promise.all(logs.map(async (log) => await log.close()));
      await owner.end();
      await database.drop();
    },
  };
}

/** A reproducible sequence of numbers in [0, 1), so that a failing run can be repeated by its seed. */
export function seeded(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}
