// Ends the attempts of silent workers. Only the leading dispatcher's sweeper does this; a queue's stall check never does.
import type { IndexReader, LeaseWatch, WorkerLeases } from "@wedsync/adapter-postgres";
import type { Clock } from "@wedsync/event-log";
import type { Scheduler } from "@wedsync/scheduler";
import type { Logger } from "@wedsync/adapter-process";
import type { EffectRunner } from "./effect-runner.js";

export interface SweeperOptions {
  readonly leases: WorkerLeases;
  readonly watch: LeaseWatch;
  readonly index: Pick<IndexReader, "openAttempts">;
  readonly scheduler: Scheduler;
  readonly retryPolicyOf: (moduleType: string, version: number) => ReturnType<EffectRunner["retryPolicy"]>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly termMs: number;
  readonly logger: Logger;
}

export class Sweeper {
  readonly #options: SweeperOptions;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> | undefined;
  #running = false;

  constructor(options: SweeperOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = true;
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#running = false;
    clearTimeout(this.#timer);
    await this.#sweeping;
  }

  #schedule(): void {
    if (!this.#running) return;
    this.#timer = setTimeout(() => {
      this.#sweeping = this.#sweep()
        .catch((error: unknown) => {
          this.#options.logger.warn({ name: error instanceof Error ? error.name : "unknown" }, "sweep failed");
        })
        .finally(() => this.#schedule());
    }, this.#options.termMs / 5);
  }

  async #sweep(): Promise<void> {
    const { leases, watch, index, logger } = this.#options;
    const attempts = await index.openAttempts();
    const rows = await leases.list();
    // A worker whose row is gone is watched like a silent one: its attempts are still open.
    const known = new Map(rows.map((row) => [row.incarnation, row]));
    const orphans = [...new Set(attempts.map((attempt) => attempt.worker))].filter((worker) => !known.has(worker));
    const silent = new Set(
      watch.observe([...rows, ...orphans.map((incarnation) => ({ incarnation, counter: -1 }))], performance.now()),
    );
    // The lease first, and only as it was seen: a worker that wakes up in this moment either keeps its lease and its attempts, or
    // finds that it has none before it does anything more.
    for (const worker of silent) {
      const row = known.get(worker);
      if (row !== undefined && !(await leases.expire(row))) silent.delete(worker);
    }
    if (silent.size === 0) return;
    for (const attempt of await index.openAttempts()) if (silent.has(attempt.worker)) await this.#lose(attempt);
    logger.warn({ workers: silent.size }, "silent workers swept");
  }

  async #lose(attempt: Awaited<ReturnType<IndexReader["openAttempts"]>>[number]): Promise<void> {
    const { scheduler, clock, random, retryPolicyOf, logger } = this.#options;
    const result = await scheduler.loseAttempt(attempt.execution, {
      attempt: attempt.attempt,
      worker: attempt.worker,
      now: clock.now(),
      random: random(),
      retryOf: (work) => retryPolicyOf(work.moduleType, work.definitionVersion),
    });
    if (!result.ok) logger.info({ execution: attempt.execution, code: result.code }, "attempt had ended meanwhile");
  }
}
