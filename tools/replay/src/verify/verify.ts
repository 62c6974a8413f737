// Everything the log promises, checked in one pass on one snapshot; works beside a running platform.
import type { LogSnapshot } from "@wedsync/adapter-postgres/log-snapshot";
import { DecisionReplay, schedulerInline } from "@wedsync/scheduler";
import { fail } from "../problem.js";
import type { PassProgress } from "../shell.js";
import { differenceText } from "./difference-text.js";
import { Check } from "./finding.js";
import { InlineTables } from "./inline-tables.js";
import { LogCheck } from "./log-check.js";
import { ReadModelCheck } from "./read-model-check.js";
import { aggregatorModels, modelSchema } from "./aggregator-models.js";
import { ownModels, type VerifiableReadModel } from "./read-model.js";

export interface Verification {
  readonly checks: readonly Check[];
  readonly events: bigint;
  readonly decisions: number;
  readonly starts: number;
  readonly differences: number;
  readonly notRecomputable: number;
}

export async function verify(
  snapshot: LogSnapshot,
  { progress, signal }: { readonly progress: PassProgress; readonly signal: AbortSignal },
): Promise<Verification> {
  const log = new LogCheck();
  const decisions = new Check("decisions");
  const replay = new DecisionReplay((difference) => {
    // The log's own check names gaps and unreadable events.
    if (difference.code === "position_gap" || difference.code === "event_unreadable") return;
    decisions.add(difference.code, differenceText(difference), difference.position);
  });
  const tables = new InlineTables();
  const { check: checkpoints, models } = await prepare(snapshot);
  let seen = 0n;
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
      seen = events.at(-1)?.position ?? seen;
      progress.update(Number(seen));
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
  const { starts, notRecomputable, ...counts } = replay.finish();
  const rest =
    notRecomputable === 0 ? "" : `; ${notRecomputable} after a tick that never reached the log, not recomputable`;
  decisions.summary = `${counts.decisions} decisions and ${starts} starts recomputed, difference ${decisions.count}${rest}`;
  const checks = [log.order, log.contracts, decisions, ...(await tables.compare(snapshot, replay.pending()))];
  for (const model of models) checks.push(await model.compare(snapshot));
  return {
    checks: [...checks, checkpoints],
    events: seen,
    decisions: counts.decisions,
    starts,
    differences: decisions.count,
    notRecomputable,
  };
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
