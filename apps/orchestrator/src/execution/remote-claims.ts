// A worker in a process of its own: reads the dispatcher's decisions from the log, claims what was handed to it, runs it.
import { createCodec } from "@wedsync/contracts";
import { dispatchEvents } from "@wedsync/contracts/scheduler";
import type { IndexReader } from "@wedsync/adapter-postgres";
import type { EventLog, RecordedEvent } from "@wedsync/event-log";
import { rowToPendingItem, tierAt, type Scheduler } from "@wedsync/scheduler";
import type { Logger } from "@wedsync/adapter-process";
import type { Metrics } from "../telemetry/metrics.js";
import type { ClaimedExecution } from "./hand-over.js";
import type { Worker } from "./worker.js";
import type { WorkerLease } from "./worker-lease.js";

export interface RemoteClaimsOptions {
  readonly log: EventLog;
  readonly index: Pick<IndexReader, "pendingOf">;
  readonly scheduler: Scheduler;
  readonly worker: Worker;
  readonly lease: WorkerLease;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, "refusedClaims" | "started">;
}

const codec = createCodec(dispatchEvents);

/** How long to leave a database alone that could not be read, milliseconds. */
const pauseMs = 200;

/** Follows the log until the signal aborts, across any loss of the database. */
export async function followDecisions(options: RemoteClaimsOptions, signal: AbortSignal): Promise<void> {
  const { log, lease, logger } = options;
  let last: bigint | undefined;
  while (!signal.aborted) {
    try {
      last ??= await log.head();
      for await (const events of log.tail({ after: last, signal })) {
        last = events.at(-1)?.position ?? last;
        const mine = events.flatMap((event) => handedTo(event, lease.incarnation));
        // Claims run beside the tail: a slow append must not delay the next decision.
        if (mine.length > 0)
          void claimAll(options, mine).catch(() => logger.warn({ count: mine.length }, "claims unanswered"));
      }
    } catch (error) {
      logger.warn({ name: error instanceof Error ? error.name : "unknown" }, "the log cannot be followed now");
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

interface HandedOver {
  readonly execution: string;
  readonly handover: string;
  readonly now: number;
  readonly policyVersion: number;
}

function handedTo(event: RecordedEvent, worker: string): readonly HandedOver[] {
  if (event.type !== "DispatchDecided") return [];
  const decoded = codec.decode(event);
  if (!decoded.ok || decoded.event.type !== "DispatchDecided") return [];
  const { now, policyVersion, chosen } = decoded.event.data;
  return chosen.flatMap((choice) =>
    choice.worker === worker ? [{ execution: choice.execution, handover: choice.handover, now, policyVersion }] : [],
  );
}

async function claimAll(
  { log, index, scheduler, worker, lease, metrics }: RemoteClaimsOptions,
  handed: readonly HandedOver[],
): Promise<void> {
  const rows = new Map(
    (await index.pendingOf(handed.map((entry) => entry.execution))).map((row) => [String(row["execution"]), row]),
  );
  const incarnation = lease.incarnation;
  const claims = handed.flatMap(({ execution, ...hand }) => {
    const row = rows.get(execution);
    if (row === undefined || !lease.held()) return [];
    const item = rowToPendingItem(row);
    const claim = scheduler.claim(item, { ...hand, worker: incarnation });
    return claim === undefined ? [] : [{ item, claim, ...hand }];
  });
  // A leader that has just taken over does not know what its predecessor handed out and nobody claimed yet: both may count
  // on the same slots. What does not fit is left; unanswered, it is chosen again.
  const free = Math.max(0, worker.seats()[0]?.freeSlots ?? 0);
  for (let left = claims.length - free; left > 0; left -= 1) metrics.refusedClaims.inc({ reason: "no_free_slot" });
  claims.splice(free);
  if (claims.length === 0) return;
  for (let seat = 0; seat < claims.length; seat += 1) worker.reserve();
  const results = await log.appendTogether(claims.map(({ claim }) => claim.request));
  const won: ClaimedExecution[] = [];
  for (const [position, { item, claim, handover, now }] of claims.entries()) {
    const result = results[position];
    if (result?.ok !== true || !claim.started) {
      if (result?.ok === false) metrics.refusedClaims.inc({ reason: result.code });
      worker.release();
      continue;
    }
    const { tier } = tierAt(now, item.work.window, item.work.defaultTier);
    metrics.started.inc({ tier, module: item.work.moduleType });
    won.push({
      item,
      attempt: item.work.attempts + 1,
      handover,
      worker: incarnation,
      tier,
      version: item.version + 1,
      startedAt: result.recordedAt,
    });
  }
  worker.run(won);
}
