// Events without a business, for tests of the log itself: facts on streams, and a guard that facts can move.
import { randomUUID } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import {
  guardTable,
  type AppendRequest,
  type InlineProjection,
  type JsonObject,
  type Metadata,
} from "@wedsync/event-log";

/** Folds `GuardSet {key, value}` into the guard table, and the last `Noted` of a stream into a table of its own. */
export const factInline: InlineProjection = {
  tables: [
    guardTable,
    { name: "note", key: "stream", columns: { stream: "uuid", text: "text", amount: "int8", open: "bool" } },
  ],
  fold: ({ type, stream, data }) => {
    if (type === "GuardSet") {
      const { key, value } = data;
      if (typeof key !== "string") return [];
      return typeof value === "string"
        ? [{ op: "put", table: "guard", row: { key, value } }]
        : [{ op: "delete", table: "guard", key }];
    }
    if (type === "Noted") {
      const { text, amount } = data;
      const row = {
        stream,
        text: typeof text === "string" ? text : null,
        amount: typeof amount === "number" ? amount : null,
        open: true,
      };
      return [{ op: "put", table: "note", row }];
    }
    return type === "Forgotten" ? [{ op: "delete", table: "note", key: stream }] : [];
  },
};

export const factMeta: Metadata = {
  source: "/test",
  time: 1_760_000_000_000,
  correlationId: "correlation-1",
  actor: "system:test",
  region: "test",
  vendor: "vendor-1",
};

export const fact = (type: string, data: JsonObject = {}) => ({ id: uuidv7(), type, schemaVersion: 1, data });

/** One append to one stream. */
export const request = (
  stream: string,
  expectedVersion: number,
  events: readonly ReturnType<typeof fact>[],
  more: Partial<AppendRequest> = {},
): AppendRequest => ({
  class: "normal",
  meta: factMeta,
  streams: [{ category: "fact", stream, expectedVersion, events }],
  ...more,
});

export const newStream = (): string => randomUUID();
