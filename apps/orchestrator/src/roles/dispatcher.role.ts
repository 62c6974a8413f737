// Role dispatcher: stands for leadership; while it leads it follows the log, chooses, sweeps and carries moved work along.
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from "@nestjs/common";
import { createLeadership, createLeaseWatch, type Leadership } from "@wedsync/adapter-postgres";
import { dispatchPolicyAt } from "@wedsync/scheduler";
import { Dispatcher } from "../execution/dispatcher.js";
import { DueWork } from "../execution/due-work.js";
import type { HandOver } from "../execution/hand-over.js";
import { holdAfterOutage, noteAlive } from "../execution/outage-hold.js";
import { RemoteSeats } from "../execution/remote-seats.js";
import { Sweeper } from "../execution/sweeper.js";
import { WeddingFollower } from "../execution/wedding-follower.js";
import { ids } from "../platform/ids.js";
import type { Platform } from "../platform/platform.js";
import { Readiness } from "@wedsync/adapter-process";
import { PLATFORM } from "../platform/tokens.js";
import { ScalingRole } from "./scaling.role.js";
import { WorkerRole } from "./worker.role.js";

/** One term of leadership; thrown away when it ends. */
interface Term {
  stop(): Promise<void>;
}

@Injectable()
export class DispatcherRole implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #leadership: Leadership;
  #term: Promise<Term | undefined> = Promise.resolve(undefined);

  constructor(
    @Inject(PLATFORM) private readonly platform: Platform,
    private readonly workers: WorkerRole,
    private readonly readiness: Readiness,
    private readonly scaling: ScalingRole,
  ) {
    const { log, environment } = platform;
    this.#leadership = createLeadership({
      pool: log.pool,
      schema: log.schema,
      role: "dispatcher",
      holder: ids.event(),
      termMs: environment.WEDSYNC_LEASE_TERM,
    });
  }

  onApplicationBootstrap(): void {
    if (!this.platform.environment.WEDSYNC_ROLES.includes("dispatcher")) return;
    // A standby that waits for its turn does its part.
    this.readiness.set("dispatcher", "ok");
    this.#leadership.start({
      onGained: () => {
        this.#term = this.#term.then(async () => await this.#begin()).catch((error: unknown) => this.#failed(error));
      },
      onLost: () => {
        this.#term = this.#term.then(async (term) => await term?.stop()).then(() => undefined);
      },
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#leadership.stop();
    await (await this.#term)?.stop();
  }

  #failed(error: unknown): undefined {
    this.platform.logger.error(
      { name: error instanceof Error ? error.name : "unknown" },
      "the dispatcher could not begin its term",
    );
    this.readiness.set("dispatcher", "failed: could not begin its term");
    return undefined;
  }

  async #begin(): Promise<Term> {
    const { log, index, leases, scheduler, clock, environment, logger, metrics, registry, onClockJump } = this.platform;
    const termMs = environment.WEDSYNC_LEASE_TERM;
    await holdAfterOutage(this.platform);
    const stop = new AbortController();
    // A later term has another epoch: what is chosen here must never be written under it.
    const epoch = this.#leadership.current()?.epoch;
    const head = await log.head();
    const dueWork = new DueWork(index, head, await dispatchPolicyAt(head, { log, ids }));
    const remote = new RemoteSeats(leases, index);
    await remote.load();
    const follower = new WeddingFollower({ index, scheduler, logger });
    const watch = createLeaseWatch({ termMs });
    onClockJump(() => watch.forgive(performance.now()));
    const sweeper = new Sweeper({
      leases,
      watch,
      index,
      scheduler,
      retryPolicyOf: (type, version) =>
        registry.definition(type, version)?.retry ?? { maxAttempts: 3, baseMs: 30_000, capMs: 3_600_000, maxLost: 2 },
      clock,
      random: Math.random,
      termMs,
      logger,
    });
    const dispatcher = new Dispatcher({
      log,
      scheduler,
      dueWork,
      handOver: this.#handOver(remote),
      remote,
      clock,
      ids,
      region: environment.WEDSYNC_REGION,
      leader: () => {
        const token = this.#leadership.current();
        return token?.epoch === epoch ? token : undefined;
      },
      onStaleWedding: (stream) => follower.follow(stream),
      logger,
      metrics,
    });
    const following = this.#follow(dueWork, dispatcher, remote, follower, stop.signal);
    const housekeeping = setInterval(
      () => void this.#keepHouse(dueWork, dispatcher, remote, termMs),
      Math.min(500, termMs / 5),
    );
    await dueWork.load(clock.now());
    await follower.start();
    sweeper.start();
    dispatcher.start();
    const planning = this.scaling.lead();
    this.readiness.set("dispatcher", "ok");
    logger.info({ epoch, due: dueWork.size }, "leading");
    return {
      stop: async () => {
        clearInterval(housekeeping);
        stop.abort();
        await Promise.all([dispatcher.stop(), sweeper.stop(), follower.stop(), planning.stop(), following]);
        logger.info({}, "no longer leading");
      },
    };
  }

  /** Seats of this process's worker, if it has one, and of the others. */
  #handOver(remote: RemoteSeats): HandOver {
    const local = this.platform.environment.WEDSYNC_ROLES.includes("worker") ? this.workers.worker : undefined;
    return {
      seats: () => [...(local?.seats() ?? []), ...remote.seats()],
      reserve: () => local?.reserve(),
      release: () => local?.release(),
      run: (claimed) => local?.run(claimed),
      onFree: (listener) => local?.onFree(listener),
    };
  }

  async #follow(
    dueWork: DueWork,
    dispatcher: Dispatcher,
    remote: RemoteSeats,
    follower: WeddingFollower,
    signal: AbortSignal,
  ): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const events of dueWork.follow(this.platform.log, signal)) {
          dispatcher.see(events);
          remote.see(events);
          follower.see(events);
          dispatcher.wake();
        }
      } catch (error) {
        this.platform.logger.warn(
          { name: error instanceof Error ? error.name : "unknown" },
          "the log cannot be followed now",
        );
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }

  async #keepHouse(dueWork: DueWork, dispatcher: Dispatcher, remote: RemoteSeats, termMs: number): Promise<void> {
    try {
      await remote.refresh();
      await noteAlive(this.platform);
      for (const item of remote.takeVoid(termMs, performance.now())) dueWork.giveBack(item);
      const now = this.platform.clock.now();
      if (dueWork.needsLoad(now) && (!dueWork.restarting || dispatcher.isIdle)) await dueWork.load(now);
      else if (dueWork.needsComparison(now)) await dueWork.compare(now);
      const drifted = dueWork.takeDrift();
      if (drifted > 0) this.platform.logger.error({ drifted }, "memory had drifted from the pending index; mended");
      dispatcher.wake();
    } catch (error) {
      this.platform.logger.warn({ name: error instanceof Error ? error.name : "unknown" }, "housekeeping failed");
    }
  }
}
