// Decisions recomputed by the replay tool, as a process of its own: it must not share code with what it judges.
import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const program = fileURLToPath(new URL("../../../replay/dist/main.js", import.meta.url));

/**
 * How many recorded decisions a recomputation from their recorded inputs would make otherwise: `differences` of
 * `replay verify --json`, which exits 1 when there is any. Null when there is no replay tool in this build.
 */
export async function replayDifference(databaseUrl: string): Promise<number | null> {
  const isThere = await access(program).then(
    () => true,
    () => false,
  );
  if (!isThere) return null;
  const { stdout } = await run(process.execPath, [program, "verify", "--json"], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: { stdout?: string; code?: unknown }) => {
    if (error.code === 1 && error.stdout !== undefined) return { stdout: error.stdout };
    throw error;
  });
  const { differences } = JSON.parse(stdout) as { readonly differences?: unknown };
  if (typeof differences !== "number") throw new Error("`replay verify --json` named no differences.");
  return differences;
}
