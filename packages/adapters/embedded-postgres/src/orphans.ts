// Sessions that outlived their server. A backend whose postmaster was killed ends as soon as it looks up; one that waits for a
// lock of a killed neighbour never does, and Postgres refuses to start beside it ("shared memory block is still in use").
import { readdir, readFile, readlink } from "node:fs/promises";
import { basename } from "node:path";

const patienceMs = 5_000;

/**
 * Ends the processes of a cluster whose postmaster is gone. Found by their working folder, which is the cluster's, so no other
 * server is touched. Linux only: elsewhere the start fails with Postgres' own words.
 * @returns how many there were
 */
export async function endOrphans(cluster: string): Promise<number> {
  const orphans = await processesIn(cluster);
  for (const [signal, waitMs] of [
    ["SIGQUIT", patienceMs],
    ["SIGKILL", patienceMs],
  ] as const) {
    const left = await processesIn(cluster);
    if (left.length === 0) break;
    for (const pid of left) end(pid, signal);
    for (let waited = 0; waited < waitMs && (await processesIn(cluster)).length > 0; waited += 20)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return orphans.length;
}

/** Postgres processes that work in a folder, by pid. */
async function processesIn(folder: string): Promise<readonly number[]> {
  const names = await readdir("/proc").catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const cwd = await readlink(`/proc/${name}/cwd`).catch(() => "");
        if (cwd !== folder) return [];
        const program = await readlink(`/proc/${name}/exe`).catch(() => "");
        return basename(program) === "postgres" && !(await isGone(name)) ? [Number(name)] : [];
      }),
  );
  return found.flat();
}

/** Ended, and only its parent has not asked for how. */
async function isGone(pid: string): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const state = status.slice(status.lastIndexOf(")") + 2, status.lastIndexOf(")") + 3);
  return state === "" || state === "Z";
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has gone by itself.
  }
}
