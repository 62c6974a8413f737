// An orchestrator in this process on a database of its own, with an SMTP server that writes down what it gets.
import { fileURLToPath } from "node:url";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createApiKeys } from "@wedsync/adapter-postgres";
import { Pool } from "pg";
import {
  type ApiClient,
  createApiClient,
  createTestDatabase,
  makeFolder,
  type SmtpRecorder,
  startSmtpRecorder,
  type TestDatabase,
} from "@wedsync/test";
import { startOrchestrator } from "../bootstrap.js";
import { readEnvironment } from "../config/environment.js";
import { migrateDatabase } from "../migration.js";

/** The built app, to be run as a process. */
export const appProgram = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

export interface RunningPlatform {
  readonly database: TestDatabase;
  readonly smtp: SmtpRecorder;
  readonly url: string;
  /** With an operator's key. */
  readonly api: ApiClient;
  readonly masterKey: string;
  /** A client with a key of another role. */
  as(role: string, vendor?: string): Promise<ApiClient>;
  query<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  stop(): Promise<void>;
}

export const jwtSecret = "a-secret-of-tests-only-0123456789abcdef";

/** A migrated database and its SMTP server, without a process. */
export async function openTestPlatform(): Promise<{ database: TestDatabase; smtp: SmtpRecorder }> {
  const database = await createTestDatabase({ key: "orchestrator", migrate: migrateDatabase });
  const smtp = await startSmtpRecorder({ file: join(await makeFolder("mail"), "mails.jsonl") });
  return { database, smtp };
}

export function testEnvironment(
  database: TestDatabase,
  smtp: SmtpRecorder,
  masterKey: string,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return {
    DATABASE_URL: database.appUrl,
    SMTP_URL: smtp.url,
    WEDSYNC_PORT: "0",
    WEDSYNC_MASTER_KEY: masterKey,
    WEDSYNC_RATE_LIMIT: "1000000",
    WEDSYNC_LEASE_TERM: "1s",
    SUPABASE_JWT_SECRET: jwtSecret,
    LOG_LEVEL: "warn",
    ...more,
  };
}

export async function startTestPlatform(more: Readonly<Record<string, string>> = {}): Promise<RunningPlatform> {
  const { database, smtp } = await openTestPlatform();
  const masterKey = randomBytes(32).toString("base64");
  const read = readEnvironment(testEnvironment(database, smtp, masterKey, more));
  if (!read.ok) throw new Error(read.problems.map((problem) => problem.message).join("; "));
  const running = await startOrchestrator(read.environment);
  const pool = new Pool({ connectionString: database.ownerUrl, max: 2 });
  pool.on("error", () => undefined);
  const keys = createApiKeys({ pool, schema: "wedsync" });
  const url = `http://127.0.0.1:${running.port}`;
  const as = async (role: string, vendor?: string): Promise<ApiClient> =>
    createApiClient(url, (await keys.issue(role, vendor)).secret);
  return {
    database,
    smtp,
    url,
    masterKey,
    api: await as("ops"),
    as,
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await pool.query(text, [...values])).rows as Row[],
    stop: async () => {
      await running.stop();
      await pool.end();
      await smtp.close();
      await database.drop();
    },
  };
}
