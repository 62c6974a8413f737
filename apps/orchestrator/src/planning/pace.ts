// How fast work arrives and how fast a slot does it, as seen on the log of late. The log says what all workers did, wherever
// they run.
import type { RecordedEvent } from "@wedsync/event-log";
import { steppedRate } from "@wedsync/season-policy";

/** Over this time arrivals are counted, milliseconds. */
const windowMs = 60_000;
const remembered = 1_000;
/** Fewer ended attempts than this say nothing yet. */
const fewest = 50;
/** Until then: one execution a second and slot, what a mail server far away allows. */
export const assumedRate = 1;
const ends = new Set(["ExecutionSucceeded", "ExecutionFailed", "ExecutionUncertain"]);

interface Sample {
  readonly at: number;
  readonly started: number;
  readonly backlog: number;
}

export class Pace {
  readonly #open = new Map<string, number>();
  readonly #durations: number[] = [];
  readonly #samples: Sample[] = [];
  #started = 0;

  /** Takes in one event of the log. */
  see({ type, stream, recordedAt }: RecordedEvent): void {
    if (type === "ExecutionStarted") {
      this.#started += 1;
      this.#open.set(stream, recordedAt);
      return;
    }
    if (type === "ExecutionAttemptLost") this.#open.delete(stream);
    if (!ends.has(type)) return;
    const began = this.#open.get(stream);
    this.#open.delete(stream);
    if (began === undefined) return;
    this.#durations.push(Math.max(1, recordedAt - began));
    if (this.#durations.length > remembered) this.#durations.shift();
  }

  /** Notes the length of the queue. @param now epoch milliseconds */
  sample(now: number, backlog: number): void {
    this.#samples.push({ at: now, started: this.#started, backlog });
    while (this.#samples.length > 2 && now - (this.#samples[0]?.at ?? now) > windowMs) this.#samples.shift();
  }

  /** Executions that fell due in a second: what was started and what the queue grew by. 0 before two samples. */
  arrivalRate(): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (first === undefined || last === undefined || last.at - first.at < 1_000) return 0;
    const arrived = last.started - first.started + last.backlog - first.backlog;
    return Math.max(0, arrived / ((last.at - first.at) / 1_000));
  }

  /** Executions that one slot ends in a second, in steps, more than 0. */
  ratePerSlot(): number {
    if (this.#durations.length < fewest) return assumedRate;
    const meanMs = this.#durations.reduce((sum, ms) => sum + ms, 0) / this.#durations.length;
    return steppedRate(1_000 / meanMs);
  }
}
