// A database's migration as a program: it runs as the owner of DATABASE_URL, or prints what it would run.

export interface Migration {
  /** Brings the database up to this release; safe to run twice. */
  readonly migrate: (connectionString: string) => Promise<void>;
  /** The same as SQL. */
  readonly text: () => string;
}

/** Reads the arguments; sets the exit code: 0 done or printed, 1 it failed, 2 wrong usage. */
export async function runMigration({ migrate, text }: Migration): Promise<void> {
  const [flag] = process.argv.slice(2);
  const url = process.env["DATABASE_URL"];
  if (flag === "--print") process.stdout.write(text());
  else if (flag !== undefined) fail(2, "usage: migrate [--print]   (DATABASE_URL names the database, as its owner)");
  else if (url === undefined)
    fail(2, "DATABASE_URL is missing; for example DATABASE_URL=postgres://owner:secret@db.internal:5432/wedsync");
  else
    await migrate(url).catch((error: unknown) =>
      fail(1, error instanceof Error ? error.message : "the migration failed"),
    );
}

function fail(code: number, line: string): void {
  process.stderr.write(`${line}\n`);
  process.exitCode = code;
}
