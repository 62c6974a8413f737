// Runs claimed executions: payload, module, provider, outcome. A worker never picks work; it does what was claimed for it.
// Before an at-most-once call it writes that the effect begins, so that a crash is a doubt exactly when it can be one.
import type { Tracer } from "@opentelemetry/api";
import type { Clock } from "@wedsync/event-log";
import type { Scheduler, AttemptOutcome } from "@wedsync/scheduler";
import type { Logger } from "@wedsync/adapter-process";
import { startAttemptSpan } from "../telemetry/effect-spans.js";
import type { Metrics } from "../telemetry/metrics.js";
import type { ClaimedExecution, HandOver, WorkerSeat } from "./hand-over.js";
import type { EffectRunner, PreparedEffect } from "./effect-runner.js";
import type { WorkerLease } from "./worker-lease.js";

export interface WorkerOptions {
  readonly slots: number;
  readonly scheduler: Scheduler;
  readonly effects: EffectRunner;
  readonly lease: WorkerLease;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracer: Tracer;
}

interface Attempted {
  readonly outcome: AttemptOutcome;
  /** Version of the stream as far as this attempt knows. */
  readonly version: number;
  readonly effectBegun: boolean;
}

export class Worker implements HandOver {
  readonly #options: WorkerOptions;
  readonly #listeners: (() => void)[] = [];
  readonly #running = new Set<string>();
  #slots: number;
  #reserved = 0;
  #draining = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#slots = options.slots;
  }

  get slots(): number {
    return this.#slots;
  }

  /** Changes how many executions may run at the same time. With fewer, what runs ends by itself and is not replaced. */
  resize(slots: number): void {
    const more = slots > this.#slots;
    this.#slots = slots;
    if (more) for (const listener of this.#listeners) listener();
  }

  seats(): readonly WorkerSeat[] {
    const { lease } = this.#options;
    if (this.#draining || !lease.held()) return [];
    const slots = this.#slots;
    return [{ worker: lease.incarnation, slots, freeSlots: slots - this.#reserved, remote: false }];
  }

  reserve(): void {
    this.#reserved += 1;
  }

  release(): void {
    this.#reserved -= 1;
    for (const listener of this.#listeners) listener();
  }

  onFree(listener: () => void): void {
    this.#listeners.push(listener);
  }

  run(claimed: readonly ClaimedExecution[]): void {
    if (claimed.length === 0) return;
    for (const { item } of claimed) this.#running.add(item.execution);
    void this.#runAll(claimed);
  }

  /** Is this execution running here? */
  has(execution: string): boolean {
    return this.#running.has(execution);
  }

  /** Takes no more work and waits for what runs, at most `graceMs`. */
  async drain(graceMs: number): Promise<void> {
    this.#draining = true;
    const until = performance.now() + graceMs;
    while (this.#reserved > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  async #runAll(claimed: readonly ClaimedExecution[]): Promise<void> {
    const { effects, logger } = this.#options;
    const prepared = await effects.prepare(claimed).catch((error: unknown) => {
      logger.error({ name: error instanceof Error ? error.name : "unknown" }, "payloads could not be read");
      return new Map<string, PreparedEffect>();
    });
    await Promise.all(claimed.map((claim) => this.#runOne(claim, prepared.get(claim.item.execution))));
  }

  async #runOne(claim: ClaimedExecution, effect: PreparedEffect | undefined): Promise<void> {
    const { metrics, logger, tracer } = this.#options;
    const { moduleType } = claim.item.work;
    const span = startAttemptSpan(tracer, claim, effect ?? { provider: "none" });
    const end = metrics.attemptDuration.startTimer({ module: moduleType });
    try {
      const attempted = await this.#attempt(claim, effect);
      await this.#report(claim, effect, attempted);
      metrics.finished.inc({ module: moduleType, outcome: attempted.outcome.kind });
      span.ended(attempted.outcome);
    } catch (error) {
      // The outcome could not be written. The lease ends with this process or is lost; the sweeper decides then.
      logger.error(
        { execution: claim.item.execution, name: error instanceof Error ? error.name : "unknown" },
        "attempt without a recorded outcome",
      );
      metrics.finished.inc({ module: moduleType, outcome: "unrecorded" });
      span.unrecorded();
    } finally {
      end();
      this.#running.delete(claim.item.execution);
      this.release();
    }
  }

  async #attempt(claim: ClaimedExecution, effect: PreparedEffect | undefined): Promise<Attempted> {
    const { lease } = this.#options;
    if (effect === undefined)
      return { outcome: { kind: "not_sent", code: "payload_unreadable" }, version: claim.version, effectBegun: false };
    if (!effect.ok) return { outcome: effect.outcome, version: claim.version, effectBegun: false };
    let { version } = claim;
    let effectBegun = false;
    // The last look before the effect: a paused process that wakes up after its lease was taken must not send.
    const onBodyStart = async (): Promise<void> => {
      if (!lease.held(claim.worker)) throw new Error("lease lost");
      if (claim.item.work.effect !== "at-most-once") return;
      version = await this.#markEffect(claim, effect.provider, version);
      effectBegun = true;
      if (!lease.held(claim.worker)) throw new Error("lease lost");
    };
    if (!lease.held(claim.worker)) return { outcome: { kind: "not_sent", code: "lease_lost" }, version, effectBegun };
    return { outcome: await effect.deliver(onBodyStart), version, effectBegun };
  }

  /** Writes that the effect begins. @throws when a cancel or the sweeper came first: then nothing may be sent. */
  async #markEffect(claim: ClaimedExecution, provider: string, version: number): Promise<number> {
    const { attempt, worker, handover } = claim;
    const begun = await this.#options.scheduler.beginEffect(claim.item, {
      version,
      attempt,
      provider,
      worker,
      handover,
    });
    if (!begun.ok) throw new Error(begun.code);
    return begun.version;
  }

  async #report(
    claim: ClaimedExecution,
    effect: PreparedEffect | undefined,
    { outcome, version, effectBegun }: Attempted,
  ): Promise<void> {
    const { scheduler, clock, random, effects } = this.#options;
    const result = await scheduler.reportOutcome(claim.item, {
      version,
      attempt: claim.attempt,
      worker: claim.worker,
      handover: claim.handover,
      provider: effect?.provider ?? "none",
      outcome,
      effectBegun,
      now: clock.now(),
      random: random(),
      retry: effects.retryPolicy(claim.item),
    });
    if (!result.ok)
      this.#options.logger.warn({ execution: claim.item.execution, code: result.code }, "outcome refused");
  }
}
