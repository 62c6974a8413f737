// One run from beginning to end: a platform of its own, load, faults, drain, evidence.
import { randomBytes, randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createApiKeys } from "@wedsync/adapter-postgres";
import { Pool } from "pg";
import { drain, listDoubts } from "./drain.js";
import { appendAhead, readEvents, readLines, readSettings, readTables, rebuildList } from "./evidence/collect.js";
import { replayDifference } from "./evidence/replay.js";
import type { AcceptedRow, EffectRow, Evidence } from "./evidence/rows.js";
import { createClient } from "./load/client.js";
import { Load, pollHistories } from "./load/load.js";
import { planLoad } from "./load/plan.js";
import { openSeason, weddingsOf } from "./load/season.js";
import { torment } from "./nemesis/nemesis.js";
import type { ChaosOptions } from "./options.js";
import { startCluster, type Cluster } from "./platform/cluster.js";
import { Fleet } from "./platform/fleet.js";
import { startProxy, type Proxy } from "./platform/proxy.js";
import { createRandom } from "./random.js";
import { forkRecorder, type RecorderProcess } from "./recorder/process.js";
import { faultsWithout, sabotageDatabase } from "./sabotage.js";
import { repeat } from "./wait.js";
import { watchSamples } from "./watch/samples.js";
import { watchTail, type TailWatch } from "./watch/tail.js";

/** Shape of the platform under test. */
const sizes = { api: 2, dispatcher: 2, worker: 3 } as const;
/** With a protection taken out, nothing else may stop a worker: its lease outlives any delay of a busy machine. */
const leaseTermOf = ({ sabotage }: ChaosOptions): number => (sabotage === undefined ? 1_500 : 6_000);
const slots = 16;
/** Executions a second that are asked for when no time is given. */
const pace = 60;

export interface Stage {
  readonly folder: string;
  readonly say: (line: string) => void;
  /** What is being done, and how much of it: for a bar. */
  readonly progress: (what: string, done: number, total: number) => void;
  readonly signal: AbortSignal;
}

interface Running {
  readonly cluster: Cluster;
  readonly proxy: Proxy;
  readonly pool: Pool;
  readonly recorder: RecorderProcess;
  readonly fleet: Fleet;
  readonly key: string;
  readonly files: { readonly ledger: string; readonly effects: string };
}

/** Runs and returns what can be known of it. Everything that was started has ended then, however it went. */
export async function runChaos(options: ChaosOptions, stage: Stage): Promise<Evidence> {
  const ends: (() => Promise<unknown>)[] = [];
  try {
    const running = await open(options, stage, ends);
    return await perform(running, options, stage, ends);
  } finally {
    for (const end of ends.toReversed()) await end().catch(() => undefined);
  }
}

async function open(options: ChaosOptions, { folder, say }: Stage, ends: (() => Promise<unknown>)[]): Promise<Running> {
  const files = { ledger: join(folder, "accepted.jsonl"), effects: join(folder, "effects.jsonl") };
  const secret = randomBytes(32).toString("base64");
  const recorder = await forkRecorder({
    file: files.effects,
    seed: options.seed,
    secret,
    minDelayMs: 5,
    maxDelayMs: 50,
  });
  ends.push(async () => await recorder.stop());
  const cluster = await startCluster(join(folder, "postgres"));
  ends.push(async () => await cluster.stop());
  const pool = new Pool({ connectionString: cluster.ownerUrl, max: 4 });
  pool.on("error", () => undefined);
  ends.push(async () => await pool.end());
  if (options.sabotage !== undefined) await sabotageDatabase(pool, options.sabotage);
  const proxy = await startProxy(cluster.appUrl);
  ends.push(async () => await proxy.close());
  const key = (await createApiKeys({ pool, schema: "wedsync" }).issue("ops")).secret;
  const fleet = new Fleet({
    sizes,
    logFolder: folder,
    key,
    environment: {
      DATABASE_URL: proxy.through(cluster.appUrl),
      SMTP_URL: "smtp://127.0.0.1:9",
      WEDSYNC_PORT: "0",
      WEDSYNC_MASTER_KEY: randomBytes(32).toString("base64"),
      WEDSYNC_HTTP_HANDLER_SECRET: secret,
      WEDSYNC_HTTP_HANDLER_ALLOW_PRIVATE: "true",
      WEDSYNC_LEASE_TERM: `${leaseTermOf(options)}ms`,
      WEDSYNC_WORKER_SLOTS: String(slots),
      WEDSYNC_RATE_LIMIT: "10000000",
      LOG_LEVEL: "info",
    },
  });
  ends.push(async () => await fleet.stop());
  say("The database and the recorder are up; starting the platform.");
  await fleet.start();
  return { cluster, proxy, pool, recorder, fleet, key, files };
}

async function perform(
  running: Running,
  options: ChaosOptions,
  stage: Stage,
  ends: (() => Promise<unknown>)[],
): Promise<Evidence> {
  const { cluster, pool, recorder, fleet, key, files } = running;
  const { seed, executions } = options;
  const { say, signal } = stage;
  const client = createClient(fleet, key, createRandom(seed, "client"), signal);
  const settings = await readSettings(pool);
  const weddings = weddingsOf(5);
  await openSeason(client, weddings, recorder.url);

  const stop = new AbortController();
  const watching = AbortSignal.any([stop.signal, signal]);
  const tail: TailWatch = watchTail(running.proxy.through(cluster.appUrl));
  ends.push(async () => await tail.stop());
  const samples = watchSamples(pool, 150, watching);
  const counting = repeat(1_000, watching, async () => await fleet.readCounters());

  const steps = planLoad(executions, weddings, createRandom(seed, "plan"));
  const durationMs = options.minutes === undefined ? (executions / pace) * 1_000 : options.minutes * 60_000;
  say(`Asking for ${executions} executions over ${Math.round(durationMs / 1_000)} s.`);
  const load = new Load({
    client,
    steps,
    ledgerFile: files.ledger,
    durationMs,
    clients: 16,
    signal,
    onStep: (done) => stage.progress("load", done, steps.length),
  });
  const picking = createRandom(seed, "polls");
  const polling = pollHistories(
    // Given up with the watching: at the end of a run that did not drain nobody is there to answer.
    createClient(fleet, key, createRandom(seed, "reader"), watching),
    () => (load.known.length === 0 ? undefined : picking.pick(load.known.slice(-200))),
    watching,
  );
  const hurting = new AbortController();
  const faults = options.calm
    ? Promise.resolve([])
    : torment({
        ...running,
        kinds: faultsWithout(options.sabotage),
        client: createClient(fleet, key, createRandom(seed, "operator"), signal),
        leaseTermMs: leaseTermOf(options),
        random: createRandom(seed, "nemesis"),
        minPauseMs: 100,
        maxPauseMs: 900,
        signal: AbortSignal.any([hurting.signal, signal]),
      });
  await load.run();
  hurting.abort();
  const met = await faults;
  await writeFile(join(stage.folder, "faults.json"), JSON.stringify(met, null, 1));

  say(`The load is done, ${met.length} faults met it; waiting until nothing is due.`);
  await fleet.ready(signal, 60_000);
  let left: object = {};
  const drained = await drain(client, pool, sizes.worker, drainPatienceMs(options), (due, state) => {
    stage.progress("drain", 0, due);
    left = state;
  });
  if (load.unanswered.length > 0) say(`Never answered: ${load.unanswered.join("; ")}`);
  if (!drained.isDrained) say(`It did not drain; left over: ${JSON.stringify(left)}`);
  await fleet.readCounters();
  const doubts = await listDoubts(client);
  return await collect(
    running,
    {
      drained: { ...drained, isDrained: drained.isDrained && load.unanswered.length === 0 },
      doubts,
      met,
      settings,
      tail,
      stop,
    },
    {
      say,
      seed,
      leaseTermMs: leaseTermOf(options),
      samples,
      counting,
      polling,
    },
  );
}

/** A platform without a protection seldom drains; its evidence is complete without that. */
const drainPatienceMs = ({ sabotage, executions }: ChaosOptions): number =>
  sabotage === undefined ? 40_000 + executions * 10 : 8_000;

interface Ending {
  readonly drained: Awaited<ReturnType<typeof drain>>;
  readonly doubts: readonly string[];
  readonly met: Evidence["faults"];
  readonly settings: Evidence["settings"];
  readonly tail: TailWatch;
  readonly stop: AbortController;
}

interface Watching {
  readonly say: Stage["say"];
  readonly seed: number;
  readonly leaseTermMs: number;
  readonly samples: Promise<Evidence["samples"]>;
  readonly counting: Promise<void>;
  readonly polling: Promise<Evidence["polls"]>;
}

async function collect(
  { cluster, pool, fleet, files }: Running,
  { drained, doubts, met, settings, tail, stop }: Ending,
  { say, ...watching }: Watching,
): Promise<Evidence> {
  say("Collecting the evidence.");
  // What is still going on would make the log and the tables differ by the time between two looks.
  if (!drained.isDrained) for (const role of ["dispatcher", "worker", "api"] as const) await fleet.pause(role);
  const events = await readEvents(pool);
  const tables = await readTables(pool);
  await tail.reached(events.at(-1)?.position ?? 0, 10_000);
  stop.abort();
  const [samples, polls] = await Promise.all([watching.samples, watching.polling, watching.counting]);
  const effects = async (): Promise<readonly EffectRow[]> => await readLines<EffectRow>(files.effects);
  const projection = await rebuildList(pool, fleet, async () => (await effects()).length, 60_000);
  return {
    seed: watching.seed,
    leaseTermMs: watching.leaseTermMs,
    workers: sizes.worker,
    drainedAt: drained.at,
    isDrained: drained.isDrained,
    settings,
    events,
    accepted: await readLines<AcceptedRow>(files.ledger),
    effects: await effects(),
    faults: met,
    samples,
    tail: tail.seen,
    polls,
    tables,
    doubts,
    projection,
    appendAhead: await appendAhead(cluster.appUrl, randomUUID(), randomUUID()),
    counters: fleet.counters,
    remarks: fleet.remarks,
    replayDiff: await replayDifference(cluster.ownerUrl),
  };
}
