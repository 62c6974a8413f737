// Appends as the platform makes them when it accepts an execution: one event of about 900 bytes, expected version 0, guards.
import { executionEvents, weddingEvents, type Work } from "@wedsync/contracts/scheduler";
import type { AppendRequest, JsonObject, Metadata } from "@wedsync/event-log";

export interface AppendMessage {
  readonly job: "append";
  /** As the owner: the bare INSERT needs the right to write the table. */
  readonly databaseUrl: string;
  readonly way: "log" | "bare";
  /** Connections of the bare INSERT. */
  readonly connections: number;
  /** Concurrent callers of the log; rows a statement of the bare INSERT. */
  readonly callers: number;
  readonly events: number;
  readonly warmUp: number;
  /** `execution`: with the scheduler's inline row in the same transaction; `fact`: the event alone. */
  readonly kind: "execution" | "fact";
}

const weddings = 200;
const at = 1_780_000_000_000;

const meta = (id: string): Metadata => ({
  source: "/orchestrator/api",
  time: at,
  correlationId: id,
  actor: "key:bench",
  vendor: "studio-1",
  market: "united-kingdom",
  region: "local",
});

const weddingStream = (index: number): string =>
  `00000000-0000-5000-8000-${String(index % weddings).padStart(12, "0")}`;

const exampleOf = (type: string): JsonObject => {
  const found = [...executionEvents, ...weddingEvents].find((definition) => definition.type === type);
  if (found === undefined) throw new Error(`There is no event ${type}.`);
  return found.example as JsonObject;
};

/** Bookings of the weddings that the appends are guarded by. */
export function guardRows(): readonly AppendRequest[] {
  return Array.from({ length: weddings }, (_, index) => ({
    class: "control",
    meta: meta(weddingStream(index)),
    streams: [
      {
        category: "wedding",
        stream: weddingStream(index),
        expectedVersion: 0,
        events: [
          {
            id: weddingStream(index),
            type: "WeddingBooked",
            schemaVersion: 1,
            data: { ...exampleOf("WeddingBooked"), scheduleVersion: 1 },
          },
        ],
      },
    ],
  }));
}

/** So many accepted executions, each on a stream of its own. */
export function requestsFor(count: number, newId: () => string): readonly AppendRequest[] {
  const example = exampleOf("ExecutionRequested");
  const work = example["work"] as unknown as Work;
  return Array.from({ length: count }, (_, index): AppendRequest => {
    const stream = newId();
    return {
      class: "normal",
      meta: meta(stream),
      streams: [
        {
          category: "execution",
          stream,
          expectedVersion: 0,
          events: [
            {
              id: newId(),
              type: "ExecutionRequested",
              schemaVersion: 1,
              data: { ...example, work: { ...work, weddingStream: weddingStream(index) } as unknown as JsonObject },
            },
          ],
        },
      ],
      guards: [
        { key: `wedding:${weddingStream(index)}`, value: "1" },
        { key: "hold:platform", value: null },
      ],
    };
  });
}
