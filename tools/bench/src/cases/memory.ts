// Memory: the orchestrator with a million executions pending, and an import of a whole season.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { Client } from "pg";
import { bySize, type BenchCase, type CaseContext } from "../case.js";
import { compare } from "../compare.js";
import { memoryOf, peakUntil } from "../memory.js";
import { pendingSql } from "../jobs/pending.js";
import { startOrchestrator } from "../orchestrator.js";
import { programs } from "../programs.js";
import type { Measurement } from "../result.js";
import type { Database } from "../workshop.js";

async function withSql(database: Database, sql: string): Promise<void> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function pending(context: CaseContext): Promise<Measurement> {
  const { workshop } = context;
  const count = bySize(context.size, { quick: 20_000, usual: 1_000_000, full: 1_000_000 });
  const database = await workshop.platformDatabase();
  try {
    await withSql(database, pendingSql(count));
    const running = await startOrchestrator(workshop, database);
    try {
      // The dispatcher takes its view of the index when it has become leader; after that only the log changes it.
      await new Promise((resolve) =>
        setTimeout(resolve, bySize(context.size, { quick: 2_000, usual: 12_000, full: 30_000 })),
      );
      const { now, peak } = await memoryOf(running.pid);
      return compare({
        id: "MEM",
        variant: `orchestrator with ${count} executions pending`,
        unit: "MiB",
        figures: { ok: true, values: [peak] },
        target: { kind: "value-below", limit: 300 },
        note: `at its highest; ${Math.round(now)} MiB afterwards. The log and its tables are filled by SQL; all is due within ten minutes`,
      });
    } finally {
      await running.stop();
    }
  } finally {
    await database.drop();
  }
}

async function season(context: CaseContext): Promise<readonly Measurement[]> {
  const { workshop } = context;
  const rows = bySize(context.size, { quick: 500, usual: 40_060, full: 40_060 });
  const file = join(workshop.folder, "bookings.csv");
  await finished(context, programs.simulate, ["bookings", "--rows", String(rows), "--out", file]);
  const database = await workshop.platformDatabase();
  const running = await startOrchestrator(workshop, database);
  try {
    const { url, key } = running;
    const flags = ["--vendor", "resort", "--time-zone", "Europe/Lisbon", "--url", url, "--key", key, "--json"];
    const peak = await finished(context, programs.wedsync, ["import", "weddings", file, ...flags]);
    const platform = await memoryOf(running.pid);
    const row = (variant: string, value: number, limit: number): Measurement =>
      compare({
        id: "MEM",
        variant,
        unit: "MiB",
        figures: { ok: true, values: [value] },
        target: { kind: "value-below", limit },
        note: "at its highest",
      });
    return [
      row(`importing ${rows} bookings, the importer`, peak, 200),
      row(`importing ${rows} bookings, the orchestrator`, platform.peak, 300),
    ];
  } finally {
    await running.stop();
    await database.drop();
  }
}

/** Runs a program of this repository to its good end; its highest memory, MiB. */
async function finished({ signal }: CaseContext, program: string, args: readonly string[]): Promise<number> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, [program, ...args], { detached: true, stdio: ["ignore", "ignore", "pipe"] });
  const stop = (): void => void child.kill("SIGTERM");
  signal.addEventListener("abort", stop, { once: true });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors = (errors + text).slice(-2_000)));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const peak = await peakUntil(child.pid ?? 0, ended);
  signal.removeEventListener("abort", stop);
  const code = await ended;
  if (code !== 0)
    throw new Error(`${args[0] ?? ""} ended with ${String(code)}: ${errors.trim().split("\n").at(-1) ?? ""}`);
  return peak;
}

export const memoryCase: BenchCase = {
  id: "MEM",
  title: "Memory",
  method: "Resident memory at its highest, as Linux counts it, of the product's own processes.",
  run: async (context) => {
    context.steps(2);
    const first = await pending(context);
    context.step("pending");
    const rest = await season(context);
    context.step("import");
    return [first, ...rest];
  },
};
