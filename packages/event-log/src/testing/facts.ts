// Events without a business, for tests of logs: facts on streams, a table they fill, and a guard they can move.
import type { JsonObject, Metadata, NewEvent } from "../envelope.js";
import { guardTable, type InlineProjection } from "../inline-projection.js";
import type { AppendRequest } from "../log.js";

/** One row a stream: its last `Noted`. Holds one column of each type. */
export const noteTable = {
  name: "note",
  key: "stream",
  columns: { stream: "uuid", text: "text", amount: "int8", open: "bool" },
} as const;

/**
 * The inline projection a log under test must be opened (and migrated) with. `GuardSet {key, value}` moves a guard, a value
 * that is not text removes it; `Noted {text, amount}` puts the row of its stream, `Forgotten` deletes it; others change nothing.
 */
export const factInline: InlineProjection = {
  tables: [guardTable, noteTable],
  fold: ({ type, stream, data }) => {
    const { key, value, text, amount } = data;
    if (type === "GuardSet" && typeof key === "string") {
      return typeof value === "string"
        ? [{ op: "put", table: guardTable.name, row: { key, value } }]
        : [{ op: "delete", table: guardTable.name, key }];
    }
    if (type === "Noted") {
      const row = {
        stream,
        text: typeof text === "string" ? text : null,
        amount: typeof amount === "number" ? amount : null,
        open: true,
      };
      return [{ op: "put", table: noteTable.name, row }];
    }
    return type === "Forgotten" ? [{ op: "delete", table: noteTable.name, key: stream }] : [];
  },
};

export const factCategory = "fact";

export const factMeta: Metadata = {
  source: "/test",
  time: 1_760_000_000_000,
  correlationId: "correlation-1",
  causationId: "causation-1",
  actor: "system:test",
  onBehalfOf: "user:test",
  vendor: "vendor-1",
  market: "market-1",
  region: "test",
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
};

/** Makers of events and appends with fresh ids. */
export interface Facts {
  readonly newId: () => string;
  readonly fact: (type: string, data?: JsonObject) => NewEvent;
  /** One append to one stream. */
  readonly request: (
    stream: string,
    expectedVersion: number,
    events: readonly NewEvent[],
    more?: Partial<AppendRequest>,
  ) => AppendRequest;
}

export function createFacts(newId: () => string): Facts {
  return {
    newId,
    fact: (type, data = {}) => ({ id: newId(), type, schemaVersion: 1, data }),
    request: (stream, expectedVersion, events, more = {}) => ({
      class: "normal",
      meta: factMeta,
      streams: [{ category: factCategory, stream, expectedVersion, events }],
      ...more,
    }),
  };
}
