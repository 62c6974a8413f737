// The log itself: gapless, in order, readable. Per stream only the version of streams that may still grow is kept.
import type { RecordedEvent } from "@wedsync/event-log";
import { iso } from "../instant.js";
import { count, many } from "../text/plain.js";
import { unreadable } from "../unreadable.js";
import { Check } from "./finding.js";

/** Ends of an execution after which its version is not watched any more; the database's own count covers the rest. */
const ends = new Set(["ExecutionSucceeded", "ExecutionSkipped", "ExecutionCancelled", "DispatchDecided"]);

export class LogCheck {
  readonly order = new Check("log");
  readonly contracts = new Check("contracts");
  readonly #versions = new Map<string, number>();
  #count = 0;
  #first: bigint | undefined;
  #last = 0n;
  #unreadableAt: bigint | undefined;
  #recordedAt = Number.NEGATIVE_INFINITY;
  #leaderEpoch = 0;
  #epoch = 0;

  /** Events seen so far. */
  get count(): number {
    return this.#count;
  }

  /** Position of the first event that this build cannot read. */
  get unreadableAt(): bigint | undefined {
    return this.#unreadableAt;
  }

  see(event: RecordedEvent): void {
    const { position, recordedAt, stream, streamVersion, type, leaderEpoch, epoch } = event;
    if (position !== this.#last + 1n) this.#gap(position);
    this.#last = position;
    this.#first ??= position;
    this.#count += 1;
    if (recordedAt < this.#recordedAt)
      this.order.add(
        "time_decreases",
        `Position ${position} was recorded ${iso(recordedAt)}, before the one before it.`,
        position,
      );
    this.#recordedAt = recordedAt;
    if (epoch < this.#epoch)
      this.order.add("epoch_decreases", `Position ${position} has log epoch ${epoch} after ${this.#epoch}.`, position);
    this.#epoch = Math.max(epoch, this.#epoch);
    if (leaderEpoch !== undefined) {
      if (leaderEpoch < this.#leaderEpoch)
        this.order.add(
          "stale_leader",
          `Position ${position} was written by leader ${leaderEpoch} after leader ${this.#leaderEpoch}.`,
          position,
        );
      this.#leaderEpoch = Math.max(this.#leaderEpoch, leaderEpoch);
    }
    this.#version(stream, streamVersion, type, position);
    const found = unreadable(event);
    if (found === undefined) return;
    this.#unreadableAt ??= position;
    this.contracts.add(found.code, found.message, position);
  }

  finish(head: bigint): void {
    if (this.#last < head) this.#gap(head + 1n);
    this.order.summary =
      this.#first === undefined
        ? "no events"
        : `${count(this.#count)} events at positions ${this.#first} to ${this.#last}`;
    this.contracts.summary =
      this.contracts.count === 0
        ? "every event read with its schema"
        : `${many(this.contracts.count, "event")} cannot be read`;
  }

  #version(stream: string, version: number, type: string, position: bigint): void {
    const before = this.#versions.get(stream);
    if (before !== undefined && version !== before + 1)
      this.order.add(
        "version_order",
        `Position ${position}: version ${version} of stream ${stream} follows version ${before}.`,
        position,
      );
    if (ends.has(type)) this.#versions.delete(stream);
    else if (before !== undefined || version === 1) this.#versions.set(stream, version);
  }

  #gap(position: bigint): void {
    if (this.#last === 0n)
      return this.order.add(
        "log_truncated",
        `The log begins at position ${position}; its beginning was cut off.`,
        position,
      );
    if (position <= this.#last)
      return this.order.add("position_order", `Position ${position} follows position ${this.#last}.`, position);
    const [from, to] = [this.#last + 1n, position - 1n];
    this.order.add(
      "log_gap",
      from === to ? `Position ${from} is missing.` : `Positions ${from} to ${to} are missing.`,
      from,
    );
  }
}
