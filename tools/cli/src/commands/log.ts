// `log adopt`: accept a restored or promoted database server. `log rebuild`: make the tables beside the log anew from it. Both
// speak to the database itself, as its owner: the platform's own login may do neither, and a fenced platform could not be asked.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { adoptLog, rebuildInline } from "@wedsync/adapter-postgres";
import { startProgress } from "@wedsync/adapter-terminal";
import { catalogue, createCodec } from "@wedsync/contracts";
import type { RecordedEvent } from "@wedsync/event-log";
import { executionListTable, schedulerInline, weddingDemandTable } from "@wedsync/scheduler";
import type { Command } from "commander";
import { folderOf } from "../connection.js";
import { count } from "../output.js";
import { fail, fieldOf, ok, type Result } from "../result.js";
import type { Output, Shell } from "../shell.js";

interface OwnerFlags {
  readonly databaseUrl?: string;
  readonly dataDir?: string;
}

export interface AdoptFlags extends OwnerFlags {
  readonly yes?: true;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The owner's connection: what a flag names, then the environment's database, then the usual data folder's. */
async function ownerUrl(flags: OwnerFlags, env: Environment): Promise<string | undefined> {
  if (flags.databaseUrl !== undefined && flags.databaseUrl !== "") return flags.databaseUrl;
  const inEnvironment = env["DATABASE_URL"] ?? "";
  if (inEnvironment !== "" && (flags.dataDir ?? "") === "") return inEnvironment;
  const folder = folderOf(flags, env);
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
    return failed(error, "adopt the log");
  }
}

function failed(error: unknown, what: string): Result<never> {
  const code = fieldOf(error, "code");
  // A driver's message may name the connection; its code is enough to act on.
  if (code === "42501") return fail("refused", `This login may not ${what}: use the database's owner.`);
  return fail("server_unreachable", `The database cannot be used (${code === "" ? "no connection" : code}).`);
}

/** Tells how far a long pass is. */
type Show = (events: number, head: number) => void;

export async function rebuild(
  flags: OwnerFlags,
  { env, signal, now }: Pick<Shell, "env" | "signal" | "now">,
  show: Show,
): Promise<Result<Output>> {
  const connectionString = await ownerUrl(flags, env);
  if (connectionString === undefined)
    return fail(
      "usage",
      "Name the database as its owner with --database-url or DATABASE_URL, or --data-dir of `start`.",
    );
  const began = now();
  try {
    const { events, tables, emptied } = await rebuildInline({
      connectionString,
      inline: schedulerInline,
      readModels: [executionListTable.name, weddingDemandTable.name],
      assertReadable: readableByThisBuild(),
      onProgress: show,
      signal,
    });
    const seconds = Math.max(0.001, (now() - began) / 1_000);
    const report = tables.map((each) => ({ ...each, equal: each.before === each.after }));
    const perSecond = Math.round(events / seconds);
    const lines = report.map(({ table: name, rows, equal, added, removed, changed }) =>
      equal
        ? `${name.padEnd(13)} ${count(rows)} rows, equal`
        : `${name.padEnd(13)} ${count(rows)} rows, DIFFERED: ${count(added)} added, ${count(removed)} removed, ${count(changed)} changed`,
    );
    return ok({
      json: {
        done: "rebuilt",
        events,
        seconds,
        eventsPerSecond: perSecond,
        equal: report.every((each) => each.equal),
        tables: report,
        emptied,
      },
      text: [
        ...lines,
        ...emptied.map((name) => `${name.padEnd(13)} had read what the log does not hold; the platform folds it anew`),
        `rebuilt from ${count(events)} events in ${seconds.toFixed(1)} s, ${count(perSecond)}/s`,
      ].join("\n"),
    });
  } catch (error) {
    if (signal.aborted) return fail("interrupted", "Stopped; nothing was changed.");
    if (["log_gap", "log_truncated"].includes(fieldOf(error, "code")) || fieldOf(error, "name") === "UnreadableEvent")
      return fail("refused", fieldOf(error, "message"));
    return failed(error, "rebuild its tables");
  }
}

/** An event that a fold passes over would take its rows away: work that was accepted, a guard that stands. */
function readableByThisBuild(): (event: RecordedEvent) => void {
  const codec = createCodec(catalogue.map(({ definition }) => definition));
  const known = new Map(catalogue.map(({ definition }) => [definition.type, definition.version]));
  return (event) => {
    if (!codec.decode(event).ok) throw unreadable(event, known.get(event.type) ?? 0);
  };
}

function unreadable({ type, schemaVersion, position }: RecordedEvent, newest: number): Error {
  const why =
    schemaVersion > newest
      ? "which this build cannot read; rebuild with the newer one"
      : "whose data are not what its contract says; look at it with `npx pnpm@12 replay verify` and mend it first";
  const message = `Position ${position} holds ${type} version ${schemaVersion}, ${why}. Nothing was rebuilt.`;
  return Object.assign(new Error(message), { name: "UnreadableEvent" });
}

/** Adds `log adopt` and `log rebuild`. `finish` prints an outcome and sets the exit code. */
export function registerLog(
  program: Command,
  shell: Shell,
  finish: (command: Command, result: Result<Output>) => void,
): void {
  const log = program.command("log").description("the event log itself");
  const database = "the database, as its owner (default: DATABASE_URL, else the data folder's)";
  const adopting = log
    .command("adopt")
    .description("accept that the database was restored or failed over: the log goes on, in a new epoch")
    .option("--database-url <url>", database)
    .option("--yes", "you know that events the old server had and this one lacks are lost");
  adopting.action(async () => finish(adopting, await adopt(adopting.optsWithGlobals<AdoptFlags>(), shell.env)));
  const rebuilding = log
    .command("rebuild")
    .description(
      "make pending index, guards, open attempts and attention anew from the log; works on a running platform",
    )
    .option("--database-url <url>", database);
  rebuilding.action(async () => {
    const progress = startProgress("rebuilding", "events", shell);
    const result = await rebuild(rebuilding.optsWithGlobals<OwnerFlags>(), shell, progress.update);
    progress.stop();
    finish(rebuilding, result);
  });
}
