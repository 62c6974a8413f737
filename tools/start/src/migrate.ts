// Brings the database up to this release by running the apps' own migration programs, as an operator would.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** @throws Error with a program's one line when the database cannot be migrated. */
export async function migrateDatabase(ownerUrl: string): Promise<void> {
  try {
    // The log first: the read models' roles get their rights on it.
    for (const app of ["@wedsync/orchestrator/migrate", "@wedsync/metrics-aggregator/migrate"]) {
      const program = fileURLToPath(import.meta.resolve(app));
      await run(process.execPath, [program], { env: { ...process.env, DATABASE_URL: ownerUrl } });
    }
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new Error(`The database could not be brought up to date: ${said.split("\n")[0] ?? ""}`, { cause: error });
  }
}
