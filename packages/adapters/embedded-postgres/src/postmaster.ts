// The server's main process, known by its pid file: is it there, does it answer, stop it.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { isSystemError } from "./errors.js";

/** Connection string of the superuser. */
export const urlOf = (port: number, password: string, database: string): string =>
  `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;

/** The lines of a cluster's pid file; none when there is no file. The first is the pid, the fourth the port. */
async function pidFile(cluster: string): Promise<readonly string[]> {
  return (await readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
}

/** A server that already runs on this cluster and answers with our password. A dead server's pid file is left to Postgres. */
export async function runningServer(
  cluster: string,
  password: string,
): Promise<{ readonly port: number; readonly pid: number } | undefined> {
  const lines = await pidFile(cluster);
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!(pid > 0) || !(port > 0) || !isAlive(pid)) return undefined;
  // It may be in crash recovery: give it time before starting a second one, which would only fail.
  for (let waited = 0; waited < 30_000 && isAlive(pid); waited += 100) {
    if (await answers(port, password)) return { port, pid };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return undefined;
}

/** Does the main process that the pid file names live? */
export async function hasPostmaster(cluster: string): Promise<boolean> {
  const pid = Number((await pidFile(cluster))[0]);
  return pid > 0 && isAlive(pid);
}

/** Does a server answer here, with our password? */
export async function answers(port: number, password: string): Promise<boolean> {
  const client = new Client({ connectionString: urlOf(port, password, "postgres"), connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Fast shutdown, then immediate: open sessions are ended, committed data is safe either way.
 * @param startedPid whom to stop when there is no pid file; 0: nobody
 */
export async function stopServer(cluster: string, startedPid: number): Promise<void> {
  const noted = Number((await pidFile(cluster))[0]);
  const pid = noted > 0 ? noted : startedPid;
  if (pid === 0) return;
  for (const [signal, patienceMs] of [
    ["SIGINT", 20_000],
    ["SIGQUIT", 10_000],
    ["SIGKILL", 5_000],
  ] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    for (let waited = 0; waited < patienceMs && isAlive(pid); waited += 20)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isSystemError(error, "EPERM");
  }
}
