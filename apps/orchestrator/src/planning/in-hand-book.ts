// The weddings in hand by market and day, asked for anew now and then: the planner looks every few seconds whether they differ
// from what was planned for.
import { performance } from "node:perf_hooks";
import type { InHand, WeddingDemandQueries } from "../read-models/wedding-demand-queries.js";
import { reachDays } from "@wedsync/season-policy";

/** Asking may take this share of the time: with millions of weddings it takes a second, and once a minute is often enough. */
const shareOfTime = 1 / 50;
/** Zones are at most a day apart from UTC. */
const zoneDays = 1;

export class InHandBook {
  readonly #weddings: WeddingDemandQueries;
  #known: readonly InHand[] = [];
  #freshUntil = 0;

  constructor(weddings: WeddingDemandQueries) {
    this.#weddings = weddings;
  }

  /** Asks again, unless it asked a moment ago. @param today days since 1970-01-01 */
  async refresh(today: number): Promise<void> {
    const began = performance.now();
    if (began < this.#freshUntil) return;
    const reach = reachDays + zoneDays;
    this.#known = await this.#weddings.inHand(today - reach, today + reach);
    const ended = performance.now();
    this.#freshUntil = ended + (ended - began) / shareOfTime;
  }

  /** Markets that have weddings in reach, sorted. */
  markets(): readonly string[] {
    return [...new Set(this.#known.map(({ market }) => market))].sort();
  }

  /** Weddings in hand by day, of these markets; index 0 is `from`. */
  days(isOf: (market: string) => boolean, from: number, days: number): readonly number[] {
    const counts = Array.from({ length: days }, () => 0);
    for (const { market, day, weddings } of this.#known) {
      const at = day - from;
      if (at >= 0 && at < days && isOf(market)) counts[at] = (counts[at] ?? 0) + weddings;
    }
    return counts;
  }
}
