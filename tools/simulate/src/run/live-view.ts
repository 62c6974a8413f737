// What autoscalers see, kept up to date by the engine at the cost of a few additions an event.
import type { CapacityView } from "./capacity-controller.js";

const rateWindowMs = 60_000;

export class LiveView implements CapacityView {
  readonly #due: Float64Array;
  /** 1 for executions that wait no longer. */
  readonly #left: Uint8Array;
  /** The first execution that has not arrived. */
  #arrived: number;
  /** All before it have left. */
  #oldest: number;
  /** The first one that fell due inside the rate's window. */
  #recent: number;
  now: number;
  waiting = 0;
  running = 0;
  target: number;

  constructor(due: Float64Array, first: number, target: number, now: number) {
    this.#due = due;
    this.#left = new Uint8Array(due.length);
    this.#arrived = first;
    this.#oldest = first;
    this.#recent = first;
    this.target = target;
    this.now = now;
  }

  /** The next execution in order has fallen due. */
  arrive(): void {
    this.#arrived += 1;
    this.waiting += 1;
  }

  /** An execution that waited was started, dropped or withdrawn. */
  leave(execution: number): void {
    this.#left[execution] = 1;
    this.waiting -= 1;
  }

  at(now: number, running: number): void {
    this.now = now;
    this.running = running;
  }

  oldestAgeMs(): number {
    if (this.waiting === 0) return 0;
    return this.now - (this.#due[this.#oldestWaiting()] ?? this.now);
  }

  arrivalsPerSecond(): number {
    const since = this.now - rateWindowMs;
    while (this.#recent < this.#arrived && (this.#due[this.#recent] ?? 0) <= since) this.#recent += 1;
    return ((this.#arrived - this.#recent) * 1_000) / rateWindowMs;
  }

  /** Waiting executions of a wedding. */
  waitingOf(wedding: number, weddingOf: Uint32Array): readonly number[] {
    const found: number[] = [];
    if (this.waiting === 0) return found;
    for (let execution = this.#oldestWaiting(); execution < this.#arrived; execution += 1) {
      if (weddingOf[execution] === wedding && this.#left[execution] === 0) found.push(execution);
    }
    return found;
  }

  #oldestWaiting(): number {
    while (this.#oldest < this.#arrived && this.#left[this.#oldest] === 1) this.#oldest += 1;
    return this.#oldest;
  }
}
