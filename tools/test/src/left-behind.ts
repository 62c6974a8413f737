// Processes that a run left behind: every one works in the run's folder or names it, so they can be told from all others.
import { readdir, readFile, readlink } from "node:fs/promises";

export interface LeftProcess {
  readonly pid: number;
  readonly command: string;
}

/** Processes whose command line or working folder lies in `folder`. Empty where there is no /proc. */
export async function leftBehind(folder: string): Promise<readonly LeftProcess[]> {
  const entries = await readdir("/proc").catch(() => []);
  const found: LeftProcess[] = [];
  for (const entry of entries) {
    const pid = Number(entry);
    if (!(pid > 0) || pid === process.pid) continue;
    const command = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ").trim();
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => "");
    if (command.includes(folder) || cwd.startsWith(folder)) found.push({ pid, command });
  }
  return found;
}
