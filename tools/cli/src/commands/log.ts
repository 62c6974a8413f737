// `log adopt`: accept a restored or promoted database server. It speaks to the database itself, as its owner: the platform's
// own login may not move the head of the log, and a fenced platform could not be asked.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { adoptLog } from "@wedsync/adapter-postgres";
import type { Command } from "commander";
import { fail, ok, type Result } from "../result.js";
import type { Output, Shell } from "../shell.js";

export interface AdoptFlags {
  readonly yes?: true;
  readonly databaseUrl?: string;
  readonly dataDir?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The owner's connection: flag, environment, or the embedded server of a data folder. */
async function ownerUrl(flags: AdoptFlags, env: Environment): Promise<string | undefined> {
  const given = flags.databaseUrl ?? env["DATABASE_URL"];
  if (given !== undefined && given !== "") return given;
  const folder = flags.dataDir ?? env["WEDSYNC_DATA_DIR"] ?? ".wedsync";
  const read = async (name: string) => (await readFile(join(folder, name), "utf8").catch(() => "")).trim();
  const [port, password] = [await read("postgres.port"), await read("postgres.password")];
  return port === "" || password === "" ? undefined : `postgres://postgres:${password}@127.0.0.1:${port}/wedsync`;
}

export async function adopt(flags: AdoptFlags, env: Environment): Promise<Result<Output>> {
  if (flags.yes !== true)
    return fail("usage", "log adopt gives up what only the old server had: say --yes when you have checked that.");
  const connectionString = await ownerUrl(flags, env);
  if (connectionString === undefined)
    return fail(
      "usage",
      "Name the database as its owner with --database-url or DATABASE_URL, or --data-dir of `start`.",
    );
  try {
    const epoch = await adoptLog({ connectionString });
    return ok({ json: { done: "adopted", epoch }, text: `the log is adopted; its epoch is ${epoch}` });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    // A driver's message may name the connection; its code is enough to act on.
    if (code === "42501") return fail("refused", "This login may not adopt the log: use the database's owner.");
    return fail("server_unreachable", `The database cannot be used (${code === "" ? "no connection" : code}).`);
  }
}

/** Adds `log adopt`. `finish` prints an outcome and sets the exit code. */
export function registerLog(
  program: Command,
  shell: Shell,
  finish: (command: Command, result: Result<Output>) => void,
): void {
  const command = program
    .command("log")
    .description("the event log itself")
    .command("adopt")
    .description("accept that the database was restored or failed over: the log goes on, in a new epoch")
    .option("--database-url <url>", "the database, as its owner (default: DATABASE_URL, else the data folder's)")
    .option("--yes", "you know that events the old server had and this one lacks are lost");
  command.action(async () => finish(command, await adopt(command.optsWithGlobals<AdoptFlags>(), shell.env)));
}
