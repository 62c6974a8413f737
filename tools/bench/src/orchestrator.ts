// The orchestrator as a process of its own, as an operator runs it, on a database of this run.
import { fork } from "node:child_process";
import { createApiKeys } from "@wedsync/adapter-postgres";
import { Pool } from "pg";
import { endProcess } from "./job.js";
import { programs } from "./programs.js";
import type { Database, Workshop } from "./workshop.js";

export interface RunningOrchestrator {
  readonly pid: number;
  readonly url: string;
  /** An operator's key. */
  readonly key: string;
  stop(): Promise<void>;
}

/** Starts it and waits until it listens. */
export async function startOrchestrator(workshop: Workshop, database: Database): Promise<RunningOrchestrator> {
  const child = fork(programs.main, [], {
    execArgv: [],
    detached: true,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: {
      PATH: process.env["PATH"] ?? "",
      NODE_ENV: "production",
      DATABASE_URL: database.appUrl,
      WEDSYNC_PORT: "0",
      WEDSYNC_MASTER_KEY: workshop.masterKey,
      WEDSYNC_RATE_LIMIT: "100000000",
      // Nothing that is measured becomes due.
      SMTP_URL: "smtp://127.0.0.1:9",
      LOG_LEVEL: "error",
    },
  });
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (errors = (errors + text).slice(-4_000)));
  const { port } = await new Promise<{ port: number }>((resolve, reject) => {
    child.once("message", (message) => resolve(message as { port: number }));
    child.once("exit", (code) => reject(new Error(`the orchestrator ended with ${String(code)}: ${errors.trim()}`)));
  });
  return {
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${port}`,
    key: await operatorKey(database.ownerUrl),
    stop: async () => await endProcess(child, 30_000),
  };
}

async function operatorKey(connectionString: string): Promise<string> {
  const pool = new Pool({ connectionString, max: 1 });
  try {
    return (await createApiKeys({ pool, schema: "wedsync" }).issue("ops")).secret;
  } finally {
    await pool.end();
  }
}

/** Calls the API and fails on anything but success. */
export async function call(
  { url, key }: Pick<RunningOrchestrator, "url" | "key">,
  method: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}.`);
  await answer.arrayBuffer();
}
