// The states of a category's streams in memory. They follow the log event by event, or read on from where they stand.
import type { Decider, EventCodec, EventReader, RecordedEvent } from "@wedsync/event-log";

export type ApplyResult = "applied" | "ignored" | "behind" | "unreadable";

export interface StreamCache<State> {
  /** The state of a stream; the initial one when nothing is known of it. */
  state(stream: string): State;
  /** Takes in one event; `behind` when events of its stream before it were missed. */
  apply(event: RecordedEvent): ApplyResult;
  /** Reads what is new on a stream. An event that cannot be read stops it there. */
  load(reader: Pick<EventReader, "readStream">, stream: string): Promise<ApplyResult>;
  /** The streams of which something is known. */
  streams(): readonly string[];
}

/** A cache for the streams of one category, or for one stream of it. */
export function createStreamCache<State, Event>(
  category: string,
  codec: EventCodec<Event>,
  decider: Pick<Decider<State, never, Event, unknown>, "initialState" | "evolve">,
  only?: string,
): StreamCache<State> {
  const known = new Map<string, { readonly state: State; readonly version: number }>();
  const at = (stream: string) => known.get(stream) ?? { state: decider.initialState, version: 0 };

  const apply = (event: RecordedEvent): ApplyResult => {
    const { stream, streamVersion } = event;
    if (event.category !== category || (only !== undefined && stream !== only)) return "ignored";
    const before = at(stream);
    if (streamVersion <= before.version) return "ignored";
    if (streamVersion > before.version + 1) return "behind";
    const decoded = codec.decode(event);
    if (!decoded.ok) return "unreadable";
    known.set(stream, { state: decider.evolve(before.state, decoded.event), version: streamVersion });
    return "applied";
  };

  return {
    apply,
    state: (stream) => at(stream).state,
    streams: () => [...known.keys()],
    load: async (reader, stream) => {
      let result: ApplyResult = "ignored";
      for (const event of await reader.readStream(category, stream, at(stream).version + 1)) {
        result = apply(event);
        if (result === "unreadable") break;
      }
      return result;
    },
  };
}
