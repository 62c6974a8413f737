// The size of one process's worker pool. It grows at once and shrinks only when less was wanted for a while, so that a queue
// that is nearly empty does not make it flap.

export interface PoolLimits {
  /** Fewest slots. */
  readonly floor: number;
  /** Most slots; at or below the floor the size never changes. */
  readonly max: number;
  /** How long less must be wanted before the pool shrinks, milliseconds. */
  readonly shrinkAfterMs: number;
}

export class PoolSize {
  readonly #limits: PoolLimits;
  readonly #asked: { readonly at: number; readonly slots: number }[] = [];

  constructor(limits: PoolLimits) {
    this.#limits = limits;
  }

  /**
   * The size from now on.
   * @param wanted slots wanted of all workers
   * @param elsewhere slots that workers of other processes have
   * @param monotonicMs this process's monotonic clock
   */
  next(wanted: number, elsewhere: number, monotonicMs: number): number {
    const { floor, max, shrinkAfterMs } = this.#limits;
    const slots = Math.max(floor, Math.min(max, wanted - elsewhere));
    this.#asked.push({ at: monotonicMs, slots });
    while (monotonicMs - (this.#asked[0]?.at ?? monotonicMs) > shrinkAfterMs) this.#asked.shift();
    return this.#asked.reduce((most, ask) => Math.max(most, ask.slots), floor);
  }
}
