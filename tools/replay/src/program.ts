// The command tree.
import { newProgram, runProgram, type Shell } from "@wedsync/adapter-terminal";
import type { Command } from "commander";
import type { Register } from "./register.js";
import { act } from "./shell.js";
import { registerState } from "./state/command.js";
import { registerTimeline } from "./timeline/command.js";
import { registerVerify } from "./verify/command.js";
import { registerWhy } from "./why/command.js";

const build = (shell: Shell, done: (code: number) => void): Command => {
  const description = "what happened, what was the state, why it ran, and is the log what it says: reads only";
  const program = newProgram("replay", description, shell)
    .option("--database <url>", "the log's database (default: DATABASE_URL, else the data folder's)")
    .option("--data-dir <folder>", "data folder of `start` (default: WEDSYNC_DATA_DIR, else .wedsync)");
  const registers: readonly Register[] = [registerTimeline, registerState, registerWhy, registerVerify];
  for (const register of registers) register(program, (command, work, needs) => act(command, shell, done, work, needs));
  return program;
};

/** Runs one command line (without node and script): 0 done, 1 no or failed, 2 wrong usage, 130 stopped. */
export const run = async (argv: readonly string[], shell: Shell): Promise<number> =>
  await runProgram((done) => build(shell, done), argv, shell);
