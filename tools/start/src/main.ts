// `start`: the whole platform on one machine, in processes that can each be killed and come back.
import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { removeServer } from "@wedsync/adapter-embedded-postgres";
import { FolderError, openDataFolder } from "./data-folder.js";
import { parseOptions, type StartOptions } from "./options.js";
import { startPlatform } from "./platform.js";
import { explain } from "./explain.js";
import { resetDataFolder } from "./reset-folder.js";
import { announce } from "./announce.js";

const options = parseOptions(process.argv.slice(2), process.env);
const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function confirmReset({ dataDir, yes }: StartOptions): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) {
    say("--reset deletes all data; add --yes to do it without being asked.");
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`Delete all WedSync data in ${resolve(dataDir)}? Type yes: `);
  terminal.close();
  return answer.trim() === "yes";
}

async function main(): Promise<number> {
  if (Number(process.versions.node.split(".")[0]) < 22) {
    say(
      `Node ${process.versions.node} is too old for the platform itself; run it through \`npx pnpm@12 start\`, which brings its own Node.`,
    );
    return 1;
  }
  if (options.reset) {
    if (!(await confirmReset(options))) return 1;
    const kept = await resetDataFolder(options.dataDir, removeServer);
    if (kept.length > 0) say(`Not deleted, as start did not make it: ${kept.join(", ")}`);
  }
  const folder = await openDataFolder(options.dataDir);
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop.abort());
  const platform = await startPlatform(folder, options, say, stop.signal);
  announce(platform, options);
  await new Promise<void>((resolve) => {
    if (stop.signal.aborted) resolve();
    stop.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  say("Stopping; work in progress is finished first.");
  await platform.stop();
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  say(error instanceof FolderError ? error.message : explain(error));
  process.exitCode = 1;
}
