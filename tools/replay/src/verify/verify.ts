// Everything the log promises, checked in one pass on one snapshot; works beside a running platform.
import type { LogSnapshot } from "@wedsync/adapter-postgres/log-snapshot";
import { DecisionReplay, schedulerInline } from "@wedsync/scheduler";
import { fail } from "../problem.js";
import type { Watch } from "../watch.js";
import { differenceText } from "./difference-text.js";
import { Check } from "./finding.js";
import { InlineTables } from "./inline-tables.js";
import { LogCheck } from "./log-check.js";
import { ReadModelCheck } from "./read-model-check.js";
import { aggregatorModels, modelSchema } from "./aggregator-models.js";
import { ownModels, type VerifiableReadModel } from "./read-model.js";

export interface Verification {
  readonly checks: readonly Check[];
  readonly events: number;
  readonly decisions: number;
  readonly starts: number;
  readonly differences: number;
  readonly notRecomputable: number;
}

export async function verify(snapshot: LogSnapshot, { progress, signal }: Watch): Promise<Verification> {
  const log = new LogCheck();
  const decisions = new Check("decisions");
  const unjudged = new Set<bigint>();
  const replay = new DecisionReplay((difference) => {
    // The log's own check names gaps and unreadable events.
    if (difference.code === "position_gap" || difference.code === "event_unreadable") return;
    // What an unreadable event changed is unknown, so nothing after it can be held against the log.
    if (log.unreadableAt !== undefined && difference.position > log.unreadableAt) {
      unjudged.add(difference.position);
      return;
    }
    decisions.add(difference.code, differenceText(difference), difference.position);
  });
  const tables = new InlineTables();
  const { check: checkpoints, models } = await prepare(snapshot);
  try {
    for await (const events of snapshot.events()) {
      if (signal.aborted) fail("interrupted", "Stopped.");
      for (const event of events) {
        const operations = schedulerInline.fold(event);
        log.see(event);
        replay.see(event, operations);
        tables.see(operations);
        for (const model of models) model.see(event);
      }
      progress.update(Number(events.at(-1)?.position ?? 0n));
    }
  } finally {
    progress.stop();
  }
  log.finish(snapshot.head);
  for (const { stream, count, highest } of await snapshot.brokenStreams(20))
    log.order.add(
      "version_hole",
      `Stream ${stream} has ${count} events up to version ${highest}: versions are missing.`,
    );
  const counts = replay.finish();
  decisions.summary = [
    `${counts.decisions} decisions and ${counts.starts} starts recomputed, difference ${decisions.count}`,
    ...(counts.notRecomputable === 0
      ? []
      : [`${counts.notRecomputable} after a tick that never reached the log, not recomputable`]),
    ...(unjudged.size === 0
      ? []
      : [`${unjudged.size} after position ${log.unreadableAt}, which cannot be read, not recomputable`]),
  ].join("; ");
  const folded = await tables.compare(snapshot, replay.pending());
  for (const model of models) folded.push(await model.compare(snapshot));
  if (snapshot.head === 0n) judgeEmpty(log.order, [checkpoints, ...folded]);
  // What is wrong with the log itself comes first: it explains what follows.
  return {
    checks: [log.order, checkpoints, log.contracts, decisions, ...folded],
    events: log.count,
    decisions: counts.decisions,
    starts: counts.starts,
    differences: decisions.count,
    notRecomputable: counts.notRecomputable + unjudged.size,
  };
}

/** A log without events is new, or it was emptied: then something else still knows of events. */
function judgeEmpty(order: Check, others: readonly Check[]): void {
  const witnesses = others.filter((check) => !check.ok).map(({ name }) => name);
  if (witnesses.length === 0) fail("log_empty", "The log holds no event yet.");
  order.add(
    "log_truncated",
    `The log holds no event, but ${witnesses.join(", ")} ${witnesses.length === 1 ? "knows" : "know"} of some: all of it was cut off.`,
  );
}

/** Where each read model stands; one that is ahead of the log is named and cannot be compared. */
async function prepare(
  snapshot: LogSnapshot,
): Promise<{ readonly check: Check; readonly models: readonly ReadModelCheck[] }> {
  const check = new Check("checkpoints");
  const { generations, left } = await aggregatorModels(snapshot);
  const own = await snapshot.checkpoints();
  const found = [...own, ...generations.map(({ generation }) => generation)];
  for (const { name, position } of found) {
    if (position > snapshot.head)
      check.add(
        "checkpoint_ahead",
        `Projection ${name} stands at position ${position}, the log ends at ${snapshot.head}: the log lost its newest events, or the projection belongs to another log.`,
        position,
      );
  }
  const models: ReadModelCheck[] = [];
  const add = async (model: VerifiableReadModel, position: bigint): Promise<void> => {
    if (position > snapshot.head) return;
    models.push(new ReadModelCheck(model, position, await snapshot.parked(model.table.name, model.table.schema)));
  };
  for (const model of ownModels) await add(model, own.find(({ name }) => name === model.table.name)?.position ?? 0n);
  for (const { model, generation } of generations) await add(model, generation.position);
  check.summary = [
    found.map(({ name, position }) => `${name} at ${position}`).join(", ") || "none",
    ...(left === undefined ? [] : [`read models in ${modelSchema}: ${left}`]),
  ].join("; ");
  return { check, models };
}
