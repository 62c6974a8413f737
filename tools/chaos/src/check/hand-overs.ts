// Of invariant 36 what the log shows: a hand-over fits into its worker's slots, and every start answers one, once.
import type { EventRow, SampleRow } from "../evidence/rows.js";
import { decisionsOf, type Decision } from "./decisions.js";
import { dataText, started, type Case } from "./history.js";

const attemptEnds = new Set(["ExecutionSucceeded", "ExecutionFailed", "ExecutionAttemptLost", "ExecutionUncertain"]);

/** More was chosen than there were credits, or credits were below nothing. */
export function overspent(events: readonly EventRow[]): readonly unknown[] {
  return decisionsOf(events).flatMap(({ position, chosen, credits, criticalCredits }) => {
    const others = chosen.filter((choice) => choice.tier !== "critical").length;
    const isFine =
      credits >= 0 && criticalCredits >= 0 && others <= credits && chosen.length <= credits + criticalCredits;
    return isFine ? [] : [{ position, chosen: chosen.length, others, credits, criticalCredits }];
  });
}

/** Starts whose hand-over no decision before them chose for this execution and worker, or that was answered already. */
export function unhanded(events: readonly EventRow[]): readonly unknown[] {
  const open = new Map<string, string>();
  return events.flatMap((event): readonly unknown[] => {
    if (event.type === "DispatchDecided")
      for (const { handover, execution, worker } of event.data["chosen"] as Decision["chosen"])
        open.set(handover, `${execution}/${worker}`);
    if (event.type !== started) return [];
    const handover = dataText(event, "handover");
    const isHanded = open.get(handover) === `${event.stream}/${dataText(event, "worker")}`;
    open.delete(handover);
    return isHanded ? [] : [{ position: event.position, handover }];
  });
}

/**
 * Decisions that gave a worker more than its slots, counted from what their leader surely knew: attempts open at the position
 * that it had seen, and its own hand-overs that were neither answered, nor overtaken by their execution's stream, nor given
 * back, nor older than nine tenths of a term, after which they are void.
 */
export function crowded({ events, samples, leaseTermMs }: Pick<Case, "events" | "samples" | "leaseTermMs">) {
  const slots = slotsOf(samples);
  const touched = touchesOf(events);
  const running = openAttemptsAt(events);
  const outstanding = new Map<string, { readonly worker: string; readonly decision: Decision }>();
  let epoch = 0;
  return decisionsOf(events).flatMap((decision): readonly unknown[] => {
    // A new leader does not know what the one before handed out and nobody answered yet; its worker leaves what does not fit.
    if (decision.epoch !== epoch) outstanding.clear();
    ({ epoch } = decision);
    for (const execution of decision.givenBack) outstanding.delete(execution);
    for (const [execution, { decision: earlier }] of outstanding) {
      const isVoid = decision.now - earlier.now >= leaseTermMs * 0.9;
      const isOver = touched.get(execution)?.some((at) => at > earlier.asOf && at <= decision.asOf) === true;
      if (isVoid || isOver) outstanding.delete(execution);
    }
    const busy = new Map(running(decision.asOf));
    const count = (worker: string): void => void busy.set(worker, (busy.get(worker) ?? 0) + 1);
    for (const { worker } of outstanding.values()) count(worker);
    for (const { execution, worker } of decision.chosen) {
      count(worker);
      outstanding.set(execution, { worker, decision });
    }
    return [...new Set(decision.chosen.map((choice) => choice.worker))].flatMap((worker) => {
      const [load = 0, most = Infinity] = [busy.get(worker), slots.get(worker)];
      return load <= most ? [] : [{ position: decision.position, worker, load, slots: most }];
    });
  });
}

/** The most slots that each worker was seen with. */
function slotsOf(samples: readonly SampleRow[]): ReadonlyMap<string, number> {
  const slots = new Map<string, number>();
  for (const { leases } of samples)
    for (const lease of leases) slots.set(lease.worker, Math.max(lease.slots, slots.get(lease.worker) ?? 0));
  return slots;
}

/** Positions at which each execution's stream went on. */
function touchesOf(events: readonly EventRow[]): ReadonlyMap<string, readonly number[]> {
  const touched = new Map<string, number[]>();
  for (const { category, stream, position } of events) {
    if (category !== "execution") continue;
    const known = touched.get(stream);
    if (known === undefined) touched.set(stream, [position]);
    else known.push(position);
  }
  return touched;
}

/** Open attempts by worker at a position; to be asked with positions that seldom decrease. */
function openAttemptsAt(events: readonly EventRow[]): (position: number) => ReadonlyMap<string, number> {
  const ordered = events.filter(({ type }) => type === started || attemptEnds.has(type));
  let open = new Map<string, string>();
  let next = 0;
  let reached = 0;
  return (position) => {
    if (position < reached) [open, next] = [new Map(), 0];
    reached = position;
    for (let event = ordered[next]; event !== undefined && event.position <= position; event = ordered[next]) {
      if (event.type === started) open.set(event.stream, dataText(event, "worker"));
      else open.delete(event.stream);
      next += 1;
    }
    const byWorker = new Map<string, number>();
    for (const worker of open.values()) byWorker.set(worker, (byWorker.get(worker) ?? 0) + 1);
    return byWorker;
  };
}
