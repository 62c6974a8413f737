// The command tree.
import { newProgram, runProgram } from "@wedsync/adapter-terminal";
import type { Command } from "commander";
import { registerActs } from "./commands/act.js";
import { registerExecutions } from "./commands/executions.js";
import { registerHolds } from "./commands/holds.js";
import { registerImport } from "./commands/import.js";
import { registerKeys } from "./commands/keys.js";
import { registerLog } from "./commands/log.js";
import { registerReadModels } from "./commands/read-models.js";
import { registerScaling } from "./commands/scaling.js";
import { registerSeason } from "./commands/season.js";
import { registerStatus } from "./commands/status.js";
import type { Act } from "./register.js";
import type { Result } from "./result.js";
import { act, finish, type Output, type Shell } from "./shell.js";

const build = (shell: Shell, done: (code: number) => void): Command => {
  const program = newProgram("wedsync", "operator's command line, over the HTTP API of a running platform", shell)
    .option("--url <address>", "the server (default: WEDSYNC_URL, else http://127.0.0.1:4600)")
    .option("--key <key>", "API key (default: WEDSYNC_API_KEY, else the data folder's key file)")
    .option("--data-dir <folder>", "data folder of `start` (default: WEDSYNC_DATA_DIR, else .wedsync)");
  const tie: Act = (command, work) => act(command, shell, done, work);
  for (const register of [
    registerImport,
    registerStatus,
    registerExecutions,
    registerActs,
    registerHolds,
    registerKeys,
    registerReadModels,
    registerSeason,
  ]) {
    register(program, tie);
  }
  const end = (command: Command, result: Result<Output>): void => finish(command, shell, done, result);
  registerScaling(program, tie, end);
  registerLog(program, shell, end);
  return program;
};

/** Runs one command line (without node and script) and resolves to its exit code: 0 done, 1 no or failed, 2 usage, 130 stopped. */
export const run = async (argv: readonly string[], shell: Shell): Promise<number> =>
  await runProgram((done) => build(shell, done), argv, shell);
