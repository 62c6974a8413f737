// Waits, kept whole: quantiles are exact, not estimated.
import { tiers, type Tier } from "@wedsync/contracts/scheduler";

export interface WaitSummary {
  readonly started: number;
  /** Milliseconds from due to start. Quantiles by nearest rank; 0 when nothing started. */
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
  /** Started after the deadline. */
  readonly missed: number;
}

class Samples {
  #values = new Uint32Array(1_024);
  #count = 0;
  missed = 0;

  add(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Uint32Array(this.#count * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count] = value;
    this.#count += 1;
  }

  summary(): WaitSummary {
    const sorted = this.#values.slice(0, this.#count).sort();
    const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * this.#count) - 1)] ?? 0;
    const sum = sorted.reduce((total, value) => total + value, 0);
    return {
      started: this.#count,
      meanMs: this.#count === 0 ? 0 : sum / this.#count,
      p50Ms: at(0.5),
      p95Ms: at(0.95),
      p99Ms: at(0.99),
      p999Ms: at(0.999),
      maxMs: at(1),
      missed: this.missed,
    };
  }
}

export class Waits {
  readonly #tiers: Readonly<Record<Tier, Samples>> = {
    critical: new Samples(),
    high: new Samples(),
    normal: new Samples(),
    low: new Samples(),
  };

  /** `waitMs`: whole milliseconds, 0 or more, below 2^32. */
  add(tier: Tier, waitMs: number, missed: boolean): void {
    const samples = this.#tiers[tier];
    samples.add(waitMs);
    if (missed) samples.missed += 1;
  }

  summary(): Readonly<Record<Tier, WaitSummary>> {
    const [critical, high, normal, low] = tiers.map((tier) => this.#tiers[tier].summary()) as [
      WaitSummary,
      WaitSummary,
      WaitSummary,
      WaitSummary,
    ];
    return { critical, high, normal, low };
  }
}
