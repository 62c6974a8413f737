// One caller's append on its way through the committer: validated, folded once, and what it touches.
import {
  lastPerRow,
  type AppendInvalid,
  type AppendRequest,
  type AppendResult,
  type InlineProjection,
  type RowOperation,
  validateAppend,
} from "@wedsync/event-log";

export interface AppendOperation {
  readonly request: AppendRequest;
  /** JSON text of each event's data, in order. */
  readonly texts: readonly string[];
  readonly metaText: string;
  readonly rows: readonly RowOperation[];
  /** Streams, rows and guards this operation writes, and those it reads: two that meet never share a group. */
  readonly writes: readonly string[];
  readonly reads: readonly string[];
  readonly eventCount: number;
  readonly bytes: number;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
  /** Sent at least once without an answer: a conflict may be our own success. */
  sentBefore: boolean;
}

/** Checks and folds a request, or says why it can never be stored. */
export function prepare(
  request: AppendRequest,
  inline: InlineProjection,
  resolve: (result: AppendResult) => void,
  reject: (error: unknown) => void,
): AppendOperation | AppendInvalid {
  const valid = validateAppend(request);
  if (!valid.ok) return valid;
  const rows: RowOperation[] = [];
  const writes: string[] = [];
  let bytes = 0;
  for (const text of valid.texts) bytes += text.length;
  let eventCount = 0;
  for (const { category, stream, expectedVersion, events } of request.streams) {
    writes.push(stream);
    eventCount += events.length;
    for (const [index, event] of events.entries()) {
      const { id, type, schemaVersion, data } = event;
      const streamVersion = expectedVersion + index + 1;
      rows.push(...inline.fold({ id, type, schemaVersion, category, stream, streamVersion, data, meta: request.meta }));
    }
  }
  const last = rows.length > 1 ? lastPerRow(inline.tables, rows) : rows;
  for (const row of last) {
    const key = row.op === "delete" ? row.key : String(row.row[keyOf(inline, row.table)]);
    if (!writes.includes(key)) writes.push(`${row.table}/${key}`);
  }
  return {
    request,
    texts: valid.texts,
    metaText: valid.metaText,
    rows: last,
    writes,
    reads: (request.guards ?? []).map((guard) => `guard/${guard.key}`),
    eventCount,
    bytes,
    resolve,
    reject,
    sentBefore: false,
  };
}

const keyNames = new WeakMap<InlineProjection, Map<string, string>>();

function keyOf(inline: InlineProjection, table: string): string {
  let names = keyNames.get(inline);
  if (names === undefined) {
    names = new Map(inline.tables.map((entry) => [entry.name, entry.key]));
    keyNames.set(inline, names);
  }
  return names.get(table) ?? "";
}
