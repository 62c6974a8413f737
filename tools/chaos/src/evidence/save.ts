// Evidence as files, so that a run can be judged again later, or a copy of it be falsified.
import { createWriteStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { readLines } from "./collect.js";
import type { EventRow, Evidence, SampleRow } from "./rows.js";

/** Writes `events.jsonl` (the log's dump), `samples.jsonl` and `evidence.json` beside what the run has written already. */
export async function saveEvidence(folder: string, { events, samples, ...rest }: Evidence): Promise<void> {
  await writeRows(join(folder, "events.jsonl"), events);
  await writeRows(join(folder, "samples.jsonl"), samples);
  await writeFile(join(folder, "evidence.json"), JSON.stringify(rest));
}

export async function loadEvidence(folder: string): Promise<Evidence> {
  const rest = JSON.parse(await readFile(join(folder, "evidence.json"), "utf8")) as Omit<
    Evidence,
    "events" | "samples"
  >;
  return {
    ...rest,
    events: await readLines<EventRow>(join(folder, "events.jsonl")),
    samples: await readLines<SampleRow>(join(folder, "samples.jsonl")),
  };
}

/** One row a line. */
export async function writeRows(file: string, rows: readonly unknown[]): Promise<void> {
  function* lines(): Generator<string> {
    for (const row of rows) yield `${JSON.stringify(row)}\n`;
  }
  await pipeline(Readable.from(lines(), { objectMode: true }), createWriteStream(file));
}
