// `test`: starts one Postgres, runs jest on it, removes everything, and ends with one line.
import { spawn } from "node:child_process";
import { chmod, mkdtemp, realpath, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { startServer } from "@wedsync/adapter-embedded-postgres";
import { folderVariable, postgresVariable, sharedDataVariable } from "./environment.js";
import { leftBehind } from "./left-behind.js";
import { parseOptions, type RunOptions } from "./options.js";
import { passesOf, type Pass } from "./passes.js";
import { addSummaries, listFailures, readSummary, type Summary } from "./summary.js";

const options = parseOptions(process.argv.slice(2));
const startedAt = performance.now();
const elapsed = (): string => `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * Spec files that run at once. Those that start processes mostly wait for them, so there are more than cores; more than
 * four would fight for the one Postgres.
 */
const workers = (): number => Math.min(4, 2 * availableParallelism());

/** Runs jest to its end; a stop signal is passed on, so that it ends its workers itself. */
function runJest(run: RunOptions, pass: Pass, resultFile: string, environment: NodeJS.ProcessEnv): Promise<number> {
  const jest = createRequire(import.meta.url).resolve("jest/bin/jest");
  const args = [
    "--experimental-vm-modules",
    "--no-warnings",
    jest,
    `--maxWorkers=${workers()}`,
    `--testSequencer=${fileURLToPath(new URL("sequencer.js", import.meta.url))}`,
    "--json",
    `--outputFile=${resultFile}`,
    ...(run.sharedData === undefined ? ["--ignoreProjects", "shared"] : ["--selectProjects", "shared"]),
    ...(pass.coverage ? ["--coverage"] : []),
    ...(run.name === undefined ? [] : [`--testNamePattern=${run.name}`]),
    ...(pass.files.length === 0 ? [] : ["--testPathPatterns", ...pass.files]),
  ];
  return new Promise((resolve) => {
    // Jest prints its JSON on standard output as well; only its report is wanted.
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"], env: environment });
    const passOn = (signal: NodeJS.Signals) => child.kill(signal);
    process.on("SIGINT", passOn).on("SIGTERM", passOn);
    child.once("exit", (code, signal) => {
      process.off("SIGINT", passOn).off("SIGTERM", passOn);
      resolve(signal === null ? (code ?? 1) : 130);
    });
  });
}

async function main(): Promise<number> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "wedsync-test-")));
  await chmod(folder, 0o755);
  try {
    return await runIn(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runIn(folder: string): Promise<number> {
  say("Starting Postgres for this run.");
  const server = await startServer({
    dataDir: join(folder, "postgres"),
    onNote: say,
    // Data of a test run outlives no crash, but the settings are the product's: the server refuses weaker ones.
    ...(options.postgresBinaries === undefined ? {} : { binaries: options.postgresBinaries }),
  });
  let summary: Summary = { passed: 0, failed: 1, skipped: 0, files: 0, failures: [] };
  let code = 0;
  try {
    say(
      `Postgres is up after ${elapsed()}; running ${options.files.length === 0 ? "all tests" : options.files.join(" ")}.`,
    );
    const environment = {
      ...process.env,
      [postgresVariable]: server.url(),
      [folderVariable]: folder,
      ...(options.sharedData === undefined ? {} : { [sharedDataVariable]: resolve(options.sharedData) }),
      TMPDIR: folder,
    };
    const summaries: Summary[] = [];
    for (const [index, pass] of passesOf(options).entries()) {
      const resultFile = join(folder, `result-${index}.json`);
      const ended = await runJest(options, pass, resultFile, environment);
      summaries.push(await readSummary(resultFile));
      // 130, a stop, is the highest that jest ends with.
      code = Math.max(code, ended);
      if (code === 130) break;
    }
    summary = addSummaries(summaries);
  } finally {
    await server.stop();
  }
  const left = await leftBehind(folder);
  for (const { pid, command } of left) {
    say(`left behind: process ${pid} ${command.slice(0, 200)}`);
    process.kill(pid, "SIGKILL");
  }
  if (summary.failures.length > 0) say(listFailures(summary.failures, 25));
  const failed = summary.failed + left.length;
  if (summary.skipped > 0) say(`${summary.skipped} skipped or todo, counted as failed.`);
  if (options.json)
    process.stdout.write(
      `${JSON.stringify({ ...summary, failed, seconds: Math.round((performance.now() - startedAt) / 1_000) })}\n`,
    );
  else {
    process.stdout.write(`${summary.files} files in ${elapsed()}\n`);
    process.stdout.write(`${summary.passed} passed, ${failed} failed\n`);
  }
  if (code === 130) return 130;
  return code === 0 && failed === 0 && summary.passed > 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
