// Chooses what starts next. One tick: read the clock once, ask the policy for a batch, append the decision and the claims
// in one commit group, hand over what was won. Only the leader dispatches; a stale leader's appends are refused.
import type { AppendResult, Clock, EventLog, LeaderToken, RecordedEvent } from "@wedsync/event-log";
import type { Scheduler, Tier } from "@wedsync/scheduler";
import type { Ids } from "../platform/ids.js";
import type { Logger } from "@wedsync/adapter-process";
import type { Metrics } from "../telemetry/metrics.js";
import { decisionRequest, type Choice } from "./decision-request.js";
import type { DueWork, TickRecord } from "./due-work.js";
import type { ClaimedExecution, HandOver } from "./hand-over.js";
import type { RemoteSeats } from "./remote-seats.js";
import { SeatAssignment } from "./seat-assignment.js";

export interface DispatcherOptions {
  readonly log: EventLog;
  readonly scheduler: Scheduler;
  readonly dueWork: DueWork;
  readonly handOver: HandOver;
  readonly remote: RemoteSeats;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly region: string;
  readonly leader: () => LeaderToken | undefined;
  /** A claim met a wedding that had moved or was cancelled: its work must follow. */
  readonly onStaleWedding: (weddingStream: string) => void;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Ticks whose append is on its way. Two keep the log busy; more would only split batches. */
const ticksInFlight = 2;
/** How long work of a wedding that has moved stays out when nobody carried it along, milliseconds. */
const staleWeddingPauseMs = 1_000;
/** Starts of one tick: keeps its decision far below the size of the largest event. */
const mostAtOnce = { credits: 400, criticalCredits: 100 } as const;

export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #unanswered = new Map<string, Choice>();
  #running = false;
  #scheduled = false;
  #inFlight = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    options.handOver.onFree(() => this.wake());
  }

  start(): void {
    this.#running = true;
    this.wake();
  }

  /** Stops choosing; ticks on their way end by themselves. */
  async stop(): Promise<void> {
    this.#running = false;
    clearTimeout(this.#timer);
    while (this.#inFlight > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** Something may have become startable. */
  wake(): void {
    if (!this.#running || this.#scheduled || this.#inFlight >= ticksInFlight) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#running) this.#tick();
    });
  }

  /** True when no tick is on its way to the log. */
  get isIdle(): boolean {
    return this.#inFlight === 0;
  }

  #tick(): void {
    const { dueWork, handOver, clock, leader, metrics } = this.#options;
    const token = leader();
    const time = clock.now();
    if (token === undefined || !dueWork.isReady(time)) return;
    const seats = new SeatAssignment(handOver.seats(), dueWork.policy.criticalReserve);
    const tick = dueWork.tick({
      now: time,
      credits: Math.min(seats.credits, mostAtOnce.credits),
      criticalCredits: Math.min(seats.criticalCredits, mostAtOnce.criticalCredits),
    });
    metrics.indexed.set(dueWork.size);
    metrics.openSlots.set(seats.free);
    this.#sleepUntil(tick.wakeAt, time);
    if (tick.record === undefined) return;
    const choices = tick.chosen.map(({ item, tier, reason }): Choice => {
      const seat = seats.take();
      if (!seat.remote) handOver.reserve(seat.worker);
      else this.#options.remote.decided(item, seat.worker, performance.now());
      return {
        item,
        tier,
        reason: reason.code,
        handover: this.#options.ids.event(),
        worker: seat.worker,
        remote: seat.remote,
      };
    });
    this.#inFlight += 1;
    void this.#commit(choices, tick.due, tick.record, token)
      .catch((error: unknown) => this.#giveBack(choices, error))
      .finally(() => {
        this.#inFlight -= 1;
        this.wake();
      });
  }

  #sleepUntil(wakeAt: number | null, now: number): void {
    clearTimeout(this.#timer);
    if (wakeAt === null) return;
    this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(wakeAt - now, 1), 60_000));
  }

  async #commit(
    choices: readonly Choice[],
    due: Partial<Record<Tier, number>>,
    record: TickRecord,
    leader: LeaderToken,
  ): Promise<void> {
    const { log, scheduler, dueWork, ids, region } = this.#options;
    const { now, policyVersion } = record;
    const local = choices.filter((choice) => !choice.remote);
    const claims = local.map((choice) => ({
      choice,
      claim: scheduler.claim(choice.item, {
        handover: choice.handover,
        worker: choice.worker,
        now,
        policyVersion,
        leader,
      }),
    }));
    const results = await log.appendTogether([
      decisionRequest({ choices, due, record, leader, region, ids }),
      ...claims.flatMap(({ claim }) => (claim === undefined ? [] : [claim.request])),
    ]);
    const [decided, ...answers] = results;
    if (decided?.ok !== true) {
      dueWork.restart();
      this.#options.logger.warn({ code: decided?.code }, "dispatch decision refused");
    }
    const won: ClaimedExecution[] = [];
    let answer = 0;
    for (const { choice, claim } of claims) {
      const result = claim === undefined ? undefined : answers[answer];
      if (claim !== undefined) answer += 1;
      if (result?.ok === true && claim?.started === true) {
        won.push(this.#claimed(choice, result.recordedAt));
        this.#observe(choice, result.recordedAt);
      } else this.#lost(choice, result);
    }
    this.#options.handOver.run(won);
  }

  #observe(choice: Choice, startedAt: number): void {
    const { metrics } = this.#options;
    metrics.started.inc({ tier: choice.tier, module: choice.item.work.moduleType });
    metrics.startDelay.observe({ tier: choice.tier }, Math.max(0, startedAt - choice.item.work.dueAt) / 1000);
  }

  /** Follows the log: a claim whose answer was lost was made after all, and its work must be done. */
  see(events: readonly RecordedEvent[]): void {
    if (this.#unanswered.size === 0) return;
    for (const event of events) {
      if (event.type !== "ExecutionStarted") continue;
      const choice = this.#unanswered.get(event.stream);
      this.#unanswered.delete(event.stream);
      if (choice === undefined || event.data["handover"] !== choice.handover) continue;
      this.#options.handOver.reserve(choice.worker);
      this.#options.handOver.run([this.#claimed(choice, event.recordedAt)]);
    }
  }

  #claimed(choice: Choice, startedAt: number): ClaimedExecution {
    const { item, handover, worker, tier } = choice;
    return { item, attempt: item.work.attempts + 1, handover, worker, tier, version: item.version + 1, startedAt };
  }

  /** A refused claim: give the slot back; a newer event of the stream will bring the work again if it is still due. */
  #lost(choice: Choice, result: AppendResult | undefined): void {
    const { handOver, metrics, dueWork, onStaleWedding } = this.#options;
    handOver.release(choice.worker);
    if (result === undefined || result.ok) return;
    metrics.refusedClaims.inc({ reason: result.code });
    if (result.code !== "guard_refused") return;
    // Nothing happened on the execution's own stream, so nothing would bring it back.
    if (!result.key.startsWith("wedding:")) return dueWork.giveBack(choice.item);
    // Work of a wedding that moved is about to be carried along, which brings it back by itself; chosen again at once, it would
    // only be refused again, and thousands of refusals would keep the log from what carries it.
    onStaleWedding(choice.item.work.weddingStream);
    setTimeout(() => {
      dueWork.giveBack(choice.item);
      this.wake();
    }, staleWeddingPauseMs).unref();
  }

  /** The log could not answer: whether the claims were made is unknown. If they were, the tail tells; if not, try again. */
  #giveBack(choices: readonly Choice[], error: unknown): void {
    for (const choice of choices) {
      if (choice.remote) continue;
      this.#options.handOver.release(choice.worker);
      this.#unanswered.set(choice.item.execution, choice);
    }
    this.#options.dueWork.restart();
    this.#options.logger.error({ name: error instanceof Error ? error.name : "unknown" }, "claims unanswered");
  }
}
