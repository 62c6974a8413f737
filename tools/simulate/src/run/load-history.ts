// What has fallen due so far, counted by step, local day and local hour: the past that load shapes are learned from.
import type { Demand } from "./demand.js";
import type { LocalTime } from "./local-time.js";

export class LoadHistory {
  readonly #demand: Demand;
  readonly #time: LocalTime;
  /** By step, then by local day of the due time: executions in each hour. */
  readonly #counts: readonly Map<number, Uint32Array>[];
  #executions = 0;
  #busyMs = 0;

  constructor(demand: Demand, time: LocalTime) {
    this.#demand = demand;
    this.#time = time;
    this.#counts = demand.steps.map(() => new Map());
  }

  /** An execution has fallen due. */
  add(execution: number): void {
    const { day, hour } = this.#time.hourOf(this.#demand.due[execution] ?? 0);
    const ofStep = this.#counts[this.#demand.step[execution] ?? 0];
    const hours = ofStep?.get(day) ?? new Uint32Array(24);
    ofStep?.set(day, hours);
    hours[hour] = (hours[hour] ?? 0) + 1;
    this.#executions += 1;
    this.#busyMs += this.#demand.serviceMs[execution] ?? 0;
  }

  /** Executions of a step that fell due on a local day. */
  on(step: number, day: number): number {
    return this.#counts[step]?.get(day)?.reduce((sum, count) => sum + count, 0) ?? 0;
  }

  /** Executions of a step in each local hour, over days. */
  byHour(step: number, days: Iterable<number>): readonly number[] {
    const sums = Array.from({ length: 24 }, () => 0);
    for (const day of days) {
      this.#counts[step]?.get(day)?.forEach((count, hour) => {
        sums[hour] = (sums[hour] ?? 0) + count;
      });
    }
    return sums;
  }

  /** Mean service time of what has fallen due, milliseconds; undefined before the first. */
  meanServiceMs(): number | undefined {
    return this.#executions === 0 ? undefined : this.#busyMs / this.#executions;
  }
}
