// A Postgres of the run's own, in its folder, that can be killed and comes back on the same port.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startServer, type EmbeddedServer } from "@wedsync/adapter-embedded-postgres";
import { createLogin } from "@wedsync/adapter-postgres";
import { Client } from "pg";

const run = promisify(execFile);
const database = "wedsync";

export interface Cluster {
  /** As the owner of the database, directly. */
  readonly ownerUrl: string;
  /** As the application, directly. */
  readonly appUrl: string;
  /** Makes what the aggregator needs. Returns where it connects, directly. */
  prepareReadModels(): Promise<string>;
  /** Immediate shutdown (what was committed is on disk, everything else is not), then a start with recovery. */
  shutDownImmediately(): Promise<void>;
  /** SIGKILL of the server and all its backends, then a start with recovery. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the server and brings its database up to this release, as an operator would. @throws when the signal aborts */
export async function startCluster(dataDir: string, signal: AbortSignal): Promise<Cluster> {
  let server: EmbeddedServer = await startServer({ dataDir });
  const ownerUrl = server.url(database);
  const migrate = async (program: string): Promise<void> => {
    await run(process.execPath, [fileURLToPath(import.meta.resolve(program))], {
      env: { ...process.env, DATABASE_URL: ownerUrl },
      signal,
    });
  };
  const login = async (user: string, role: string): Promise<string> => {
    const password = randomBytes(16).toString("hex");
    await createLogin({ connectionString: ownerUrl, user, password, role });
    return `postgres://${user}:${password}@127.0.0.1:${server.port}/${database}`;
  };
  let appUrl: string;
  try {
    signal.throwIfAborted();
    await query(server.url(), `create database ${database}`);
    await migrate("@wedsync/orchestrator/migrate");
    appUrl = await login("chaos_login", "wedsync_app");
  } catch (error) {
    await server.stop();
    throw error;
  }

  const comeBack = async (how: "SIGQUIT" | "SIGKILL"): Promise<void> => {
    // The whole family at once; stopped first, or a session that begins between the two looks would outlive it.
    if (how === "SIGKILL") kill(server.pid, "SIGSTOP");
    const family = how === "SIGKILL" ? [server.pid, ...(await childrenOf(server.pid))] : [server.pid];
    for (const pid of family) kill(pid, how);
    while (family.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 10));
    await server.stop();
    // A run that is given up needs no database any more.
    if (!signal.aborted) server = await startServer({ dataDir, port: server.port });
  };
  return {
    ownerUrl,
    appUrl,
    prepareReadModels: async () => {
      await migrate("@wedsync/metrics-aggregator/migrate");
      return await login("chaos_aggregator", "wedsync_aggregator");
    },
    shutDownImmediately: async () => await comeBack("SIGQUIT"),
    crash: async () => await comeBack("SIGKILL"),
    stop: async () => await server.stop(),
  };
}

async function query(connectionString: string, text: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(text).finally(() => client.end());
}

/** Processes whose parent is this one. */
async function childrenOf(pid: number): Promise<readonly number[]> {
  const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid="]);
  return stdout
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child = 0, parent = 0]) => (parent === pid && child > 0 ? [child] : []));
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has gone by itself.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
