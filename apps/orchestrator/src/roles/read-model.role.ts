// Keeps the execution list up to date. Several processes may try; the checkpoint lets one of them through at a time.
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from "@nestjs/common";
import type { Platform } from "../platform/platform.js";
import { Readiness } from "@wedsync/adapter-process";
import { PLATFORM } from "../platform/tokens.js";
import { followExecutionList } from "../read-models/execution-list.js";

@Injectable()
export class ReadModelRole implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #stop = new AbortController();
  #following: Promise<void> | undefined;

  constructor(
    @Inject(PLATFORM) private readonly platform: Platform,
    private readonly readiness: Readiness,
  ) {}

  onApplicationBootstrap(): void {
    if (this.platform.environment.WEDSYNC_ROLES.includes("dispatcher")) this.#following = this.#follow();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#following;
  }

  async #follow(): Promise<void> {
    const { log, projections, logger } = this.platform;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        const state = await followExecutionList({ reader: log, store: projections, schema: log.schema }, signal);
        if (state.status === "held" || state.status === "stopped" || state.status === "ahead_of_log") {
          this.readiness.set("execution_list", `failed: ${state.status}`);
          logger.error(
            { status: state.status, position: state.position.toString() },
            "the execution list stands still",
          );
        }
      } catch (error) {
        logger.warn({ name: error instanceof Error ? error.name : "unknown" }, "the execution list is behind");
      }
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}
