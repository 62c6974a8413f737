// A command tree that writes to a shell, and how its own refusals (wrong usage) become exit code 2.
import { Command, type CommanderError } from "commander";
import type { Shell } from "./shell.js";

type Streams = Pick<Shell, "stdout" | "stderr">;

/** A command tree that never ends the process itself. Every command of it takes `--json`. */
export const newProgram = (name: string, description: string, shell: Streams): Command =>
  new Command(name)
    .description(description)
    .option("--json", "one JSON document on standard output, all else on standard error")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => shell.stdout.write(text),
      writeErr: (text) => shell.stderr.write(text),
    })
    .exitOverride();

const isRefusal = (thrown: unknown): thrown is CommanderError =>
  typeof thrown === "object" && thrown !== null && "exitCode" in thrown && "message" in thrown;

/**
 * Runs one command line (without node and script) and resolves to its exit code: what the command passed to `done` (0 when it
 * passed nothing), 0 for `--help`, 2 for wrong usage.
 * @param build makes the tree; its commands pass their exit code to `done`
 */
export async function runProgram(
  build: (done: (code: number) => void) => Command,
  argv: readonly string[],
  shell: Streams,
): Promise<number> {
  let code = 0;
  const done = (result: number): void => {
    code = result;
  };
  try {
    await build(done).parseAsync([...argv], { from: "user" });
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    if (thrown.exitCode === 0) return 0;
    if (argv.includes("--json"))
      shell.stdout.write(`${JSON.stringify({ error: { code: "usage", message: thrown.message } })}\n`);
    return 2;
  }
  return code;
}
