// Watches the queue in every process that answers or dispatches; in the leader it also plans and sizes the worker pool.
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from "@nestjs/common";
import { createDemandReader, type BacklogRow, type DemandReader } from "@wedsync/adapter-postgres";
import {
  createSeasonPolicy,
  fleetCapacity,
  stepAt,
  wantedEveryMs,
  type CapacityPlan,
  type Seasons,
  type WantedCapacity,
} from "@wedsync/season-policy";
import { startRounds } from "../execution/rounds.js";
import { Pace } from "../planning/pace.js";
import { Planner } from "../planning/planner.js";
import { PoolSize } from "../planning/pool-size.js";
import { ids } from "../platform/ids.js";
import type { Platform } from "../platform/platform.js";
import { PLATFORM } from "../platform/tokens.js";
import { weddingDemandQueries } from "../read-models/wedding-demand-queries.js";
import { createScalingMetrics, type ScalingMetrics } from "../telemetry/scaling-metrics.js";
import { WorkerRole } from "./worker.role.js";

/** The pool shrinks after less was wanted for so long, milliseconds. */
const shrinkAfterMs = 30_000;

/** One look at the queue, and what it asks for. */
export interface ScalingLook {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly wanted: WantedCapacity;
  readonly plans: readonly CapacityPlan[];
  readonly backlog: readonly BacklogRow[];
  readonly count: number;
  readonly oldestAgeMs: number;
  readonly arrivalRate: number;
  readonly ratePerSlot: number;
}

@Injectable()
export class ScalingRole implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly seasons: Seasons;
  readonly demand: DemandReader;
  readonly floor: number;
  readonly cap: number;
  readonly #pace = new Pace();
  readonly #metrics: ScalingMetrics;
  readonly #stop = new AbortController();
  #following: Promise<void> | undefined;
  #endWatch: (() => Promise<void>) | undefined;
  #pool: PoolSize | undefined;
  #last: ScalingLook | undefined;

  constructor(
    @Inject(PLATFORM) private readonly platform: Platform,
    private readonly workers: WorkerRole,
  ) {
    const { log, clock, environment, metrics } = platform;
    this.seasons = createSeasonPolicy({ log, clock, ids });
    this.demand = createDemandReader({ pool: log.pool, schema: log.schema });
    this.floor = environment.WEDSYNC_CAPACITY_FLOOR ?? environment.WEDSYNC_WORKER_SLOTS;
    this.cap = Math.max(this.floor, environment.WEDSYNC_CAPACITY_CAP);
    this.#metrics = createScalingMetrics(metrics.registry);
  }

  /** The newest look; undefined before the first, and when the last one is too old to act on. */
  get last(): ScalingLook | undefined {
    const look = this.#last;
    return look === undefined || this.platform.clock.now() - look.at > 12 * wantedEveryMs ? undefined : look;
  }

  async onApplicationBootstrap(): Promise<void> {
    const roles = this.platform.environment.WEDSYNC_ROLES;
    if (!roles.includes("api") && !roles.includes("dispatcher")) return;
    const after = await this.platform.log.head();
    await this.#refresh();
    // Whoever asks from the first request on gets an answer.
    await this.#look();
    this.#following = this.#follow(after);
    this.#endWatch = startRounds(async () => await this.#look(), { everyMs: wantedEveryMs, onFailed: this.#onFailed });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await Promise.all([this.#following, this.#endWatch?.()]);
  }

  /** This process leads from now on, until `stop`: it plans and sizes its own pool. */
  lead(): { stop(): Promise<void> } {
    const { environment, log, clock, logger } = this.platform;
    const { WEDSYNC_CAPACITY_MODE: mode, WEDSYNC_WORKER_SLOTS: floor, WEDSYNC_WORKER_SLOTS_MAX: max } = environment;
    const planner = new Planner({
      clock,
      logger,
      demand: this.demand,
      weddings: weddingDemandQueries(log.pool, log.schema),
      head: async () => await log.head(),
      seasons: this.seasons,
      leadTimeMs: environment.WEDSYNC_CAPACITY_LEAD_TIME,
      terms: () => ({ mode, cap: this.cap, serviceRatePerSlot: this.#pace.ratePerSlot() }),
      meta: (market) => ({
        source: "/orchestrator/planner",
        correlationId: ids.event(),
        actor: "system:planner",
        region: environment.WEDSYNC_REGION,
        ...(market === undefined ? {} : { market }),
      }),
    });
    this.#pool = new PoolSize({ floor, max, shrinkAfterMs });
    // Beside the looks at the queue and never before one of them: a forecast takes seconds, a market each.
    const endPlanning = startRounds(async () => await planner.look(), {
      everyMs: wantedEveryMs,
      onFailed: this.#onFailed,
    });
    return {
      stop: async () => {
        this.#pool = undefined;
        await planner.stop();
        await endPlanning();
      },
    };
  }

  readonly #onFailed = (error: unknown): void =>
    this.platform.logger.warn(
      { name: error instanceof Error ? error.name : "unknown" },
      "capacity is not looked after",
    );

  async #look(): Promise<void> {
    const { clock, environment, logger } = this.platform;
    try {
      const now = clock.now();
      const backlog = await this.demand.backlog(now);
      const count = backlog.reduce((sum, row) => sum + row.count, 0);
      const oldestDue = backlog.reduce((oldest, row) => Math.min(oldest, row.oldestDue), now);
      this.#pace.sample(now, count);
      const plans = this.#plans();
      const measured = { arrivalRate: this.#pace.arrivalRate(), ratePerSlot: this.#pace.ratePerSlot() };
      const oldestAgeMs = now - oldestDue;
      const wanted = fleetCapacity({
        plans,
        mode: environment.WEDSYNC_CAPACITY_MODE,
        floor: this.floor,
        cap: this.cap,
        now,
        backlog: { count, oldestAgeMs },
        ...measured,
      });
      this.#last = { at: now, wanted, plans, backlog, count, oldestAgeMs, ...measured };
      await this.#sizePool(wanted.slots);
      this.#publish(this.#last);
    } catch (error) {
      logger.warn({ name: error instanceof Error ? error.name : "unknown" }, "the queue could not be looked at");
    }
  }

  #plans(): readonly CapacityPlan[] {
    const markets = Object.keys(this.seasons.policy()?.markets ?? {});
    return markets.map((market) => this.seasons.currentPlan(market)).filter((plan) => plan !== undefined);
  }

  async #sizePool(wanted: number): Promise<void> {
    const { environment, leases } = this.platform;
    if (this.#pool === undefined || !environment.WEDSYNC_ROLES.includes("worker")) return;
    const remote = (await leases.list()).filter((row) => row.remote).reduce((sum, row) => sum + row.slots, 0);
    await this.workers.resize(this.#pool.next(wanted, remote, performance.now()));
  }

  #publish({ wanted, plans, backlog, at }: ScalingLook): void {
    const metrics = this.#metrics;
    metrics.planned.set(wanted.planned);
    metrics.wanted.set(wanted.slots);
    metrics.pool.set(this.platform.environment.WEDSYNC_ROLES.includes("worker") ? this.workers.worker.slots : 0);
    metrics.plannedOfMarket.reset();
    for (const plan of plans) metrics.plannedOfMarket.set({ market: plan.market }, stepAt(plan, at).slots);
    for (const tier of ["critical", "high", "normal", "low"]) {
      const rows = backlog.filter((row) => row.tier === tier);
      const oldest = rows.reduce((least, row) => Math.min(least, row.oldestDue), at);
      metrics.backlog.set(
        { tier },
        rows.reduce((sum, row) => sum + row.count, 0),
      );
      metrics.oldestAge.set({ tier }, (at - oldest) / 1_000);
    }
  }

  async #refresh(): Promise<void> {
    await this.seasons.refresh();
    await this.seasons.refresh(Object.keys(this.seasons.policy()?.markets ?? {}));
  }

  async #follow(after: bigint): Promise<void> {
    const { log, logger } = this.platform;
    let last = after;
    while (!this.#stop.signal.aborted) {
      try {
        for await (const events of log.tail({ after: last, signal: this.#stop.signal })) {
          let behind = false;
          for (const event of events) {
            this.#pace.see(event);
            if (this.seasons.apply(event) === "behind") behind = true;
          }
          if (behind) await this.#refresh();
          last = events.at(-1)?.position ?? last;
        }
      } catch (error) {
        logger.warn({ name: error instanceof Error ? error.name : "unknown" }, "the log cannot be followed now");
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }
}
