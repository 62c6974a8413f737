// Role dispatcher: stands for leadership; while it leads it follows the log, chooses, sweeps and carries moved work along.
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from "@nestjs/common";
import { createLeadership, createLeaseWatch, type Leadership } from "@wedsync/adapter-postgres";
import type { LeaderToken } from "@wedsync/event-log";
import { dispatchPolicyAt } from "@wedsync/scheduler";
import { Dispatcher } from "../execution/dispatcher.js";
import { DueWork } from "../execution/due-work.js";
import type { HandOver } from "../execution/hand-over.js";
import { IndexWatch } from "../execution/index-watch.js";
import { holdAfterOutage, noteAlive } from "../execution/outage-hold.js";
import { RemoteSeats } from "../execution/remote-seats.js";
import { startRounds } from "../execution/rounds.js";
import { Sweeper } from "../execution/sweeper.js";
import { Terms, type End } from "../execution/terms.js";
import { WeddingFollower } from "../execution/wedding-follower.js";
import { ids } from "../platform/ids.js";
import type { Platform } from "../platform/platform.js";
import { Readiness } from "@wedsync/adapter-process";
import { PLATFORM } from "../platform/tokens.js";
import { indexPages } from "../read-models/index-pages.js";
import { ScalingRole } from "./scaling.role.js";
import { WorkerRole } from "./worker.role.js";

/** Pause between two looks at the rows beside the log, milliseconds: what the first one finds the second one mends. */
const watchEveryMs = 4_000;
/** Pause before a term that could not be begun is tried again, milliseconds. */
const retryMs = 300;

@Injectable()
export class DispatcherRole implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #leadership: Leadership;
  readonly #terms: Terms;

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
    this.#terms = new Terms({
      open: async (epoch, ends) => await this.#open(epoch, ends),
      onFailed: (error, epoch) => {
        const name = error instanceof Error ? error.name : "unknown";
        platform.logger.error({ name, epoch }, "the dispatcher could not begin its term; trying again");
        readiness.set("dispatcher", "failed: could not begin its term");
      },
      onEnded: () => platform.logger.info({}, "no longer leading"),
      // A standby that waits for its turn does its part, also after a term that could not begin.
      onStandby: () => readiness.set("dispatcher", "ok"),
      retryMs,
    });
  }

  onApplicationBootstrap(): void {
    if (!this.platform.environment.WEDSYNC_ROLES.includes("dispatcher")) return;
    // A standby that waits for its turn does its part.
    this.readiness.set("dispatcher", "ok");
    this.#leadership.start({
      onGained: ({ epoch }) => this.#terms.gained(epoch),
      onLost: () => this.#terms.lost(),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#leadership.stop();
    await this.#terms.stop();
  }

  /**
   * Starts everything a leader does.
   * @param ends takes what stops each part, also when a later one cannot be started
   */
  async #open(epoch: number, ends: End[]): Promise<void> {
    // A later term has another epoch: what is chosen in this one must never be written under it.
    const leader = (): LeaderToken | undefined => {
      const token = this.#leadership.current();
      return token?.epoch === epoch ? token : undefined;
    };
    const { log, index, leases, scheduler, clock, environment, logger, metrics, registry, onClockJump } = this.platform;
    const termMs = environment.WEDSYNC_LEASE_TERM;
    await holdAfterOutage(this.platform);
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
      leader,
      onStaleWedding: (stream) => follower.follow(stream),
      logger,
      metrics,
    });
    const stop = new AbortController();
    const following = this.#follow(dueWork, dispatcher, remote, follower, stop.signal);
    ends.push(async () => {
      stop.abort();
      await following;
    });
    const housekeeping = setInterval(
      () => void this.#keepHouse(dueWork, dispatcher, remote, follower, termMs),
      Math.min(500, termMs / 5),
    );
    ends.push(() => clearInterval(housekeeping));
    await dueWork.load(clock.now());
    ends.push(async () => await follower.stop());
    await follower.start();
    ends.push(async () => await sweeper.stop());
    sweeper.start();
    ends.push(async () => await dispatcher.stop());
    dispatcher.start();
    const watching = this.#watchIndex(leader);
    ends.push(watching);
    const planning = this.scaling.lead();
    ends.push(async () => await planning.stop());
    this.readiness.set("dispatcher", "ok");
    logger.info({ epoch, due: dueWork.size }, "leading");
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

  /** Goes round the rows beside the log until it is ended. */
  #watchIndex(leader: () => LeaderToken | undefined): () => Promise<void> {
    const { log, index, clock, environment, logger } = this.platform;
    const watch = new IndexWatch({
      log,
      index,
      clock,
      ids,
      logger,
      leader,
      random: Math.random,
      pages: indexPages(log.pool, log.schema),
      meta: () => ({
        source: "/orchestrator/dispatcher",
        correlationId: ids.event(),
        actor: "system:dispatcher",
        region: environment.WEDSYNC_REGION,
      }),
    });
    return startRounds(async () => await watch.look(), {
      everyMs: watchEveryMs,
      onFailed: (error) =>
        logger.warn({ name: error instanceof Error ? error.name : "unknown" }, "the index could not be looked at"),
    });
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

  async #keepHouse(
    dueWork: DueWork,
    dispatcher: Dispatcher,
    remote: RemoteSeats,
    follower: WeddingFollower,
    termMs: number,
  ): Promise<void> {
    try {
      await remote.refresh();
      await noteAlive(this.platform);
      for (const item of remote.takeVoid(termMs, performance.now())) {
        // A worker elsewhere tells nobody why it did not claim. Work that ran while its wedding moved comes back for a retry
        // with the old schedule, and would be refused for ever.
        follower.follow(item.work.weddingStream);
        dueWork.giveBack(item);
      }
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
