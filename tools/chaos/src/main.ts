#!/usr/bin/env node
// `chaos`: one run, one verdict. Exit 0 when every invariant holds, 1 when one does not, 2 wrong usage, 130 Ctrl-C.
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { removeServer } from "@wedsync/adapter-embedded-postgres";
import { SingleBar } from "cli-progress";
import { CommanderError } from "commander";
import { check } from "./check/check.js";
import { parseOptions, type ChaosOptions } from "./options.js";
import { reportOf, textOf, type Report } from "./report.js";
import { runChaos } from "./run.js";
import { saveEvidence } from "./evidence/save.js";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop.abort());
const say = (line: string): void => {
  const seconds = (performance.now() / 1_000).toFixed(1).padStart(6);
  process.stderr.write(`${seconds} ${line}\n`);
};

async function main(options: ChaosOptions): Promise<Report> {
  const began = performance.now();
  say(`seed ${options.seed}`);
  const folder = await mkdtemp(join(tmpdir(), "wedsync-chaos-"));
  const bar = process.stderr.isTTY
    ? new SingleBar({ format: "{what} [{bar}] {value}/{total}", stream: process.stderr, clearOnComplete: true })
    : undefined;
  let isKept = false;
  try {
    bar?.start(1, 0, { what: "start" });
    const evidence = await runChaos(options, {
      folder,
      say,
      signal: stop.signal,
      progress: (what, done, total) => {
        bar?.setTotal(total);
        bar?.update(done, { what });
      },
    });
    bar?.stop();
    say("Checking.");
    const verdict = check(evidence);
    isKept = options.keep !== undefined || !verdict.ok;
    if (isKept) await saveEvidence(folder, evidence);
    const kept = isKept ? (options.keep === undefined ? folder : resolve(options.keep)) : undefined;
    const seconds = Math.round((performance.now() - began) / 1_000);
    const report = reportOf(verdict, {
      seed: options.seed,
      seconds,
      faults: evidence.faults,
      ...(kept === undefined ? {} : { kept }),
    });
    if (isKept) await writeFile(join(folder, "report.json"), JSON.stringify(report, null, 1));
    return report;
  } finally {
    bar?.stop();
    // The data of the database is of no use to a reader: the whole log is in the evidence. What the server said is kept.
    await rename(join(folder, "postgres.log"), join(folder, "server.log")).catch(() => undefined);
    await removeServer(join(folder, "postgres"));
    if (options.keep !== undefined) {
      await mkdir(resolve(options.keep), { recursive: true });
      await cp(folder, resolve(options.keep), { recursive: true });
    }
    if (!isKept || options.keep !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

try {
  const options = parseOptions(process.argv.slice(2));
  const report = await main(options);
  process.stdout.write(`${options.json ? JSON.stringify(report) : textOf(report)}\n`);
  process.exitCode = report.ok ? 0 : 1;
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (stop.signal.aborted) process.exitCode = 130;
  else {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  }
}
