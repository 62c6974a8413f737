// Recorded events and a log of them in memory, for specs: the contracts' own examples, a day apart or as a spec wants them.
import type { EventFilter, LogSnapshot } from "@wedsync/adapter-postgres/log-snapshot";
import { catalogue } from "@wedsync/contracts";
import type { JsonObject, RecordedEvent } from "@wedsync/event-log";

const begin = Date.UTC(2027, 5, 1);
export const execution = "5f0c7a52-6c7e-5b0a-8a1e-1c2d3e4f5a6b";

/** The example of a type at a position, changed as wanted. */
export function recorded(type: string, position: number, data?: object): RecordedEvent {
  const entry = catalogue.find(({ definition }) => definition.type === type);
  return {
    id: execution,
    type,
    schemaVersion: entry?.definition.version ?? 1,
    data: { ...(entry?.definition.example as object | undefined), ...data } as JsonObject,
    category: entry?.category ?? "execution",
    stream: execution,
    streamVersion: position,
    position: BigInt(position),
    epoch: 1,
    recordedAt: begin + position * 1_000,
    meta: {
      source: "/test",
      time: begin,
      correlationId: "test",
      actor: "key:0198f3a0",
      region: "test",
      vendor: "lens",
    },
  };
}

/** What a pass over these events needs of a snapshot; positions may lie far apart, as if others had been written between. */
export function logOf(events: readonly RecordedEvent[]): LogSnapshot {
  const head = events.at(-1)?.position ?? 0n;
  const unused = () => Promise.reject(new Error("not part of this log"));
  return {
    first: events[0]?.position ?? 0n,
    head,
    now: begin + 86_400_000,
    recorded: { first: events[0]?.recordedAt ?? 0, last: events.at(-1)?.recordedAt ?? 0 },
    events: async function* ({ after = 0n, until = head, vendor, streams, types }: EventFilter = {}) {
      const found = events.filter(
        (event) =>
          event.position > after &&
          event.position <= until &&
          (vendor === undefined || event.meta.vendor === vendor) &&
          (streams === undefined || streams.includes(event.stream)) &&
          (types === undefined || types.includes(event.type)),
      );
      if (found.length > 0) yield await Promise.resolve(found);
    },
    stream: async (stream) =>
      await Promise.resolve(events.filter((event) => event.stream === stream && event.category === "execution")),
    positionAt: async (instant) =>
      await Promise.resolve(events.findLast((event) => event.recordedAt <= instant)?.position ?? 0n),
    rows: async function* () {
      yield await Promise.resolve([]);
    },
    streamsWhere: unused,
    brokenStreams: unused,
    generations: unused,
    checkpoints: unused,
    parked: unused,
    close: async () => await Promise.resolve(),
  };
}
