// What is gathered from the log to explain one execution.
import { createCodec } from "@wedsync/contracts";
import {
  dispatchEvents,
  executionEvents,
  type DispatchEvent,
  type ExecutionEvent,
  type Work,
} from "@wedsync/contracts/scheduler";
import type { LogSnapshot } from "@wedsync/adapter-postgres/log-snapshot";
import type { RecordedEvent } from "@wedsync/event-log";
import { pendingTable, rowToPendingItem, scopesOf, tierAt, tierRank, type Tier } from "@wedsync/scheduler";
import { clean } from "../text/plain.js";
import { fail } from "../problem.js";

const executions = createCodec(executionEvents);
const dispatch = createCodec(dispatchEvents);

export type Decision = Extract<DispatchEvent, { readonly type: "DispatchDecided" }>["data"];

export interface Step {
  readonly position: bigint;
  readonly recordedAt: number;
  readonly event: ExecutionEvent;
}

/** What happened between the moment an attempt was due and its start. */
export interface Wait {
  /** Ticks that chose something in that time, the one that chose it left out. */
  readonly ticks: number;
  /** What they chose instead, by tier. */
  readonly others: Readonly<Partial<Record<Tier, number>>>;
}

export interface StartFacts {
  readonly decision?: { readonly position: bigint; readonly data: Decision; readonly place: number };
  readonly wait: Wait;
}

export interface HoldFact {
  readonly at: number;
  readonly scope: string;
  readonly held: boolean;
  readonly cause: string;
}

/** What is ahead of an execution that waits now. */
export interface QueueFacts {
  readonly ahead: Readonly<Partial<Record<Tier, number>>>;
  readonly sameVendorEarlier: number;
}

export interface Facts {
  readonly execution: string;
  readonly steps: readonly Step[];
  /** By position of the start. */
  readonly starts: ReadonlyMap<bigint, StartFacts>;
  /** Holds that touched it, oldest first. */
  readonly holds: readonly HoldFact[];
  readonly queue?: QueueFacts;
  /** The database's time of the snapshot. */
  readonly now: number;
}

/** The work as it stands after a step; the one before when the step carries none. */
export const workAfter = (step: Step, before: Work | undefined): Work | undefined =>
  "work" in step.event.data && step.event.data.work !== undefined ? step.event.data.work : before;

export async function gather(snapshot: LogSnapshot, execution: string, signal: AbortSignal): Promise<Facts> {
  const events = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(execution) ? await snapshot.stream(execution) : [];
  const first = events[0];
  if (first?.category !== "execution")
    return fail("execution_unknown", `There is no execution ${clean(execution).slice(0, 60)} in this log.`);
  const steps = events.map(stepOf);
  const starts = new Map<bigint, StartFacts>();
  let work: Work | undefined;
  for (const step of steps) {
    if (signal.aborted) fail("interrupted", "Stopped.");
    if (step.event.type === "ExecutionStarted")
      starts.set(step.position, await startFacts(snapshot, step, work?.dueAt ?? step.recordedAt, first.position));
    work = workAfter(step, work);
  }
  const last = steps.at(-1);
  const waits = work !== undefined && !isEnd(last) && work.dueAt <= snapshot.now;
  return {
    execution,
    steps,
    starts,
    holds: work === undefined ? [] : await holdsOf(snapshot, work, last?.position ?? 0n, isEnd(last)),
    ...(waits && work !== undefined ? { queue: await queueOf(snapshot, execution, work) } : {}),
    now: snapshot.now,
  };
}

function stepOf(event: RecordedEvent): Step {
  const decoded = executions.decode(event);
  if (!decoded.ok)
    return fail(
      decoded.code === "newer_than_known" ? "event_newer" : "event_unknown",
      `Position ${event.position} cannot be read: ${decoded.message}`,
      event.position,
    );
  return { position: event.position, recordedAt: event.recordedAt, event: decoded.event };
}

const ends = new Set([
  "ExecutionSucceeded",
  "ExecutionSkipped",
  "ExecutionCancelled",
  "ExecutionDeadLettered",
  "ExecutionUncertain",
  "ExecutionStarted",
  "ExecutionEffectBegun",
]);
const isEnd = (step: Step | undefined): boolean => step !== undefined && ends.has(step.event.type);

async function startFacts(snapshot: LogSnapshot, start: Step, dueAt: number, accepted: bigint): Promise<StartFacts> {
  const handover = start.event.type === "ExecutionStarted" ? start.event.data.handover : "";
  const due = await snapshot.positionAt(dueAt);
  const after = due > accepted ? due : accepted;
  const others: Partial<Record<Tier, number>> = {};
  let ticks = 0;
  let decision: StartFacts["decision"];
  for await (const events of snapshot.events({
    after: after - 1n,
    until: start.position,
    types: ["DispatchDecided"],
  })) {
    for (const event of events) {
      const decoded = dispatch.decode(event);
      if (!decoded.ok || decoded.event.type !== "DispatchDecided") continue;
      const { data } = decoded.event;
      const place = data.chosen.findIndex((choice) => choice.handover === handover);
      if (place !== -1) decision = { position: event.position, data, place };
      else {
        ticks += 1;
        for (const { tier } of data.chosen) others[tier] = (others[tier] ?? 0) + 1;
      }
    }
  }
  return { ...(decision === undefined ? {} : { decision }), wait: { ticks, others } };
}

/** Holds of its scopes up to its end, or up to now. */
async function holdsOf(snapshot: LogSnapshot, work: Work, last: bigint, isOver: boolean): Promise<readonly HoldFact[]> {
  const scopes = new Set<string>(scopesOf(work));
  const found: HoldFact[] = [];
  const until = isOver ? last : snapshot.head;
  for await (const events of snapshot.events({ until, types: ["ScopePaused", "ScopeResumed"] })) {
    for (const event of events) {
      const decoded = dispatch.decode(event);
      if (!decoded.ok) continue;
      const { type, data } = decoded.event;
      if (type !== "ScopePaused" && type !== "ScopeResumed") continue;
      if (!scopes.has(data.scope) && !data.scope.startsWith("tier:")) continue;
      const cause = type === "ScopePaused" ? data.cause : "";
      found.push({ at: event.recordedAt, scope: data.scope, held: type === "ScopePaused", cause });
    }
  }
  return found;
}

async function queueOf(snapshot: LogSnapshot, execution: string, work: Work): Promise<QueueFacts> {
  const { now } = snapshot;
  const own = tierAt(now, work.window, work.defaultTier).tier;
  const ahead: Partial<Record<Tier, number>> = {};
  let sameVendorEarlier = 0;
  for await (const rows of snapshot.rows(pendingTable)) {
    for (const item of rows.map(rowToPendingItem)) {
      if (item.held || item.work.dueAt > now || item.execution === execution) continue;
      const { tier } = tierAt(now, item.work.window, item.work.defaultTier);
      if (tierRank(tier) < tierRank(own)) ahead[tier] = (ahead[tier] ?? 0) + 1;
      else if (tier === own && item.work.vendor === work.vendor && item.work.deadline < work.deadline)
        sameVendorEarlier += 1;
    }
  }
  return { ahead, sameVendorEarlier };
}
