// One run from beginning to end: a platform of its own, load, faults, drain, evidence.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drain, listDoubts } from "./drain.js";
import { readEvents, readSettings } from "./evidence/collect.js";
import { gather, type Watching } from "./evidence/gather.js";
import type { Evidence } from "./evidence/rows.js";
import { writeRows } from "./evidence/save.js";
import { createClient, type Client } from "./load/client.js";
import { Load } from "./load/load.js";
import { planLoad } from "./load/plan.js";
import { ModelReader, pollHistories } from "./load/polls.js";
import { openSeason, weddingsOf } from "./load/season.js";
import type { FaultKind } from "./nemesis/faults.js";
import { torment } from "./nemesis/nemesis.js";
import type { ChaosOptions } from "./options.js";
import { openPlatform, sizes, type Ends, type Running } from "./platform/open.js";
import { createRandom } from "./random.js";
import { rebuildBesideClient } from "./read-models.js";
import { faultsWithout } from "./sabotage.js";
import { repeat } from "./wait.js";
import { watchSamples } from "./watch/samples.js";
import { watchTail } from "./watch/tail.js";

/** Executions a second that are asked for when no time is given. */
const pace = 60;

export interface Stage {
  readonly folder: string;
  readonly say: (line: string) => void;
  /** What is being done, and how much of it: for a bar. */
  readonly progress: (what: string, done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Runs and returns what can be known of it. Everything that was started has ended then, however it went.
 * @throws when the signal aborts, and when the run breaks off: the log as far as it came is in the folder then
 */
export async function runChaos(options: ChaosOptions, stage: Stage): Promise<Evidence> {
  const ends: Ends = [];
  try {
    const running = await openPlatform(options, stage, ends);
    try {
      return await perform(running, options, stage, ends);
    } catch (error) {
      if (!stage.signal.aborted) await saveLog(running, stage);
      throw error;
    }
  } finally {
    for (const end of ends.toReversed()) await end().catch(() => undefined);
  }
}

/** The log of a run that broke off; without it nobody could tell why. */
async function saveLog({ pool }: Running, { folder, say }: Stage): Promise<void> {
  try {
    await writeRows(join(folder, "events.jsonl"), await readEvents(pool));
  } catch (error) {
    say(`The log could not be read any more: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function perform(running: Running, options: ChaosOptions, stage: Stage, ends: Ends): Promise<Evidence> {
  const { pool, recorder, fleet, key } = running;
  const { seed, executions } = options;
  const { say, signal } = stage;
  const client = createClient(fleet, key, createRandom(seed, "client"), signal);
  const settings = await readSettings(pool);
  const weddings = weddingsOf(5);
  await openSeason(client, weddings, recorder.url);

  const steps = planLoad(executions, weddings, createRandom(seed, "plan"));
  const durationMs = options.minutes === undefined ? (executions / pace) * 1_000 : options.minutes * 60_000;
  say(`Asking for ${executions} executions over ${Math.round(durationMs / 1_000)} s.`);
  const operator = createClient(fleet, key, createRandom(seed, "rebuild"), signal, "aggregator");
  const reader = new ModelReader();
  const rebuild = async (): Promise<void> =>
    await rebuildBesideClient(operator, pool, () => reader.count, 30_000, signal);
  let rebuilding: Promise<void> | undefined;
  const load = new Load({
    client,
    steps,
    ledgerFile: running.files.ledger,
    durationMs,
    clients: 16,
    signal,
    onStep: (done) => {
      stage.progress("load", done, steps.length);
      if (done >= steps.length / 2) rebuilding ??= quietly(rebuild(), stage);
    },
  });
  const watching = watch(running, seed, load, reader, signal, ends);
  const kinds = options.calm ? [] : faultsWithout(options.sabotage);
  const hurting = new AbortController();
  const faults = hurt(running, kinds, seed, signal, hurting.signal);
  // However the load ends: a fault under way may be starting the database again, and that must not outlive the run.
  await load.run().finally(async () => {
    hurting.abort();
    await faults;
  });
  const met = await faults;
  await writeFile(join(stage.folder, "faults.json"), JSON.stringify(met, null, 1));

  say(`The load is done, ${met.length} faults met it; waiting until nothing is due.`);
  await fleet.ready(signal, 180_000);
  const drained = await settle(client, running, options, stage);
  await rebuilding;
  if (load.unanswered.length > 0) say(`Never answered: ${load.unanswered.join("; ")}`);
  await fleet.readCounters();
  const doubts = await listDoubts(client);
  say("Collecting the evidence.");
  return await gather(
    running,
    { seed, asked: executions, faultKinds: kinds, doubts, faults: met, settings },
    { ...drained, isDrained: drained.isDrained && load.unanswered.length === 0 },
    watching,
    signal,
  );
}

/** A rebuild that nobody answered is no reason to end the run: invariant 39 is not checked then, and says so. */
const quietly = async (work: Promise<void>, { say, signal }: Stage): Promise<void> =>
  await work.catch((error: unknown) => {
    if (!signal.aborted) say(error instanceof Error ? error.message : String(error));
  });

/** Begins everything that only looks on. */
function watch(
  { proxy, cluster, pool, fleet, key }: Running,
  seed: number,
  load: Load,
  models: ModelReader,
  signal: AbortSignal,
  ends: Ends,
) {
  const stop = new AbortController();
  const watching = AbortSignal.any([stop.signal, signal]);
  const tail = watchTail(proxy.through(cluster.appUrl));
  ends.push(async () => await tail.stop());
  // Given up with the watching: at the end of a run that did not drain nobody is there to answer.
  const reader = (role: "api" | "aggregator"): Client =>
    createClient(fleet, key, createRandom(seed, "reader", role), watching, role);
  const picking = createRandom(seed, "polls");
  const pick = (): string | undefined => (load.known.length === 0 ? undefined : picking.pick(load.known.slice(-200)));
  return {
    tail,
    stop,
    samples: watchSamples(pool, 150, watching),
    counting: repeat(1_000, watching, async () => await fleet.readCounters()),
    polls: pollHistories(reader("api"), pick, watching),
    modelPolls: models.run(reader("aggregator"), pick, watching),
  } satisfies Watching;
}

async function hurt(
  running: Running,
  kinds: readonly FaultKind[],
  seed: number,
  signal: AbortSignal,
  over: AbortSignal,
): Promise<Evidence["faults"]> {
  if (kinds.length === 0) return [];
  return await torment({
    ...running,
    kinds,
    client: createClient(running.fleet, running.key, createRandom(seed, "operator"), signal),
    random: createRandom(seed, "nemesis"),
    minPauseMs: 100,
    maxPauseMs: 900,
    over,
    signal,
  });
}

/** A platform without a protection seldom drains; its evidence is complete without that. */
const drainPatienceMs = ({ sabotage, executions }: ChaosOptions): number =>
  sabotage === undefined ? 180_000 + executions * 10 : 8_000;

async function settle(client: Client, { pool }: Running, options: ChaosOptions, { progress, say, signal }: Stage) {
  let left: object = {};
  const onLook = (due: number, state: object): void => {
    progress("drain", 0, due);
    left = state;
  };
  const drained = await drain(client, pool, sizes.worker, drainPatienceMs(options), onLook, signal);
  if (!drained.isDrained) say(`It did not drain; left over: ${JSON.stringify(left)}`);
  return drained;
}
