// Terms of leadership, one after the other: a term begins when the last one has ended, and is tried again until it has begun
// or its lease is lost. Only the loss counts. A renewal that takes long makes a leader unsure for a moment; one that gave
// up then would renew its lease from there on and do nothing.

export type End = () => unknown;

export interface TermsOptions {
  /**
   * Starts everything a leader does.
   * @param ends takes what stops each part, also when a later one cannot be started
   */
  readonly open: (epoch: number, ends: End[]) => Promise<void>;
  /** The term could not be begun; what had been started is stopped, and it is tried again. */
  readonly onFailed: (error: unknown, epoch: number) => void;
  /** A term that had begun is over. */
  readonly onEnded: () => void;
  /** The lease is lost and nothing of its term is left, whether or not it had begun. */
  readonly onStandby: () => void;
  /** Pause before it is tried again, milliseconds. */
  readonly retryMs: number;
}

export class Terms {
  readonly #options: TermsOptions;
  /** Of the lease that is held; undefined from its loss on. */
  #epoch: number | undefined;
  #ends: End[] | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: TermsOptions) {
    this.#options = options;
  }

  gained(epoch: number): void {
    this.#epoch = epoch;
    this.#turn = this.#turn.then(async () => await this.#begin(epoch));
  }

  lost(): void {
    this.#epoch = undefined;
    this.#turn = this.#turn.then(async () => await this.#end());
  }

  /** Resolves when no term is under way and none is to come. */
  async stop(): Promise<void> {
    this.lost();
    await this.#turn;
  }

  async #begin(epoch: number): Promise<void> {
    while (this.#epoch === epoch) {
      const ends: End[] = [];
      try {
        await this.#options.open(epoch, ends);
        this.#ends = ends;
        return;
      } catch (error) {
        this.#options.onFailed(error, epoch);
        await endAll(ends);
        await new Promise((resolve) => setTimeout(resolve, this.#options.retryMs));
      }
    }
  }

  async #end(): Promise<void> {
    if (this.#ends !== undefined) {
      await endAll(this.#ends);
      this.#ends = undefined;
      this.#options.onEnded();
    }
    this.#options.onStandby();
  }
}

const endAll = async (ends: End[]): Promise<void> => void (await Promise.all(ends.splice(0).map((end) => end())));
