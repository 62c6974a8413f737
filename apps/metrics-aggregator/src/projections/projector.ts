// Looks after the generations: begins what is missing, feeds what this build understands, switches what has caught up.
// Several instances may do this side by side: checkpoints are compared, relations are made under a lock.
import { randomUUID } from "node:crypto";
import type { Generation, GenerationRequest, Generations, ReadModel } from "@wedsync/adapter-postgres";
import type { Logger, Readiness } from "@wedsync/adapter-process";
import { Follower, type FollowerOptions, type FollowerStatus } from "./follower.js";

export interface ProjectorOptions extends Omit<FollowerOptions, "onChange"> {
  readonly generations: Generations;
  readonly models: readonly ReadModel[];
  readonly readiness: Readiness;
  readonly logger: Logger;
  /** Records a switch in the log; repeated until it is noted. */
  readonly record: (generation: Generation) => Promise<"recorded" | "fenced">;
}

const lookEveryMs = 500;
/** Each look asks the database; after this long without an answer nothing here is fed or served. */
const silentAfterMs = 5_000;
/** A new generation that is this close is worth holding the old one still for. */
const closeEnough = 5_000n;

const idOf = ({ model, generation }: Pick<Generation, "model" | "generation">): string => `${model}/${generation}`;

export class Projector {
  readonly #options: ProjectorOptions;
  readonly #followers = new Map<string, { readonly follower: Follower; readonly look: number }>();
  /** The generations as they were last looked at. */
  #known: readonly Generation[] = [];
  #looks = 0;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #stopped = false;
  #answeredAt = performance.now();

  constructor(options: ProjectorOptions) {
    this.#options = options;
    options.readiness.set("database", () =>
      performance.now() - this.#answeredAt > silentAfterMs ? "failed: does not answer" : "ok",
    );
    for (const { name } of options.models) options.readiness.set(name, "waiting: first catch-up");
  }

  /** Makes what is missing, then looks after it until `stop`. @throws what the database throws at the first look */
  async start(): Promise<void> {
    await this.#options.generations.prepare();
    await this.#look();
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
    await Promise.all([...this.#followers.values()].map(async ({ follower }) => await follower.stop()));
  }

  /** What this process does with a generation; undefined when it is not this build's. */
  statusOf(generation: Pick<Generation, "model" | "generation">): FollowerStatus | undefined {
    return this.#followers.get(idOf(generation))?.follower.status;
  }

  /** Begins a generation beside the active one; it is fed from now on and switched to when it has caught up. */
  async rebuild(model: ReadModel, request: GenerationRequest): Promise<Generation> {
    const begun = await this.#options.generations.begin(model, request);
    this.#known = [...this.#known.filter((entry) => idOf(entry) !== idOf(begun)), begun];
    this.#follow(model, begun);
    return begun;
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#looking = this.#look()
        .catch((error: unknown) => {
          const code = error instanceof Error && "code" in error ? String(error.code) : "";
          this.#options.logger.warn({ code }, "the read models could not be looked after; trying again");
        })
        .finally(() => this.#schedule());
    }, lookEveryMs);
  }

  async #look(): Promise<void> {
    const { generations, models } = this.#options;
    this.#looks += 1;
    this.#known = await generations.list();
    this.#answeredAt = performance.now();
    for (const model of models) await this.#lookAt(model, this.#known);
    const present = new Set(this.#known.map(idOf));
    for (const [id, { follower, look }] of this.#followers) {
      // One that was begun since the list was read is not gone.
      if (present.has(id) || look >= this.#looks) continue;
      this.#followers.delete(id);
      await follower.stop();
    }
  }

  async #lookAt(model: ReadModel, known: readonly Generation[]): Promise<void> {
    const own = known.filter((entry) => entry.model === model.name);
    const active = own.find((entry) => entry.status === "active");
    const mine = own.filter((entry) => entry.modelVersion === model.version);
    const isBehindThisBuild = active === undefined || active.modelVersion < model.version;
    if (mine.length === 0 && isBehindThisBuild) {
      await this.rebuild(model, { requestedBy: "system:metrics-aggregator", correlationId: randomUUID() });
      return;
    }
    for (const entry of mine) this.#follow(model, entry);
    this.#report(model, active);
    if (active === undefined) return;
    if (!active.noted && active.modelVersion === model.version) await this.#options.record(active);
    // What the active one read is gone from the log: only a person may turn to a generation without it.
    if (this.statusOf(active) === "ahead_of_log") return;
    for (const entry of mine) {
      const isClose = entry.epoch > active.epoch || entry.position + closeEnough >= active.position;
      if (entry.status === "building" && isClose && this.#followers.get(idOf(entry))?.follower.caughtUp === true)
        await this.#switch(model, entry);
    }
  }

  #follow(model: ReadModel, entry: Generation): void {
    const id = idOf(entry);
    if (this.#stopped || this.#followers.has(id)) return;
    const onChange = (): void => {
      const active = this.#known.find((one) => one.model === model.name && one.status === "active");
      if (active?.generation === entry.generation) this.#report(model, active);
    };
    const follower = new Follower({ ...this.#options, onChange }, model, entry.generation);
    this.#followers.set(id, { follower, look: this.#looks });
  }

  #report(model: ReadModel, active: Generation | undefined): void {
    const { readiness } = this.#options;
    if (active !== undefined && active.modelVersion > model.version) {
      readiness.set(model.name, "failed: a newer build has switched it");
      return;
    }
    const follower = active === undefined ? undefined : this.#followers.get(idOf(active))?.follower;
    // An older generation answers until this build's own has caught up; who wrote it feeds it.
    if (follower === undefined) return;
    const { status, caughtUp } = follower;
    if (status === "held" || status === "stopped" || status === "ahead_of_log" || status === "failing")
      readiness.set(model.name, `failed: ${status}`);
    else if (caughtUp) readiness.set(model.name, "ok");
  }

  async #switch(model: ReadModel, entry: Generation): Promise<void> {
    const { generations, logger } = this.#options;
    const outcome = await generations.switchTo(model, entry.generation);
    const context = { model: model.name, generation: entry.generation };
    if (!outcome.ok) {
      logger.warn({ ...context, code: outcome.code }, "a new generation was not switched to yet");
      return;
    }
    logger.info({ ...context, replaced: outcome.replaced }, "queries were turned to a new generation");
    await this.#options.record({ ...entry, status: "active", replaced: outcome.replaced, noted: false });
  }
}
