#!/usr/bin/env node
// `bench`: the figures of docs/benchmarks.md. Exit 0: measured, whatever the times; 1: an id could not be measured; 2: wrong
// usage; 130: Ctrl-C.
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { allCases } from "./cases/all.js";
import { describeMachine } from "./machine.js";
import { parseOptions } from "./options.js";
import { startProgress } from "./progress.js";
import { markdownReport } from "./report/markdown.js";
import { textTable } from "./report/table.js";
import { runCases } from "./run.js";
import { Workshop } from "./workshop.js";

const argv = process.argv.slice(2);
const options = parseOptions(
  argv,
  allCases.map((entry) => entry.id),
);
const cases = options.only.length === 0 ? allCases : allCases.filter((entry) => options.only.includes(entry.id));
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop.abort());
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

const progress = startProgress(process.stderr);
const workshop = await Workshop.open();
try {
  const machine = await describeMachine(workshop);
  const rounds = options.rounds ?? (options.size === "quick" ? 1 : 5);
  const results = await runCases({ cases, workshop, size: options.size, rounds, signal: stop.signal, progress });
  const command = ["npx pnpm@12 bench", ...argv.filter((argument) => argument !== "--")].join(" ");
  if (options.write !== undefined) {
    const root = fileURLToPath(new URL("../../../", import.meta.url));
    await writeFile(resolve(root, options.write), markdownReport({ command, machine, cases, results }));
  }
  if (options.json) process.stdout.write(`${JSON.stringify({ machine, results })}\n`);
  else {
    const notes = results.flatMap(({ id, variant, ok, note }) =>
      ok || note === undefined ? [] : [`${id} ${variant}: ${note}`],
    );
    process.stdout.write(`${[textTable(results), ...notes].join("\n")}\n`);
  }
  process.exitCode = results.some((result) => result.value === null) ? 1 : 0;
} catch (error) {
  process.exitCode = stop.signal.aborted ? 130 : 1;
  if (!stop.signal.aborted) process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
} finally {
  progress.end();
  await workshop.close();
}
