// P-2: how long critical work waits for its start, idle and behind a backlog, beside BullMQ with its own priorities.
import { bySize, type BenchCase, type CaseContext } from "../case.js";
import { rounded } from "../compare.js";
import { runJob } from "../job.js";
import { installPeers, peerFolder } from "../peers/install.js";
import type { PeerDelayRequest } from "../peers/start-delay.js";
import { programs } from "../programs.js";
import type { Measurement } from "../result.js";
import { interleave, type Figures } from "../rounds.js";
import { median, quantile } from "../statistics.js";

interface Backlog {
  readonly module: "noop" | "wait";
  readonly executions: number;
  readonly isCritical: boolean;
}

interface Load {
  readonly name: string;
  readonly backlog: (executions: number) => Backlog;
  /** Highest loaded p50 over idle p50. */
  readonly limit: number | undefined;
}

const loads: readonly Load[] = [
  { name: "idle", backlog: () => ({ module: "noop", executions: 0, isCritical: false }), limit: undefined },
  {
    name: "behind a 20 ms module",
    backlog: (executions) => ({ module: "wait", executions, isCritical: false }),
    limit: 1.5,
  },
  { name: "behind no-ops", backlog: (executions) => ({ module: "noop", executions, isCritical: false }), limit: 2.5 },
  {
    name: "behind another vendor's critical no-ops",
    backlog: (executions) => ({ module: "noop", executions, isCritical: true }),
    limit: 2.5,
  },
];

interface Delays {
  readonly acceptedToStart: readonly number[];
  readonly arrivalToStart: readonly number[];
  readonly backlogLeft: number;
}

const perSecond = 50;
const waitMs = 20;
/** The same for the product's slots and for the jobs that BullMQ works off at once. */
const concurrency = 50;

const arrivalsOf = ({ size }: CaseContext): number => bySize(size, { quick: 50, usual: 250, full: 500 });
const backlogOf = ({ size }: CaseContext): number => bySize(size, { quick: 1_000, usual: 100_000, full: 100_000 });

async function product(context: CaseContext, backlog: Backlog): Promise<Delays> {
  const { workshop } = context;
  const database = await workshop.platformDatabase();
  try {
    const request = {
      job: "start-delay",
      databaseUrl: database.appUrl,
      masterKey: workshop.masterKey,
      backlog,
      arrivals: arrivalsOf(context),
      perSecond,
      slots: concurrency,
      waitMs,
    };
    return await runJob<Delays>(programs.orchestrator, request, context);
  } finally {
    await database.drop();
  }
}

async function bull(context: CaseContext, folder: string, backlog: Backlog): Promise<Delays> {
  const { port } = await context.workshop.redis();
  const request: PeerDelayRequest = {
    peer: "bullmq-redis-delay",
    folder,
    redisPort: port,
    backlog,
    arrivals: arrivalsOf(context),
    perSecond,
    concurrency,
    waitMs,
  };
  return await runJob<Delays>(programs.peer, request, context);
}

/** Collects the delays of all rounds and answers with the median, which is what the rounds compare. */
function collecting(into: Map<string, Delays[]>, name: string, run: () => Promise<Delays>) {
  return {
    name,
    run: async (): Promise<number> => {
      const delays = await run();
      into.set(name, [...(into.get(name) ?? []), delays]);
      return median(delays.acceptedToStart);
    },
  };
}

export const startDelayCase: BenchCase = {
  id: "P-2",
  title: "From accepted to started, critical work",
  method:
    `Critical executions arrive at ${perSecond} a second whatever happens (an open loop); measured is the time from the durable acceptance to the ` +
    "start of the effect. The backlog was accepted before the arrivals begin, and both run 50 at once. Beside it: BullMQ on Redis with the arrivals at its highest priority " +
    "(against another vendor's critical work, at the same one).",
  run: async (context) => {
    const folder = peerFolder(process.env);
    const installed = await installPeers(folder, context.say).then(
      () => undefined,
      (error: unknown) => error,
    );
    const delays = new Map<string, Delays[]>();
    const executions = backlogOf(context);
    const variants = loads.flatMap(({ name, backlog }) => [
      collecting(delays, name, () => product(context, backlog(executions))),
      collecting(delays, `bull ${name}`, async () => {
        if (installed !== undefined) throw installed;
        return await bull(context, folder, backlog(executions));
      }),
    ]);
    const rounds = Math.min(context.rounds, 3);
    context.steps(variants.length * rounds);
    const figures = await interleave(variants, { rounds, signal: context.signal, onStep: context.step });
    return loads.flatMap((load) => rowsOf(load, executions, figures, delays));
  },
};

const pooled = (delays: readonly Delays[], name: "acceptedToStart" | "arrivalToStart"): readonly number[] =>
  delays.flatMap((round) => round[name]);

function rowsOf(
  { name, limit }: Load,
  executions: number,
  figures: ReadonlyMap<string, Figures>,
  delays: ReadonlyMap<string, readonly Delays[]>,
): readonly Measurement[] {
  const own = delays.get(name) ?? [];
  const others = delays.get(`bull ${name}`) ?? [];
  const variant = limit === undefined ? name : `${name} (${executions})`;
  const failed = figures.get(name);
  const otherFailed = figures.get(`bull ${name}`);
  const why = [failed, otherFailed].flatMap((side) => (side?.ok === false ? [side.reason] : [])).join("; ");
  const left = Math.min(...own.map((round) => round.backlogLeft));
  const arrival = quantile(pooled(own, "arrivalToStart"), 0.5);
  const note = [
    ...(why === "" ? [] : [why]),
    ...(own.length === 0 ? [] : [`from the arrival, with accepting: p50 ${rounded(arrival)} ms`]),
    ...(limit === undefined || own.length === 0 ? [] : [`${left} of the backlog waited still at the end`]),
  ].join("; ");
  const at = (share: number, target: Measurement["target"]): Measurement => {
    const value = quantile(pooled(own, "acceptedToStart"), share);
    const other = quantile(pooled(others, "acceptedToStart"), share);
    return {
      id: "P-2",
      variant: `${variant}, p${share * 100}`,
      unit: "ms",
      value: Number.isNaN(value) ? null : rounded(value),
      baseline: { name: "BullMQ on Redis", value: Number.isNaN(other) ? null : rounded(other) },
      ratio: Number.isNaN(value) || Number.isNaN(other) ? null : rounded(value / other),
      target,
      ...(note === "" ? {} : { note }),
    };
  };
  const rows = [at(0.5, { kind: "value-below", limit: 5 }), at(0.99, { kind: "value-below", limit: 50 })];
  return limit === undefined ? rows : [...rows, ...loadedRows(name, variant, limit, delays)];
}

/** Loaded over idle: our own against its limit, and against the peer's. */
function loadedRows(
  name: string,
  variant: string,
  limit: number,
  delays: ReadonlyMap<string, readonly Delays[]>,
): readonly Measurement[] {
  const p50 = (key: string): number => quantile(pooled(delays.get(key) ?? [], "acceptedToStart"), 0.5);
  const [loaded, idle, otherLoaded, otherIdle] = [p50(name), p50("idle"), p50(`bull ${name}`), p50("bull idle")];
  const orNull = (value: number): number | null => (Number.isFinite(value) ? rounded(value) : null);
  const common = { id: "P-2", variant: `${variant}, loaded p50 over idle p50` };
  return [
    {
      ...common,
      unit: "ms",
      value: orNull(loaded),
      baseline: { name: "idle p50", value: orNull(idle) },
      ratio: orNull(loaded / idle),
      target: { kind: "ratio-at-most", limit },
    },
    {
      ...common,
      unit: "x",
      value: orNull(loaded / idle),
      baseline: { name: "BullMQ on Redis, the same", value: orNull(otherLoaded / otherIdle) },
      ratio: orNull(loaded / idle / (otherLoaded / otherIdle)),
      target: { kind: "ratio-at-most", limit: 1 },
    },
  ];
}
