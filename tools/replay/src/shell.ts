// What a command gets from outside, and the one place where its outcome becomes output and an exit code.
import { openLogSnapshot, type LogSnapshot } from "@wedsync/adapter-postgres/log-snapshot";
import { startProgress, type Progress, type Shell } from "@wedsync/adapter-terminal";
import type { Command } from "commander";
import { connectionOf, type SourceFlags } from "./source.js";
import { exitCodeOf, fail, ProblemError, type Problem } from "./problem.js";

export interface Output {
  /** The document of `--json`. */
  readonly json: unknown;
  /** The same for a person. */
  readonly text: string;
  /** True when the answer is "no": exit code 1. */
  readonly no?: boolean;
}

/** Progress of one pass over the log. */
export interface PassProgress extends Pick<Progress, "stop"> {
  /** @param events seen so far */
  update(events: number): void;
}

export interface Session<Options> {
  readonly snapshot: LogSnapshot;
  readonly options: Options;
  readonly args: readonly string[];
  readonly shell: Shell;
  /** A bar for a pass over so many events. */
  readonly progress: (what: string, events: bigint) => PassProgress;
}

export type Work<Options> = (session: Session<Options>) => Promise<Output>;

interface GlobalOptions extends SourceFlags {
  readonly json?: boolean;
}

const messageOf = (error: unknown): Problem => {
  if (error instanceof ProblemError) return error.problem;
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  if (code === "schema_missing")
    return { code, message: "The database holds no event log; name the platform's database with --database." };
  // A driver's message may name the connection; its code is enough to act on.
  if (/^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|28|3D|57|08)/.test(code))
    return { code: "database_unreachable", message: `The database cannot be used (${code}). Is the platform running?` };
  if (code === "42P01" || code === "42501")
    return {
      code: "tables_unreadable",
      message: `A table of the platform is missing, or this login may not read it (${code}). Was the database migrated to this release, and is the login a member of wedsync_read?`,
    };
  throw error;
};

const startPass = (what: string, events: bigint, shell: Shell): PassProgress => {
  const progress = startProgress(what, "events", shell);
  return { update: (seen) => progress.update(seen, Number(events)), stop: () => progress.stop() };
};

/** Gives a command its work: opens the snapshot, prints what came of it, passes the exit code on. */
export const act = <Options>(command: Command, shell: Shell, done: (code: number) => void, work: Work<Options>) =>
  command.action(async () => {
    const options = command.optsWithGlobals<GlobalOptions & Options>();
    let snapshot: LogSnapshot | undefined;
    try {
      const connectionString = await connectionOf(options, shell.env);
      snapshot = await openLogSnapshot({ connectionString });
      if (snapshot.head === 0n) fail("log_empty", "The log holds no event yet.");
      const output = await work({
        snapshot,
        options,
        args: command.args,
        shell,
        progress: (what, events) => startPass(what, events, shell),
      });
      shell.stdout.write(options.json === true ? `${JSON.stringify(output.json)}\n` : `${output.text}\n`);
      done(output.no === true ? 1 : 0);
    } catch (error) {
      const problem = messageOf(error);
      if (options.json === true) shell.stdout.write(`${JSON.stringify({ error: problem })}\n`);
      shell.stderr.write(`replay: ${problem.message}\n`);
      done(exitCodeOf(problem.code));
    } finally {
      await snapshot?.close();
    }
  });
