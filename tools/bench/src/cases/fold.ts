// P-5: folding events, and the memory it takes.
import { Client } from "pg";
import { bySize, type BenchCase, type CaseContext } from "../case.js";
import { compare } from "../compare.js";
import { runJob } from "../job.js";
import type { FoldMessage, FoldReport } from "../jobs/fold.js";
import { eventsPerExecution, fillSql } from "../jobs/history.js";
import { programs } from "../programs.js";
import { interleave, type Variant } from "../rounds.js";
import type { Database } from "../workshop.js";

async function filled(context: CaseContext, events: number): Promise<Database> {
  const database = await context.workshop.platformDatabase();
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(fillSql(events / eventsPerExecution));
  await client.query("vacuum analyze wedsync.events");
  await client.end();
  return database;
}

const report = async (context: CaseContext, message: Omit<FoldMessage, "job">): Promise<FoldReport> =>
  await runJob<FoldReport>(programs.job, { job: "fold", ...message }, context);

export const foldCase: BenchCase = {
  id: "P-5",
  title: "Fold and replay",
  method:
    "Histories of three events (requested, started, succeeded), folded by the product's own decider. Beside the pure fold: JSON.parse of the same bytes. " +
    "Beside reading from Postgres with decoding, checking and folding: a bare SELECT of the same rows in batches as large, whose client parses the same " +
    "JSON. Beside the projection (rows and checkpoint in one transaction a batch): one INSERT ... SELECT a batch inside the server. Rows made anew: what " +
    "`wedsync log rebuild` does, each event checked, in one transaction.",
  run: async (context) => {
    const pure = bySize(context.size, { quick: 30_000, usual: 900_000, full: 3_000_000 });
    const stored = bySize(context.size, { quick: 6_000, usual: 150_000, full: 600_000 });
    const large = bySize(context.size, { quick: 6_000, usual: 600_000, full: 9_999_999 });
    const fromStore = new Set<FoldMessage["way"]>(["read", "read-parse", "rebuild"]);
    const ways = ["evolve", "parse", "decode-evolve", "read", "read-parse", "project", "copy", "rebuild"] as const;
    context.steps(ways.length * context.rounds + 1);
    const database = await filled(context, stored);
    const variants = ways.map((way): Variant => ({
      name: way,
      run: async () => {
        const isPure = way === "evolve" || way === "parse" || way === "decode-evolve";
        if (isPure) return (await report(context, { way, events: pure })).perSecond;
        if (fromStore.has(way))
          return (await report(context, { way, events: stored, databaseUrl: database.ownerUrl })).perSecond;
        return (await report(context, { way, events: stored, databaseUrl: await cleared(database) })).perSecond;
      },
    }));
    try {
      const figures = await interleave(variants, { ...context, onStep: context.step });
      const row = (
        variant: string,
        way: string,
        beside: string,
        text: string,
        limit: number | undefined,
        note?: string,
      ) =>
        compare({
          id: "P-5",
          variant,
          unit: "events/s",
          figures: figures.get(way),
          baseline: { name: text, figures: figures.get(beside) },
          target: limit === undefined ? { kind: "reported" } : { kind: "ratio-at-least", limit },
          ...(note === undefined ? {} : { note }),
        });
      const rows = [
        row("evolve", "evolve", "parse", "JSON.parse", 0.5),
        row("parse, check and evolve", "decode-evolve", "parse", "JSON.parse", undefined),
        row("from Postgres", "read", "read-parse", "bare SELECT and JSON.parse", undefined),
        row("into a projection", "project", "copy", "INSERT ... SELECT in the server", undefined),
        row("LOG-9: rows beside the log made anew", "rebuild", "read-parse", "bare SELECT and JSON.parse", undefined),
      ];
      return [...rows, await memory(context, large)];
    } finally {
      await database.drop();
    }
  },
};

/** The tables that an earlier round made are gone, and the projection begins anew. */
async function cleared({ ownerUrl }: Database): Promise<string> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query("drop table if exists bench_states, bench_copy");
  await client.query("delete from wedsync.projection");
  await client.end();
  return ownerUrl;
}

async function memory(context: CaseContext, events: number) {
  context.signal.throwIfAborted();
  const database = await filled(context, events);
  try {
    const { peakMiB } = await report(context, { way: "project", events, databaseUrl: database.ownerUrl });
    context.step("memory");
    const note = context.size === "full" ? undefined : `${events} events; ten million with --full`;
    return compare({
      id: "P-5",
      variant: `memory of the process, ${events} events into a projection`,
      unit: "MiB",
      figures: { ok: true, values: [peakMiB] },
      target: { kind: "value-below", limit: 512 },
      ...(note === undefined ? {} : { note }),
    });
  } finally {
    await database.drop();
  }
}
