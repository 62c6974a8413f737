// Command lines for a person to paste, from whatever folder: they name the data folder unless it is the default of both tools.
import { resolve } from "node:path";
import type { Held } from "./held.js";
import { defaults, type StartOptions } from "./options.js";

/** As one word of a shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const dataDirFlag = (folder: string): string =>
  folder === resolve(defaults.dataDir) ? "" : ` --data-dir ${quoted(folder)}`;

/** What is held and how to let it run; one line each. */
export function heldHints({ executions, single, scopes }: Held, folder: string): readonly string[] {
  if (scopes.length === 0 && single === 0) return ["Nothing is held."];
  const flag = dataDirFlag(folder);
  const lines = [
    `Held: ${[...scopes, ...(single > 0 ? ["late work"] : [])].join(", ")}; ${executions} executions wait.`,
  ];
  if (scopes.length > 0) lines.push(`  let it run:  npx pnpm@12 wedsync release ${scopes.join(" ")}${flag}`);
  if (single > 0)
    lines.push(`  late work:   npx pnpm@12 wedsync executions --status held${flag}   (\`release ID\` lets one run)`);
  return lines;
}

/** The command of this start, on a folder made anew. */
export function resetHint({ port, empty }: Pick<StartOptions, "port" | "empty">, folder: string): string {
  const portFlag = port === defaults.port ? "" : ` --port ${port}`;
  return `npx pnpm@12 start --reset${dataDirFlag(folder)}${portFlag}${empty ? " --empty" : ""}`;
}
