// A worker's proof of life: a counter it raises. It stops believing in its own lease before anybody may take it over.
import type { WorkerLeases } from "@wedsync/adapter-postgres";
import type { Logger } from "@wedsync/adapter-process";

export interface WorkerLeaseOptions {
  readonly leases: WorkerLeases;
  readonly newIncarnation: () => string;
  readonly slots: number;
  readonly handlers: readonly string[];
  readonly remote: boolean;
  readonly termMs: number;
  readonly logger: Logger;
}

export class WorkerLease {
  readonly #options: WorkerLeaseOptions;
  #incarnation: string;
  #slots: number;
  #lastBeat = 0;
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(options: WorkerLeaseOptions) {
    this.#options = options;
    this.#incarnation = options.newIncarnation();
    this.#slots = options.slots;
  }

  /** The present incarnation; a new one after the lease was lost. */
  get incarnation(): string {
    return this.#incarnation;
  }

  /** True while nobody else may have declared this incarnation lost: two thirds of a term since its last beat began. */
  held(incarnation = this.#incarnation): boolean {
    return incarnation === this.#incarnation && performance.now() - this.#lastBeat < (this.#options.termMs * 2) / 3;
  }

  async start(): Promise<void> {
    const { leases, handlers, remote } = this.#options;
    const slots = this.#slots;
    const began = performance.now();
    await leases.register({ incarnation: this.#incarnation, slots, handlers, remote });
    this.#lastBeat = began;
    this.#options.logger.info({ worker: this.#incarnation, slots }, "lease taken");
    this.#schedule();
  }

  /** The worker has another number of slots from now on; the row follows, so that others see it. */
  async resize(slots: number): Promise<void> {
    this.#slots = slots;
    await this.#options.leases.resize(this.#incarnation, slots);
  }

  /** Gives the lease up. A beat under way ends first: it would find the row gone and take a lease anew. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#beating;
    this.#lastBeat = 0;
    await this.#options.leases.deregister(this.#incarnation).catch(() => undefined);
  }

  #schedule(): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => void (this.#beating = this.#beat()), this.#options.termMs / 5);
  }

  async #beat(): Promise<void> {
    const began = performance.now();
    try {
      if (await this.#options.leases.beat(this.#incarnation)) this.#lastBeat = began;
      else {
        // Declared lost (this process was paused, or the database was away). What the old incarnation began is the
        // sweeper's now; a new one starts clean.
        this.#options.logger.warn({ worker: this.#incarnation }, "lease lost: this worker was silent for too long");
        this.#lastBeat = 0;
        this.#incarnation = this.#options.newIncarnation();
        return await this.start();
      }
    } catch (error) {
      this.#options.logger.warn({ name: error instanceof Error ? error.name : "unknown" }, "heartbeat failed");
    }
    this.#schedule();
  }
}
