// Starts the parts in order: Postgres, schema, inbox, orchestrator, aggregator, sample. Each can be killed and comes back.
import { fileURLToPath } from "node:url";
import { createLogin } from "@wedsync/adapter-postgres";
import { startServer, type EmbeddedServer } from "@wedsync/adapter-embedded-postgres";
import { Client } from "pg";
import { migrateDatabase } from "./migrate.js";
import { newMasterKey, newPassword, type DataFolder, type SecretFile } from "./data-folder.js";
import { heldNow, type Held } from "./held.js";
import { opsKey } from "./ops-key.js";
import type { StartOptions } from "./options.js";
import { assertFree, portsFrom } from "./ports.js";
import { loadSample } from "./sample.js";
import { Supervisor } from "./supervisor.js";

export interface Platform {
  readonly folder: DataFolder;
  readonly apiUrl: string;
  readonly metricsUrl: string;
  readonly inboxUrl: string;
  readonly smtpUrl: string;
  /** What waits for a person. */
  readonly held: Held;
  stop(): Promise<void>;
}

const database = "wedsync";
const graceMs = 30_000;

/** @throws coded errors that `explain` turns into one line; what was started is stopped again. */
export async function startPlatform(
  folder: DataFolder,
  options: StartOptions,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Platform> {
  const ports = portsFrom(options.port);
  const server = await startServer({ dataDir: folder.postgres, onNote: say });
  const supervisor = new Supervisor((name, line) => {
    if (name === "start" || process.env["WEDSYNC_VERBOSE"] !== undefined || /"level":"(warn|error)"/.test(line))
      say(`${name}: ${line}`);
  });
  const stop = async (): Promise<void> => {
    await supervisor.stop(graceMs);
    await server.stop();
  };
  try {
    if (server.adopted) say("A database left running by a killed start was taken over.");
    await assertFree(ports);
    const { appUrl, aggregatorUrl } = await prepareDatabase(server, folder);
    const inbox = await supervisor.start({
      name: "inbox",
      script: fileURLToPath(new URL("inbox/main.js", import.meta.url)),
      args: [folder.mail, String(ports.inbox), String(ports.smtp)],
      readyWithinMs: 15_000,
    });
    const hasSample = await folder.marked("sample-loaded");
    const isSampleWanted = !options.empty && !hasSample;
    // The sample mails only to the embedded inbox, whatever the environment says, and so does its whole season later.
    const isInboxOnly = isSampleWanted || hasSample;
    if (isInboxOnly && process.env["SMTP_URL"] !== undefined)
      say(
        "SMTP_URL is not used: this data folder holds the sample season. Take another folder with --empty for real mail.",
      );
    const inboxSmtp = `smtp://127.0.0.1:${String(inbox.ready["smtpPort"])}`;
    const smtpUrl = isInboxOnly ? inboxSmtp : (process.env["SMTP_URL"] ?? inboxSmtp);
    const key = await opsKey(server.url(database), folder);
    const orchestrator = await supervisor.start({
      name: "orchestrator",
      script: fileURLToPath(import.meta.resolve("@wedsync/orchestrator/main")),
      env: {
        NODE_ENV: "production",
        DATABASE_URL: appUrl,
        WEDSYNC_PORT: String(ports.api),
        WEDSYNC_MASTER_KEY: process.env["WEDSYNC_MASTER_KEY"] ?? (await folder.secret("master-key", newMasterKey)),
        SMTP_URL: smtpUrl,
        WEDSYNC_RATE_LIMIT: process.env["WEDSYNC_RATE_LIMIT"] ?? "60000",
        LOG_LEVEL: process.env["LOG_LEVEL"] ?? "info",
      },
      envAgain: (ready) => ({ WEDSYNC_PORT: String(ready["port"]) }),
      readyWithinMs: 30_000,
    });
    const apiUrl = `http://127.0.0.1:${String(orchestrator.ready["port"])}`;
    const aggregator = await supervisor.start({
      name: "metrics-aggregator",
      script: fileURLToPath(import.meta.resolve("@wedsync/metrics-aggregator/main")),
      env: {
        NODE_ENV: "production",
        DATABASE_URL: aggregatorUrl,
        WEDSYNC_METRICS_PORT: String(ports.metrics),
        WEDSYNC_RATE_LIMIT: process.env["WEDSYNC_RATE_LIMIT"] ?? "60000",
        LOG_LEVEL: process.env["LOG_LEVEL"] ?? "info",
      },
      envAgain: (ready) => ({ WEDSYNC_METRICS_PORT: String(ready["port"]) }),
      readyWithinMs: 30_000,
    });
    const metricsUrl = `http://127.0.0.1:${String(aggregator.ready["port"])}`;
    if (isSampleWanted && !signal.aborted) {
      await loadSample({ apiUrl, key, say, signal });
      if (!signal.aborted) await folder.mark("sample-loaded");
    }
    await folder.note("api-url", apiUrl);
    await folder.note("metrics-url", metricsUrl);
    return {
      folder,
      apiUrl,
      metricsUrl,
      inboxUrl: `http://127.0.0.1:${String(inbox.ready["pagePort"])}`,
      smtpUrl,
      held: await heldNow(apiUrl, key),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface AppUrls {
  readonly appUrl: string;
  readonly aggregatorUrl: string;
}

/** Database, schemas and a least-privileged login for each app. Returns their connection strings. */
async function prepareDatabase(server: EmbeddedServer, folder: DataFolder): Promise<AppUrls> {
  const admin = new Client({ connectionString: server.url() });
  await admin.connect();
  const { rows } = await admin.query("select from pg_database where datname = $1", [database]);
  if (rows.length === 0) await admin.query(`create database ${database}`);
  await admin.end();
  const connectionString = server.url(database);
  await migrateDatabase(connectionString);
  const login = async (user: string, role: string, file: SecretFile): Promise<string> => {
    const password = await folder.secret(file, newPassword);
    await createLogin({ connectionString, user, password, role });
    return `postgres://${user}:${password}@127.0.0.1:${server.port}/${database}`;
  };
  return {
    appUrl: await login("wedsync_login", "wedsync_app", "app-password"),
    aggregatorUrl: await login("wedsync_aggregator_login", "wedsync_aggregator", "aggregator-password"),
  };
}
