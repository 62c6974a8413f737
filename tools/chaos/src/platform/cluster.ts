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
  /** Immediate shutdown (what was committed is on disk, everything else is not), then a start with recovery. */
  shutDownImmediately(): Promise<void>;
  /** SIGKILL of the server and all its backends, then a start with recovery. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the server and brings its database up to this release, as an operator would. */
export async function startCluster(dataDir: string): Promise<Cluster> {
  let server: EmbeddedServer = await startServer({ dataDir });
  const ownerUrl = server.url(database);
  await query(server.url(), `create database ${database}`);
  await run(process.execPath, [fileURLToPath(import.meta.resolve("@wedsync/orchestrator/migrate"))], {
    env: { ...process.env, DATABASE_URL: ownerUrl },
  });
  const password = randomBytes(16).toString("hex");
  await createLogin({ connectionString: ownerUrl, user: "chaos_login", password, role: "wedsync_app" });

  const comeBack = async (signal: "SIGQUIT" | "SIGKILL"): Promise<void> => {
    // The whole family at once; stopped first, or a session that begins between the two looks would outlive it.
    if (signal === "SIGKILL") kill(server.pid, "SIGSTOP");
    const family = signal === "SIGKILL" ? [server.pid, ...(await childrenOf(server.pid))] : [server.pid];
    for (const pid of family) kill(pid, signal);
    while (family.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 10));
    await server.stop();
    server = await startServer({ dataDir, port: server.port });
  };
  return {
    ownerUrl,
    appUrl: `postgres://chaos_login:${password}@127.0.0.1:${server.port}/${database}`,
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
