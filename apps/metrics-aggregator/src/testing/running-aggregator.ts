// A database with the log and the read models' schema, a writer that fills the log, and the app on it, in this process.
import { fileURLToPath } from "node:url";
import { createApiKeys, migrate, openPostgresLog, type PostgresLog } from "@wedsync/adapter-postgres";
import { executionListTable, schedulerInline, weddingDemandTable } from "@wedsync/scheduler";
import { Pool } from "pg";
import { type ApiClient, createApiClient, createTestDatabase, type TestDatabase } from "@wedsync/test";
import { startAggregator } from "../bootstrap.js";
import { readEnvironment } from "../config/environment.js";
import { migrateDatabase } from "../migration.js";

/** The built app, to be run as a process. */
export const appProgram = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

export const jwtSecret = "a-secret-of-tests-only-0123456789abcdef";
export const schema = "wedsync_models";

export interface TestLog {
  readonly database: TestDatabase;
  /** Opened as the owner: the aggregator's own login may not write. */
  readonly log: PostgresLog;
  readonly owner: Pool;
  query<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** An API key of a role. */
  key(role: string, vendor?: string): Promise<string>;
  close(): Promise<void>;
}

export async function openTestLog(): Promise<TestLog> {
  const database = await createTestDatabase({
    key: "aggregator",
    role: "wedsync_aggregator",
    migrate: async (connectionString) => {
      await migrate({
        connectionString,
        inline: schedulerInline,
        readModels: [executionListTable, weddingDemandTable],
      });
      await migrateDatabase(connectionString);
    },
  });
  const log = openPostgresLog({ connectionString: database.ownerUrl, inline: schedulerInline });
  const owner = new Pool({ connectionString: database.ownerUrl, max: 2 });
  owner.on("error", () => undefined);
  const keys = createApiKeys({ pool: owner, schema: "wedsync" });
  return {
    database,
    log,
    owner,
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await owner.query(text, [...values])).rows as Row[],
    key: async (role, vendor) => (await keys.issue(role, vendor)).secret,
    close: async () => {
      await log.close();
      await owner.end();
      await database.drop();
    },
  };
}

export const testEnvironment = (
  database: TestDatabase,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => ({
  DATABASE_URL: database.appUrl,
  WEDSYNC_METRICS_PORT: "0",
  WEDSYNC_RATE_LIMIT: "1000000",
  SUPABASE_JWT_SECRET: jwtSecret,
  LOG_LEVEL: "error",
  ...more,
});

export interface RunningAggregator {
  readonly url: string;
  /** With an operator's key. */
  readonly api: ApiClient;
  as(role: string, vendor?: string): Promise<ApiClient>;
  stop(): Promise<void>;
}

export async function startTestAggregator(
  test: TestLog,
  more: Readonly<Record<string, string>> = {},
): Promise<RunningAggregator> {
  const read = readEnvironment(testEnvironment(test.database, more));
  if (!read.ok) throw new Error(read.problems.map((problem) => problem.message).join("; "));
  const running = await startAggregator(read.environment);
  const url = `http://127.0.0.1:${running.port}`;
  const as = async (role: string, vendor?: string): Promise<ApiClient> =>
    createApiClient(url, await test.key(role, vendor));
  return { url, api: await as("ops"), as, stop: async () => await running.stop() };
}
