// P-1, embedded: executions a second, end to end, beside what others do with jobs that do nothing.
import { bySize, type BenchCase, type CaseContext } from "../case.js";
import { compare } from "../compare.js";
import { runJob } from "../job.js";
import { installPeers, peerFolder } from "../peers/install.js";
import type { PeerReport, PeerRequest } from "../peers/peer.js";
import { programs } from "../programs.js";
import type { Measurement } from "../result.js";
import { interleave, type Figures, type Variant } from "../rounds.js";
import { median } from "../statistics.js";

const callers = 50;
const concurrency = 50;
/** The product's slots; its claims travel in groups, and more slots fill them. */
export const slots = 200;

const postgresPeers = {
  "bullmq-postgres": "BullMQ on Postgres",
  "pg-boss": "pg-boss",
  "graphile-worker": "graphile-worker",
  dbos: "DBOS",
} as const;
const redisPeer = "bullmq-redis";

interface ProductReport {
  readonly perSecond: number;
  readonly cpuUs: number;
}

async function product(context: CaseContext, readModel: boolean): Promise<number> {
  const { workshop } = context;
  const database = await workshop.platformDatabase();
  try {
    const executions = bySize(context.size, { quick: 1_000, usual: 20_000, full: 50_000 });
    const request = {
      job: "throughput",
      databaseUrl: database.appUrl,
      masterKey: workshop.masterKey,
      module: "noop",
      executions,
      warmUp: Math.ceil(executions / 4),
      callers,
      slots,
      readModel,
      waitMs: 0,
    };
    return (await runJob<ProductReport>(programs.orchestrator, request, context)).perSecond;
  } finally {
    await database.drop();
  }
}

/** Slower ones get fewer jobs, so that a round takes about as long for everybody. */
async function peer(context: CaseContext, name: string, folder: string): Promise<number> {
  const isFast = name === redisPeer;
  const jobs = bySize(
    context.size,
    isFast ? { quick: 1_000, usual: 15_000, full: 30_000 } : { quick: 200, usual: 2_500, full: 5_000 },
  );
  const request: PeerRequest = { peer: name, folder, jobs, warmUp: Math.ceil(jobs / 4), callers, concurrency };
  if (isFast) {
    const { port } = await context.workshop.redis();
    return (await runJob<PeerReport>(programs.peer, { ...request, redisPort: port }, context)).perSecond;
  }
  const database = await context.workshop.emptyDatabase();
  try {
    const withDatabase = { ...request, databaseUrl: database.ownerUrl };
    return (await runJob<PeerReport>(programs.peer, withDatabase, context)).perSecond;
  } finally {
    await database.drop();
  }
}

const best = (figures: ReadonlyMap<string, Figures>): string => {
  let found = "bullmq-postgres";
  let most = 0;
  for (const name of Object.keys(postgresPeers)) {
    const peerFigures = figures.get(name);
    if (peerFigures?.ok !== true || median(peerFigures.values) <= most) continue;
    found = name;
    most = median(peerFigures.values);
  }
  return found;
};

export const throughputCase: BenchCase = {
  id: "P-1",
  title: "Executions a second, embedded",
  method:
    "50 callers accept executions of a module that does nothing, one at a time each, through the service that the API calls, while the " +
    "same process dispatches and executes: accepted, durable on the log, claimed, outcome durable (three events an execution; every run " +
    "is checked for exactly those). Beside it, on the same Postgres or on Redis: 50 callers add jobs that do nothing, one at a time, while " +
    "the same process works them off, 50 at once.",
  run: async (context) => {
    const folder = peerFolder(process.env);
    const installed = await installPeers(folder, context.say).then(
      () => undefined,
      (error: unknown) => error,
    );
    const names = [redisPeer, ...Object.keys(postgresPeers)];
    const variants: readonly Variant[] = [
      { name: "product", run: () => product(context, false) },
      ...names.map((name) => ({
        name,
        run: async () => {
          if (installed !== undefined) throw installed;
          return await peer(context, name, folder);
        },
      })),
      { name: "with read model", run: () => product(context, true) },
    ];
    context.steps(variants.length * context.rounds);
    const figures = await interleave(variants, { ...context, onStep: context.step });
    const row = (
      variant: string,
      own: string,
      name: string,
      text: string,
      target: Measurement["target"],
    ): Measurement =>
      compare({
        id: "P-1",
        variant,
        unit: "executions/s",
        figures: figures.get(own),
        baseline: { name: text, figures: figures.get(name) },
        target,
      });
    const bestPeer = best(figures);
    const bestText = `${postgresPeers[bestPeer as keyof typeof postgresPeers]} (best on Postgres)`;
    const embedded = "embedded";
    return [
      row(embedded, "product", "bullmq-postgres", "BullMQ on Postgres", { kind: "ratio-at-least", limit: 10 }),
      row(embedded, "product", bestPeer, bestText, { kind: "ratio-at-least", limit: 8 }),
      row(embedded, "product", redisPeer, "BullMQ on Redis", { kind: "ratio-at-least", limit: 1.5 }),
      ...Object.entries(postgresPeers).flatMap(([name, text]) =>
        name === "bullmq-postgres" || name === bestPeer
          ? []
          : [row(embedded, "product", name, text, { kind: "reported" })],
      ),
      row("embedded, execution list beside it", "with read model", "bullmq-postgres", "BullMQ on Postgres", {
        kind: "reported",
      }),
    ];
  },
};
