// Where the log is: the flag wins, then the environment, then the embedded server of a data folder.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fail } from "./problem.js";

export interface SourceFlags {
  readonly database?: string;
  readonly dataDir?: string;
}

const set = (value: string | undefined): string | undefined => {
  const trimmed = value?.trim();
  return trimmed === "" ? undefined : trimmed;
};

/** Connection string of the database; any login that may read the log will do. */
export async function connectionOf(
  flags: SourceFlags,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const given = set(flags.database) ?? (flags.dataDir === undefined ? set(env["DATABASE_URL"]) : undefined);
  if (given !== undefined) {
    if (!/^postgres(ql)?:\/\//.test(given))
      fail(
        "usage",
        "--database (or DATABASE_URL) is no address of a Postgres; it looks like postgres://reader@host:5432/wedsync.",
      );
    return given;
  }
  const folder = set(flags.dataDir) ?? set(env["WEDSYNC_DATA_DIR"]) ?? ".wedsync";
  const read = async (name: string) => set(await readFile(join(folder, name), "utf8").catch(() => undefined));
  // The aggregator's login may read the log and the read models, and write neither.
  const [port, aggregator, app] = [
    await read("postgres.port"),
    await read("aggregator-password"),
    await read("app-password"),
  ];
  const password = aggregator ?? app;
  if (port === undefined || password === undefined)
    return fail(
      "database_missing",
      `No database: ${folder} is no data folder with a database. Give --database, DATABASE_URL or --data-dir.`,
    );
  const login = aggregator === undefined ? "wedsync_login" : "wedsync_aggregator_login";
  return `postgres://${login}:${password}@127.0.0.1:${port}/wedsync`;
}
