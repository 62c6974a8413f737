// Everything that can be known of a run, read once its platform is at rest.
import { randomUUID } from "node:crypto";
import type { Drained } from "../drain.js";
import { sizes, type Running } from "../platform/open.js";
import { readGenerations, rebuildReadModels, untilGenerationsStand } from "../read-models.js";
import type { TailWatch } from "../watch/tail.js";
import { appendAhead, readEvents, readLines, readTables } from "./collect.js";
import { replayDifference } from "./replay.js";
import type { AcceptedRow, EffectRow, Evidence } from "./rows.js";

/** What was known before the platform was looked at. */
export type Known = Pick<Evidence, "seed" | "asked" | "faultKinds" | "doubts" | "faults" | "settings">;

/** What looked on during the run, and how it is told that the run is over. */
export interface Watching {
  readonly tail: TailWatch;
  readonly samples: Promise<Evidence["samples"]>;
  readonly counting: Promise<void>;
  readonly polls: Promise<Evidence["polls"]>;
  readonly modelPolls: Promise<Evidence["modelPolls"]>;
  readonly stop: AbortController;
}

/** @throws when the signal aborts */
export async function gather(
  { cluster, pool, fleet, files, leaseTermMs }: Running,
  known: Known,
  drained: Drained,
  watching: Watching,
  signal: AbortSignal,
): Promise<Evidence> {
  // What is still going on would make the log and the tables differ by the time between two looks.
  if (!drained.isDrained) for (const role of ["dispatcher", "worker", "api"] as const) await fleet.pause(role);
  const events = await readEvents(pool);
  const tables = await readTables(pool);
  const head = events.at(-1)?.position ?? 0;
  await watching.tail.reached(head, 60_000, signal);
  await untilGenerationsStand(pool, head, drained.isDrained ? 60_000 : 2_000, signal);
  const generations = await readGenerations(pool);
  watching.stop.abort();
  const { samples, polls, modelPolls, counting } = watching;
  await counting;
  signal.throwIfAborted();
  const effects = async (): Promise<readonly EffectRow[]> => await readLines<EffectRow>(files.effects);
  const before = (await effects()).length;
  const projection = await rebuildReadModels(pool, fleet, 180_000, signal);
  const between = (await effects()).length;
  const replayed = await replayDifference(cluster.ownerUrl, signal);
  const after = await effects();
  return {
    ...known,
    leaseTermMs,
    workers: sizes.worker,
    drainedAt: drained.at,
    isDrained: drained.isDrained,
    events,
    accepted: await readLines<AcceptedRow>(files.ledger),
    effects: after,
    samples: await samples,
    tail: watching.tail.seen,
    polls: await polls,
    modelPolls: await modelPolls,
    generations,
    tables,
    projection: {
      ...projection,
      effectsDuringRebuild: between - before,
      effectsDuringVerify: after.length - between,
    },
    appendAhead: await appendAhead(cluster.appUrl, randomUUID(), randomUUID()),
    counters: fleet.counters,
    remarks: fleet.remarks,
    ...replayed,
  };
}
