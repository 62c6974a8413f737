// Decisions recomputed by the replay tool, as a process of its own: it must not share code with what it judges.
import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Evidence } from "./rows.js";

const run = promisify(execFile);
const program = fileURLToPath(new URL("../../../replay/dist/main.js", import.meta.url));

interface Verified {
  readonly differences?: unknown;
  readonly checks?: readonly { readonly name: string; readonly findings: readonly { readonly message: string }[] }[];
}

/**
 * How many recorded decisions a recomputation from their recorded inputs would make otherwise, and the first of them in words:
 * what `replay verify --json` says, which exits 1 when there is any. Null when there is no replay tool in this build.
 */
export async function replayDifference(databaseUrl: string): Promise<Pick<Evidence, "replayDiff" | "replayFindings">> {
  const isThere = await access(program).then(
    () => true,
    () => false,
  );
  if (!isThere) return { replayDiff: null, replayFindings: [] };
  const { stdout } = await run(process.execPath, [program, "verify", "--json"], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: { stdout?: string; code?: unknown }) => {
    if (error.code === 1 && error.stdout !== undefined) return { stdout: error.stdout };
    throw error;
  });
  const { differences, checks = [] } = JSON.parse(stdout) as Verified;
  if (typeof differences !== "number") throw new Error("`replay verify --json` named no differences.");
  const decisions = checks.find(({ name }) => name === "decisions")?.findings ?? [];
  return { replayDiff: differences, replayFindings: decisions.map(({ message }) => message) };
}
