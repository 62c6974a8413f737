// Keeps this app's read models up to date. Several processes may try; the checkpoint lets one of them through at a time.
import { setTimeout as pause } from "node:timers/promises";
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from "@nestjs/common";
import { Readiness, type Check } from "@wedsync/adapter-process";
import { runProjection, type ParkedStream, type Projection, type RunnerState } from "@wedsync/event-log";
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
      this.#follow(executionListProjection(log.schema), (check) => this.readiness.set("execution_list", check)),
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
    onCheck: (check: Check) => void = () => undefined,
  ): Promise<void> {
    const { log, projections, logger } = this.platform;
    const { signal } = this.#stop;
    const { name } = projection;
    let standing: string | undefined;
    const onState = (state: RunnerState): void => {
      const { status, position } = state;
      // Another process feeds it: what keeps that one standing still, it reports itself.
      if (status === "lost") return;
      const stands = status !== "running" && status !== "caught_up";
      onCheck(stands ? `failed: ${status}` : "ok");
      if (stands && status !== standing)
        logger.error({ projection: name, status, position: position.toString() }, "a read model stands still");
      standing = stands ? status : undefined;
    };
    const onParked = ({ stream, position, type, reason }: ParkedStream): void =>
      logger.error(
        { projection: name, stream, position: position.toString(), type, reason },
        "an event cannot be read: its stream is parked, the rest goes on",
      );
    const rest = async (): Promise<void> => await pause(restMs, undefined, { signal }).catch(() => undefined);
    const options = { reader: log, store: projections, projection, batch, rest, signal, onState, onParked };
    while (!signal.aborted) {
      try {
        onState(await runProjection(options));
      } catch (error) {
        const reason = error instanceof Error ? error.name : "unknown";
        logger.warn({ projection: name, name: reason }, "a read model is behind");
      }
      if (!signal.aborted) await pause(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
