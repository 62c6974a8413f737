// The libraries we compare with. They are no part of the workspace: the first run that needs them installs them, by name and
// exact version, into a cache folder.
import { execFile } from "node:child_process";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export const peerVersions = {
  "@dbos-inc/dbos-sdk": "5.3.0",
  bullmq: "6.7.0",
  "graphile-worker": "0.18.0",
  ioredis: "6.0.0",
  pg: "8.23.1",
  "pg-boss": "12.38.0",
} as const;

/** Where the peers are kept between runs. */
export function peerFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return join(environment["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "wedsync-bench");
}

/**
 * Makes sure that the peers are in the folder.
 * @returns the folder that they can be required from
 * @throws with npm's last line when they cannot be installed
 */
export async function installPeers(folder: string, say: (line: string) => void): Promise<string> {
  const wanted = JSON.stringify({ private: true, dependencies: peerVersions }, undefined, 2);
  const marker = join(folder, "installed.json");
  if ((await readFile(marker, "utf8").catch(() => "")) === wanted) return folder;
  say(`Installing the peers once into ${folder}.`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), wanted);
  const options = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
  await run("npm", options, { cwd: folder, timeout: 300_000 }).catch((error: unknown) => {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim().split("\n").at(-1) : "";
    throw new Error(`the peers could not be installed: ${said ?? ""}`, { cause: error });
  });
  await writeFile(`${marker}.new`, wanted);
  await rename(`${marker}.new`, marker);
  return folder;
}
