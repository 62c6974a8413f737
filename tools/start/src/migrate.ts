// Brings the database up to this release by running the orchestrator's own migration program, as an operator would.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** @throws Error with the program's one line when the database cannot be migrated. */
export async function migrateDatabase(ownerUrl: string): Promise<void> {
  const program = fileURLToPath(import.meta.resolve("@wedsync/orchestrator/migrate"));
  try {
    await run(process.execPath, [program], { env: { ...process.env, DATABASE_URL: ownerUrl } });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new Error(`The database could not be brought up to date: ${said.split("\n")[0] ?? ""}`, { cause: error });
  }
}
