// What a command gets from outside, and the one place where its outcome becomes output and an exit code.
import { openLogSnapshot, type LogSnapshot } from "@wedsync/adapter-postgres/log-snapshot";
import { startProgress, type Shell } from "@wedsync/adapter-terminal";
import type { Command } from "commander";
import { connectionOf, type SourceFlags } from "./source.js";
import { problemOf } from "./driver-problem.js";
import { exitCodeOf, fail } from "./problem.js";
import { gap } from "./read-log.js";
import type { PassProgress } from "./watch.js";

export interface Output {
  /** The document of `--json`. */
  readonly json: unknown;
  /** The same for a person. */
  readonly text: string;
  /** True when the answer is "no": exit code 1. */
  readonly no?: boolean;
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

const startPass = (what: string, events: bigint, shell: Shell): PassProgress => {
  const progress = startProgress(what, "events", shell);
  return { update: (seen) => progress.update(seen, Number(events)), stop: () => progress.stop() };
};

export interface Needs {
  /** The log may be empty or have lost its beginning: the command itself says what that means. */
  readonly anyLog?: boolean;
}

/** Gives a command its work: opens the snapshot, prints what came of it, passes the exit code on. */
export const act = <Options>(
  command: Command,
  shell: Shell,
  done: (code: number) => void,
  work: Work<Options>,
  { anyLog = false }: Needs = {},
) =>
  command.action(async () => {
    const options = command.optsWithGlobals<GlobalOptions & Options>();
    const { signal } = shell;
    let snapshot: LogSnapshot | undefined;
    try {
      const connectionString = await connectionOf(options, shell.env);
      snapshot = await openLogSnapshot({ connectionString, signal });
      if (!anyLog && snapshot.head === 0n) fail("log_empty", "The log holds no event yet.");
      if (!anyLog && snapshot.first > 1n) gap(0n, snapshot.first);
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
      const problem = problemOf(error, signal);
      if (options.json === true) shell.stdout.write(`${JSON.stringify({ error: problem })}\n`);
      shell.stderr.write(`replay: ${problem.message}\n`);
      done(exitCodeOf(problem.code));
    } finally {
      await snapshot?.close();
    }
  });
