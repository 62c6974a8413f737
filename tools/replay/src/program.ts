// The command tree, and how wrong usage becomes exit code 2.
import { Command, type CommanderError } from "commander";
import type { Register } from "./register.js";
import { act, type Shell } from "./shell.js";
import { registerState } from "./state/command.js";
import { registerTimeline } from "./timeline/command.js";
import { registerVerify } from "./verify/command.js";
import { registerWhy } from "./why/command.js";

const build = (shell: Shell, done: (code: number) => void): Command => {
  const program = new Command("replay")
    .description("what happened, what was the state, why it ran, and is the log what it says: reads only")
    .option("--database <url>", "the log's database (default: DATABASE_URL, else the data folder's)")
    .option("--data-dir <folder>", "data folder of `start` (default: WEDSYNC_DATA_DIR, else .wedsync)")
    .option("--json", "one JSON document on standard output, all else on standard error")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => shell.stdout.write(text),
      writeErr: (text) => shell.stderr.write(text),
    })
    .exitOverride();
  const registers: readonly Register[] = [registerTimeline, registerState, registerWhy, registerVerify];
  for (const register of registers) register(program, (command, work) => act(command, shell, done, work));
  return program;
};

const isRefusal = (thrown: unknown): thrown is CommanderError =>
  typeof thrown === "object" && thrown !== null && "exitCode" in thrown && "message" in thrown;

/** Runs one command line (without node and script): 0 done, 1 no or failed, 2 wrong usage, 130 stopped. */
export const run = async (argv: readonly string[], shell: Shell): Promise<number> => {
  let code = 0;
  const done = (result: number): void => {
    code = result;
  };
  try {
    await build(shell, done).parseAsync([...argv], { from: "user" });
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    if (thrown.exitCode === 0) return 0;
    if (argv.includes("--json"))
      shell.stdout.write(`${JSON.stringify({ error: { code: "usage", message: thrown.message } })}\n`);
    return 2;
  }
  return code;
};
