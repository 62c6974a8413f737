// A count a minute and key, for what must not fill a log when somebody does it in a loop.

export class PerMinute {
  readonly #most: number;
  #minute = 0;
  readonly #counts = new Map<string, number>();

  /** @param most how many are admitted a minute and key */
  constructor(most: number) {
    this.#most = most;
  }

  /** Counts one more. @param now epoch milliseconds; minutes begin with the clock's */
  admits(key: string, now: number): boolean {
    const minute = Math.floor(now / 60_000);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#counts.clear();
    }
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count <= this.#most;
  }
}
