// First events of streams that this process appended itself and will be asked for soon: what was accepted a moment ago runs
// without a query. Each is handed out once; whoever asks again, or too late, gets it from the table.
import type { RecordedEvent } from "@wedsync/event-log";
import { LRUCache } from "lru-cache";

/** Characters of JSON text that are held, at most: some ten thousand events. */
const heldCharacters = 8 * 1024 * 1024;
/** Beside its data, an event takes about this much. */
const envelopeCharacters = 400;

export class FirstEvents {
  readonly #category: string | undefined;
  readonly #held = new LRUCache<string, RecordedEvent>({ maxSize: heldCharacters });

  /** @param category streams of this category are remembered; none when undefined */
  constructor(category: string | undefined) {
    this.#category = category;
  }

  /** @param characters length of the data's JSON text */
  add(event: RecordedEvent, characters: number): void {
    if (event.category !== this.#category || event.streamVersion !== 1) return;
    this.#held.set(event.stream, event, { size: characters + envelopeCharacters });
  }

  /** The event, which is then forgotten. */
  take(stream: string): RecordedEvent | undefined {
    const event = this.#held.get(stream);
    if (event !== undefined) this.#held.delete(stream);
    return event;
  }
}
