// Role worker: a lease, slots, and either the dispatcher of this process or the log to hand work over.
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from "@nestjs/common";
import { EffectRunner } from "../execution/effect-runner.js";
import { createPartyReader } from "../execution/parties.js";
import { followDecisions } from "../execution/remote-claims.js";
import { WorkerLease } from "../execution/worker-lease.js";
import { Worker } from "../execution/worker.js";
import { ids } from "../platform/ids.js";
import type { Platform } from "../platform/platform.js";
import { Readiness } from "@wedsync/adapter-process";
import { PLATFORM } from "../platform/tokens.js";

/** How long running executions may take to end when the process is asked to stop, milliseconds. */
const drainMs = 25_000;

@Injectable()
export class WorkerRole implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly worker: Worker;
  readonly effects: EffectRunner;
  readonly #lease: WorkerLease;
  readonly #stop = new AbortController();
  #following: Promise<void> | undefined;

  constructor(
    @Inject(PLATFORM) private readonly platform: Platform,
    private readonly readiness: Readiness,
  ) {
    const { environment, leases, handlers, logger, keys, log, registry, scheduler, states, clock, metrics, tracer } =
      platform;
    const { WEDSYNC_WORKER_SLOTS: slots, WEDSYNC_LEASE_TERM: termMs, WEDSYNC_MAIL_FROM: mailFrom } = environment;
    this.effects = new EffectRunner({
      log,
      keys,
      parties: createPartyReader(states, keys),
      definition: (type, version) => registry.definition(type, version),
      refreshDefinitions: async (type) => await registry.refresh([type]),
      handlers,
      mailFrom,
    });
    this.#lease = new WorkerLease({
      leases,
      newIncarnation: ids.event,
      slots,
      handlers: [...handlers.keys()],
      remote: this.#isRemote(),
      termMs,
      logger,
    });
    this.worker = new Worker({
      slots,
      scheduler,
      effects: this.effects,
      lease: this.#lease,
      clock,
      random: Math.random,
      logger,
      metrics,
      tracer,
    });
  }

  /** Gives this process's pool another size; running work is never ended. */
  async resize(slots: number): Promise<void> {
    if (slots === this.worker.slots) return;
    this.worker.resize(slots);
    await this.#lease.resize(slots);
  }

  #isRemote(): boolean {
    return !this.platform.environment.WEDSYNC_ROLES.includes("dispatcher");
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.platform.environment.WEDSYNC_ROLES.includes("worker")) return;
    await this.#lease.start();
    this.readiness.set("worker", "ok");
    if (!this.#isRemote()) return;
    const { log, index, scheduler, logger, metrics } = this.platform;
    this.#following = followDecisions(
      { log, index, scheduler, worker: this.worker, lease: this.#lease, logger, metrics },
      this.#stop.signal,
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (!this.platform.environment.WEDSYNC_ROLES.includes("worker")) return;
    this.#stop.abort();
    await this.#following;
    await this.worker.drain(drainMs);
    await this.#lease.stop();
  }
}
