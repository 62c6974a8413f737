// Keeps this app's read models up to date. Several processes may try; the checkpoint lets one of them through at a time.
import { setTimeout as pause } from "node:timers/promises";
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from "@nestjs/common";
import { Readiness } from "@wedsync/adapter-process";
import { runProjection, type Projection } from "@wedsync/event-log";
import type { PoolClient } from "pg";
import type { Platform } from "../platform/platform.js";
import { PLATFORM } from "../platform/tokens.js";
import { executionListProjection } from "../read-models/execution-list.js";
import { weddingDemandProjection } from "../read-models/wedding-demand.js";

/** Lists may lag this much behind a busy log; the changes of the time in between are written at once. */
const restMs = 100;
const batch = 2_000;
const retryMs = 1_000;

@Injectable()
export class ReadModelRole implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #stop = new AbortController();
  #following: readonly Promise<void>[] = [];

  constructor(
    @Inject(PLATFORM) private readonly platform: Platform,
    private readonly readiness: Readiness,
  ) {}

  onApplicationBootstrap(): void {
    const { environment, log } = this.platform;
    if (!environment.WEDSYNC_ROLES.includes("dispatcher")) return;
    this.#following = [
      this.#follow(executionListProjection(log.schema), (why) => this.readiness.set("execution_list", why)),
      // Without it capacity is not planned anew, which is no reason to send requests and work elsewhere.
      this.#follow(weddingDemandProjection(log.schema)),
    ];
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#following);
  }

  async #follow<Change>(
    projection: Projection<Change, PoolClient>,
    onStanding?: (why: `failed: ${string}`) => void,
  ): Promise<void> {
    const { log, projections, logger } = this.platform;
    const { signal } = this.#stop;
    const rest = async (): Promise<void> => await pause(restMs, undefined, { signal }).catch(() => undefined);
    const { name } = projection;
    while (!signal.aborted) {
      try {
        const state = await runProjection({ reader: log, store: projections, projection, batch, rest, signal });
        if (state.status === "held" || state.status === "stopped" || state.status === "ahead_of_log") {
          onStanding?.(`failed: ${state.status}`);
          const { status, position } = state;
          logger.error({ projection: name, status, position: position.toString() }, "a read model stands still");
        }
      } catch (error) {
        const reason = error instanceof Error ? error.name : "unknown";
        logger.warn({ projection: name, name: reason }, "a read model is behind");
      }
      if (!signal.aborted) await pause(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
