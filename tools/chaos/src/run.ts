// One run from beginning to end: a platform of its own, load, faults, drain, evidence.
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drain, listDoubts } from "./drain.js";
import { appendAhead, readEvents, readLines, readSettings, readTables, rebuildReadModels } from "./evidence/collect.js";
import { replayDifference } from "./evidence/replay.js";
import type { AcceptedRow, EffectRow, Evidence } from "./evidence/rows.js";
import { createClient } from "./load/client.js";
import { Load, pollHistories } from "./load/load.js";
import { planLoad } from "./load/plan.js";
import { openSeason, weddingsOf } from "./load/season.js";
import { torment } from "./nemesis/nemesis.js";
import type { ChaosOptions } from "./options.js";
import { openPlatform, sizes, type Ends, type Running } from "./platform/open.js";
import { createRandom } from "./random.js";
import { faultsWithout } from "./sabotage.js";
import { repeat } from "./wait.js";
import { watchSamples } from "./watch/samples.js";
import { watchTail, type TailWatch } from "./watch/tail.js";

/** Executions a second that are asked for when no time is given. */
const pace = 60;

export interface Stage {
  readonly folder: string;
  readonly say: (line: string) => void;
  /** What is being done, and how much of it: for a bar. */
  readonly progress: (what: string, done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/** Runs and returns what can be known of it. Everything that was started has ended then, however it went. */
export async function runChaos(options: ChaosOptions, stage: Stage): Promise<Evidence> {
  const ends: Ends = [];
  try {
    const running = await openPlatform(options, stage, ends);
    return await perform(running, options, stage, ends);
  } finally {
    for (const end of ends.toReversed()) await end().catch(() => undefined);
  }
}

async function perform(running: Running, options: ChaosOptions, stage: Stage, ends: Ends): Promise<Evidence> {
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
  await fleet.ready(signal, 180_000);
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
      samples,
      counting,
      polling,
    },
  );
}

/** A platform without a protection seldom drains; its evidence is complete without that. */
const drainPatienceMs = ({ sabotage, executions }: ChaosOptions): number =>
  sabotage === undefined ? 180_000 + executions * 10 : 8_000;

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
  readonly samples: Promise<Evidence["samples"]>;
  readonly counting: Promise<void>;
  readonly polling: Promise<Evidence["polls"]>;
}

async function collect(
  { cluster, pool, fleet, files, leaseTermMs }: Running,
  { drained, doubts, met, settings, tail, stop }: Ending,
  { say, ...watching }: Watching,
): Promise<Evidence> {
  say("Collecting the evidence.");
  // What is still going on would make the log and the tables differ by the time between two looks.
  if (!drained.isDrained) for (const role of ["dispatcher", "worker", "api"] as const) await fleet.pause(role);
  const events = await readEvents(pool);
  const tables = await readTables(pool);
  await tail.reached(events.at(-1)?.position ?? 0, 60_000);
  stop.abort();
  const [samples, polls] = await Promise.all([watching.samples, watching.polling, watching.counting]);
  const effects = async (): Promise<readonly EffectRow[]> => await readLines<EffectRow>(files.effects);
  const projection = await rebuildReadModels(pool, fleet, async () => (await effects()).length, 180_000);
  return {
    seed: watching.seed,
    leaseTermMs,
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
    ...(await replayDifference(cluster.ownerUrl)),
  };
}
