// Decisions recomputed by the replay tool, as a process of its own: it must not share code with what it judges.
import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Evidence } from "./rows.js";

const run = promisify(execFile);
const program = fileURLToPath(new URL("../../../replay/dist/main.js", import.meta.url));

type Replayed = Pick<Evidence, "replayDiff" | "replayChecks" | "replayFindings">;

interface Verified {
  readonly differences?: unknown;
  readonly checks?: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly count: number;
    readonly findings: readonly { readonly message: string }[];
  }[];
  readonly error?: { readonly message?: string };
}

/**
 * What `replay verify --json` says of the database: how many recorded decisions a recomputation from their recorded inputs would
 * make otherwise, and every check it made. A null difference when there is no replay tool in this build.
 */
export async function replayDifference(databaseUrl: string, signal: AbortSignal): Promise<Replayed> {
  const isThere = await access(program).then(
    () => true,
    () => false,
  );
  if (!isThere) return { replayDiff: null, replayChecks: [], replayFindings: [] };
  const { stdout, stderr } = await run(process.execPath, [program, "verify", "--json"], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    maxBuffer: 64 * 1024 * 1024,
    signal,
  }).catch((error: { stdout?: string; stderr?: string; code?: unknown }) => {
    // It exits 1 when anything differs, and when it could not look.
    if (error.code === 1) return { stdout: error.stdout ?? "", stderr: error.stderr ?? "" };
    throw error;
  });
  return readVerified(stdout, stderr);
}

/** Reads the document; a verification that broke off is a check of its own, and red. */
export function readVerified(stdout: string, stderr: string): Replayed {
  const { differences, checks = [], error } = (stdout.trim() === "" ? {} : JSON.parse(stdout)) as Verified;
  if (typeof differences !== "number") {
    const why = error?.message ?? stderr.trim().split("\n")[0] ?? "";
    return {
      replayDiff: null,
      replayChecks: [{ name: "verify", ok: false, count: 1 }],
      replayFindings: [`verify: it broke off: ${why}`],
    };
  }
  return {
    replayDiff: differences,
    replayChecks: checks.map(({ name, ok, count }) => ({ name, ok, count })),
    replayFindings: checks.flatMap(({ name, findings }) => findings.map(({ message }) => `${name}: ${message}`)),
  };
}
