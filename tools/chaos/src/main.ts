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
  let isKept = true;
  const kept = options.keep === undefined ? folder : resolve(options.keep);
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
    stop.signal.throwIfAborted();
    bar?.stop();
    say("Checking.");
    const verdict = check(evidence);
    isKept = options.keep !== undefined || !verdict.ok;
    if (isKept) await saveEvidence(folder, evidence);
    const seconds = Math.round((performance.now() - began) / 1_000);
    const { seed } = options;
    const report = reportOf(verdict, { seed, seconds, faults: evidence.faults, ...(isKept ? { kept } : {}) });
    if (isKept) await writeFile(join(folder, "report.json"), JSON.stringify(report, null, 1));
    return report;
  } catch (error) {
    // A run that broke off is the one that somebody wants to look into; one that a person stopped is not.
    isKept = !stop.signal.aborted;
    if (isKept) say(`Logs and evidence as far as it came: ${kept}`);
    throw error;
  } finally {
    bar?.stop();
    // The data of the database is of no use to a reader: the log is in the evidence. What the server said is kept.
    await rename(join(folder, "postgres.log"), join(folder, "server.log")).catch(() => undefined);
    await removeServer(join(folder, "postgres"));
    if (isKept && kept !== folder) {
      await mkdir(kept, { recursive: true });
      await cp(folder, kept, { recursive: true });
    }
    if (!isKept || kept !== folder) await rm(folder, { recursive: true, force: true });
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
