// Feeds one generation until it is told to stop. It stands still where it must, says so, and looks again: a newer build, a
// mended log or a faster instance may have changed things.
import { setTimeout as pause } from "node:timers/promises";
import { projectionOf, type ReadModel } from "@wedsync/adapter-postgres";
import type { Logger } from "@wedsync/adapter-process";
import {
  runProjection,
  type EventReader,
  type ParkedStream,
  type ProjectionStore,
  type RunnerState,
} from "@wedsync/event-log";
import type { PoolClient } from "pg";

export interface FollowerOptions {
  readonly reader: EventReader;
  readonly store: ProjectionStore<PoolClient>;
  readonly schema: string;
  readonly logger: Logger;
  /** Called when the status has changed. */
  readonly onChange: () => void;
}

/** What a generation is doing in this process; `failing`: the database refuses or is away, and it tries again. */
export type FollowerStatus = "starting" | "failing" | RunnerState["status"];

const againMs = 1_000;

export class Follower {
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;
  #status: FollowerStatus = "starting";
  #caughtUp = false;

  constructor(options: FollowerOptions, model: ReadModel, generation: number) {
    this.#done = this.#run(options, model, generation);
  }

  get status(): FollowerStatus {
    return this.#status;
  }

  /** True once it had read everything there was. */
  get caughtUp(): boolean {
    return this.#caughtUp;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }

  async #run(
    { reader, store, schema, logger, onChange }: FollowerOptions,
    model: ReadModel,
    generation: number,
  ): Promise<void> {
    const { signal } = this.#stop;
    const projection = projectionOf(model, schema, generation);
    const note = (state: RunnerState): void => {
      if (state.status === "caught_up") this.#caughtUp = true;
      if (state.status === this.#status) return;
      this.#status = state.status;
      onChange();
      if (state.status === "running" || state.status === "caught_up" || state.status === "lost") return;
      const { status, position, ...more } = state;
      const context = Object.fromEntries(Object.entries(more).map(([name, value]) => [name, String(value)]));
      logger.error({ projection: projection.name, status, position: String(position), ...context }, advice[status]);
    };
    const onParked = ({ stream, position, type, reason }: ParkedStream): void =>
      logger.error(
        { projection: projection.name, stream, position: String(position), type, reason },
        "an event cannot be read: its stream is parked, the rest goes on",
      );
    while (!signal.aborted) {
      try {
        note(await runProjection({ reader, store, projection, signal, onState: note, onParked }));
      } catch (error) {
        if (this.#status !== "failing") {
          this.#status = "failing";
          onChange();
        }
        const code = error instanceof Error && "code" in error ? String(error.code) : "";
        logger.warn({ projection: projection.name, code }, "a read model could not be written; trying again");
      }
      await pause(againMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** What a standing projection means for an operator. */
const advice = {
  held: "an event is newer than this build: deploy the newer one; nothing was skipped",
  stopped: "an event cannot be read and this read model does not park",
  ahead_of_log:
    "the read model has read events that the log does not hold (restored from an older copy): rebuild it; nothing was overwritten",
} as const;
