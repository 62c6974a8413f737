// Carries not-started work along when its wedding moves or is cancelled. The guard protects from the first instant; this
// only tidies up after it, so it may crash anywhere and start again: what is stale is found from the index itself.
import type { IndexReader } from "@wedsync/adapter-postgres";
import type { RecordedEvent } from "@wedsync/event-log";
import { rowToPendingItem, type Scheduler } from "@wedsync/scheduler";
import type { Logger } from "@wedsync/adapter-process";

export interface WeddingFollowerOptions {
  readonly index: Pick<IndexReader, "pendingOfWedding" | "staleWeddings">;
  readonly scheduler: Scheduler;
  readonly logger: Logger;
}

/** Carried along at a time: together they share the log's commit groups, and between two handfuls a stop is heard. */
const handful = 64;
const triggers = new Set(["WeddingMoved", "WeddingCancelled"]);

export class WeddingFollower {
  readonly #options: WeddingFollowerOptions;
  readonly #queue = new Set<string>();
  #working: Promise<void> | undefined;
  #running = false;

  constructor(options: WeddingFollowerOptions) {
    this.#options = options;
  }

  /** Starts with what an earlier leader left undone. */
  async start(): Promise<void> {
    this.#running = true;
    for (const stream of await this.#options.index.staleWeddings()) this.#queue.add(stream);
    this.#work();
  }

  async stop(): Promise<void> {
    this.#running = false;
    await this.#working;
  }

  see(events: readonly RecordedEvent[]): void {
    for (const event of events) if (triggers.has(event.type)) this.follow(event.stream);
  }

  /** A wedding whose work may be stale. */
  follow(weddingStream: string): void {
    this.#queue.add(weddingStream);
    this.#work();
  }

  #work(): void {
    if (this.#working !== undefined || !this.#running) return;
    this.#working = this.#drain().finally(() => {
      this.#working = undefined;
      if (this.#queue.size > 0 && this.#running) this.#work();
    });
  }

  async #drain(): Promise<void> {
    for (const stream of this.#queue) {
      if (!this.#running) return;
      this.#queue.delete(stream);
      try {
        const items = (await this.#options.index.pendingOfWedding(stream)).map(rowToPendingItem);
        for (let next = 0; next < items.length && this.#running; next += handful)
          await this.#options.scheduler.followWedding(stream, items.slice(next, next + handful));
      } catch (error) {
        // The log or the database is away: keep it for later and do not spin.
        this.#queue.add(stream);
        this.#options.logger.warn(
          { name: error instanceof Error ? error.name : "unknown" },
          "following a wedding failed",
        );
        await new Promise((resolve) => setTimeout(resolve, 500));
        return;
      }
    }
  }
}
