// The newest events this process committed itself, so that its own readers need no query for them. Only a run of
// consecutive positions is kept: another writer's event in between empties the window and readers ask the database.
import type { RecordedEvent } from "@wedsync/event-log";
import type { CommittedGroup } from "./committer.js";
import type { FirstEvents } from "./first-events.js";

const capacity = 4_096;

export class RecentEvents {
  readonly #first: FirstEvents;
  #events: RecordedEvent[] = [];
  /** Index of the oldest kept event in `#events`; trimmed now and then instead of shifting each time. */
  #start = 0;
  #last = 0n;

  constructor(first: FirstEvents) {
    this.#first = first;
  }

  add(group: CommittedGroup): void {
    for (const { operation, firstPosition } of group.operations) {
      const last = this.#events.at(-1);
      if (last !== undefined && this.#events.length > this.#start && last.position + 1n !== firstPosition) this.clear();
      this.#append(operation, firstPosition, group);
    }
    if (this.#events.length - this.#start > capacity) this.#start = this.#events.length - capacity;
    if (this.#start > capacity) {
      this.#events = this.#events.slice(this.#start);
      this.#start = 0;
    }
  }

  clear(): void {
    this.#events = [];
    this.#start = 0;
  }

  /** Position of the newest event this process committed; 0n before the first. */
  get last(): bigint {
    return this.#last;
  }

  /** Events after a position, if the window holds the very next one; undefined when the database must be asked. */
  after(position: bigint, limit: number): readonly RecordedEvent[] | undefined {
    const first = this.#events[this.#start];
    if (first === undefined) return undefined;
    const offset = position + 1n - first.position;
    if (offset < 0n) return undefined;
    const from = this.#start + Number(offset);
    if (from >= this.#events.length) return undefined;
    return this.#events.slice(from, from + limit);
  }

  #append(
    operation: CommittedGroup["operations"][number]["operation"],
    firstPosition: bigint,
    group: CommittedGroup,
  ): void {
    let position = firstPosition;
    const { request, texts } = operation;
    let text = 0;
    for (const { category, stream, expectedVersion, events } of request.streams) {
      for (const [index, event] of events.entries()) {
        const recorded: RecordedEvent = {
          ...event,
          category,
          stream,
          streamVersion: expectedVersion + index + 1,
          position,
          epoch: group.epoch,
          ...(request.leader === undefined ? {} : { leaderEpoch: request.leader.epoch }),
          recordedAt: group.recordedAt,
          meta: request.meta,
        };
        this.#events.push(recorded);
        this.#last = position;
        this.#first.add(recorded, texts[text]?.length ?? 0);
        text += 1;
        position += 1n;
      }
    }
  }
}
