// Are the rows beside the log what the log says of them? The events of one stream give every row that belongs to it, so that a
// few streams can be looked at without folding the whole log.
import type { ColumnValue, RecordedEvent, Row, RowOperation } from "@wedsync/event-log";
import { attentionTable, openAttemptTable, pendingTable, schedulerInline } from "./scheduler-inline.js";
import { weddingGuardKey } from "./scopes.js";

export interface RowKey {
  readonly table: "pending" | "open_attempt" | "attention" | "guard";
  readonly key: string;
}

export type Drift = "missing" | "extra" | "changed";

/** A row that is not what its stream says, and what it should be. */
export interface RowDrift extends RowKey {
  readonly drift: Drift;
  /** Null when there should be none. */
  readonly row: Row | null;
}

const executionTables = [pendingTable, openAttemptTable, attentionTable].map(({ name }) => name as RowKey["table"]);

/** The rows that a stream may have; those of holds are named by their events and are not among them. */
export function keysOfStream(category: string, stream: string): readonly RowKey[] {
  if (category === "execution") return executionTables.map((table) => ({ table, key: stream }));
  return category === "wedding" ? [{ table: "guard", key: weddingGuardKey(stream) }] : [];
}

const nameOf = ({ table, key }: RowKey): string => `${table} ${key}`;
const keyOf = (operation: RowOperation): RowKey => ({
  table: operation.table as RowKey["table"],
  key:
    operation.op === "delete"
      ? operation.key
      : String(operation.row[operation.table === "guard" ? "key" : "execution"]),
});

/**
 * The rows that the events of one stream lead to, by row; undefined for one that there must not be.
 * @param events all of the stream, in order
 */
export function rowsOfStream(
  category: string,
  stream: string,
  events: readonly RecordedEvent[],
): ReadonlyMap<string, { readonly at: RowKey; readonly row: Row | undefined }> {
  const rows = new Map<string, { readonly at: RowKey; readonly row: Row | undefined }>(
    keysOfStream(category, stream).map((at) => [nameOf(at), { at, row: undefined }]),
  );
  for (const event of events) {
    for (const operation of schedulerInline.fold(event)) {
      const at = keyOf(operation);
      rows.set(nameOf(at), { at, row: operation.op === "put" ? operation.row : undefined });
    }
  }
  return rows;
}

/** How a row differs from what it should be; undefined when it does not. Drivers may give whole numbers as text. */
export function driftOf(live: Row | undefined, wanted: Row | undefined): Drift | undefined {
  if (live === undefined) return wanted === undefined ? undefined : "missing";
  if (wanted === undefined) return "extra";
  const same = (column: string): boolean => textOf(live[column]) === textOf(wanted[column]);
  return Object.keys(wanted).every(same) ? undefined : "changed";
}

const textOf = (value: ColumnValue | undefined): string => (value === null || value === undefined ? "" : String(value));
