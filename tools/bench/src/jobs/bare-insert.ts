// What a program without a log would do: INSERT ... VALUES with many rows, one prepared statement, text parameters, the next
// statement as soon as the last one is answered. The same rows into the same tables, with nothing checked.
import type { AppendRequest, RowOperation } from "@wedsync/event-log";
import { pendingTable, schedulerInline } from "@wedsync/scheduler";
import { Client } from "pg";
import type { AppendMessage } from "./append-requests.js";

const eventColumns = [
  "position",
  "stream",
  "version",
  "category",
  "type",
  "schema_version",
  "event_id",
  "epoch",
  "recorded_at",
  "vendor",
  "meta",
  "data",
];
const pendingColumns = Object.keys(pendingTable.columns);

/** Rows a second of the requests, so many rows a statement. */
export async function insertAll(
  message: AppendMessage,
  requests: readonly AppendRequest[],
  firstPosition: number,
): Promise<void> {
  const { callers, connections, databaseUrl, kind } = message;
  const clients = Array.from({ length: connections }, () => new Client({ connectionString: databaseUrl }));
  await Promise.all(clients.map(async (client) => await client.connect()));
  let next = 0;
  const run = async (client: Client): Promise<void> => {
    while (next < requests.length) {
      const from = next;
      next += callers;
      const group = requests.slice(from, from + callers);
      await insertGroup(client, group, firstPosition + from, kind === "execution");
    }
  };
  await Promise.all(clients.map(run));
  await Promise.all(clients.map(async (client) => await client.end()));
}

async function insertGroup(
  client: Client,
  group: readonly AppendRequest[],
  firstPosition: number,
  withPending: boolean,
): Promise<void> {
  const now = new Date();
  const events = group.flatMap((request, index) => {
    const [stream] = request.streams;
    const [event] = stream?.events ?? [];
    return [
      firstPosition + index,
      stream?.stream,
      1,
      stream?.category,
      event?.type,
      event?.schemaVersion,
      event?.id,
      1,
      now,
      request.meta.vendor,
      JSON.stringify(request.meta),
      JSON.stringify(event?.data),
    ];
  });
  if (!withPending) return void (await client.query(statement("events", eventColumns, group.length, events)));
  const pending = group.flatMap((request) => {
    const row = pendingRowOf(request);
    return pendingColumns.map((column) => (row.op === "put" ? row.row[column] : null));
  });
  await client.query("begin");
  await client.query(statement("events", eventColumns, group.length, events));
  await client.query(statement("pending", pendingColumns, group.length, pending));
  await client.query("commit");
}

const texts = new Map<string, string>();

function statement(table: string, columns: readonly string[], rows: number, values: unknown[]) {
  const name = `${table}_${rows}`;
  let text = texts.get(name);
  if (text === undefined) {
    const tuples = Array.from(
      { length: rows },
      (_, row) => `(${columns.map((_column, column) => `$${row * columns.length + column + 1}`).join(",")})`,
    );
    text = `insert into wedsync.${table} (${columns.join(",")}) values ${tuples.join(",")}`;
    texts.set(name, text);
  }
  return { name, text, values };
}

function pendingRowOf({ streams, meta }: AppendRequest): RowOperation {
  const [stream] = streams;
  const [event] = stream?.events ?? [];
  if (stream === undefined || event === undefined) throw new Error("A measured append has one event.");
  const [row] = schedulerInline.fold({
    ...event,
    category: stream.category,
    stream: stream.stream,
    streamVersion: 1,
    meta,
  });
  if (row === undefined) throw new Error("A measured append makes one pending row.");
  return row;
}
