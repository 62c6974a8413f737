// The whole database of a log as it is at one moment, for reading only: events, inline tables, read models, checkpoints.
// One repeatable-read transaction, so a live system can be looked at; the session itself is read-only, so it cannot append.
import type { ParkedStream, RecordedEvent, Row } from "@wedsync/event-log";
import { adapterError } from "./errors.js";
import { eventColumns, toRecordedEvent, type EventRow } from "./event-row.js";
import type { ModelColumnType } from "./read-models/tenant-table.js";
import { openSnapshotClient, type SnapshotConnection } from "./snapshot-client.js";

export { isSnapshotError, type SnapshotError } from "./snapshot-client.js";

export interface LogSnapshotOptions extends SnapshotConnection {
  readonly schema?: string;
  /** Rows a page, 1 to 20,000; 2,000 when absent. */
  readonly page?: number;
}

/** Which events; all of it when absent. Positions are a fast way to skip, the others look at every event between them. */
export interface EventFilter {
  readonly after?: bigint;
  readonly until?: bigint;
  readonly vendor?: string;
  readonly streams?: readonly string[];
  readonly types?: readonly string[];
}

/** A table to be read: an inline one, or a generation of a read model. */
export interface SnapshotTable {
  /** The log's own schema when absent. */
  readonly schema?: string;
  readonly name: string;
  /** Name of the single key column. */
  readonly key: string;
  readonly columns: Readonly<Record<string, ModelColumnType>>;
}

/** A generation of a read model in its own schema. */
export interface SnapshotGeneration {
  readonly model: string;
  readonly generation: number;
  readonly modelVersion: number;
  /** Name of its table and of its checkpoint. */
  readonly name: string;
  readonly position: bigint;
}

export interface LogSnapshot {
  /** Position of the first event, 1n unless the log lost its beginning; 0n for an empty log. */
  readonly first: bigint;
  /** The newest event of the snapshot; 0n for an empty log. */
  readonly head: bigint;
  /** The database's time when the snapshot was opened, epoch milliseconds. */
  readonly now: number;
  /** Instants of the first and the newest event, epoch milliseconds; null for an empty log. */
  readonly recorded: { readonly first: number; readonly last: number } | null;
  /** Events in position order, a page at a time. Gaps are the reader's to find. */
  events(filter?: EventFilter): AsyncGenerator<readonly RecordedEvent[]>;
  /** Events of one stream, in order. */
  stream(stream: string): Promise<readonly RecordedEvent[]>;
  /** Streams whose first event of a type has a value at a path of its data, for example `["work", "wedding"]`. */
  streamsWhere(type: string, vendor: string, path: readonly string[], value: string): Promise<readonly string[]>;
  /** The last position recorded at or before an instant; 0n before the first event. */
  positionAt(instant: number): Promise<bigint>;
  /** Streams whose versions are not 1..n, at most `limit`. */
  brokenStreams(
    limit: number,
  ): Promise<readonly { readonly stream: string; readonly count: number; readonly highest: number }[]>;
  /** Rows of a table in key order, a page at a time; int8 as numbers, dates as `YYYY-MM-DD`. */
  rows(table: SnapshotTable): AsyncGenerator<readonly Row[]>;
  /** Generations of the read models in a schema of their own; why there are none to be read. */
  generations(schema: string): Promise<readonly SnapshotGeneration[] | "absent" | "forbidden">;
  checkpoints(): Promise<readonly { readonly name: string; readonly epoch: number; readonly position: bigint }[]>;
  parked(projection: string, schema?: string): Promise<readonly ParkedStream[]>;
  close(): Promise<void>;
}

/**
 * Opens the snapshot.
 * @throws AdapterError `schema_missing`, SnapshotError when the database cannot be used
 */
export async function openLogSnapshot(options: LogSnapshotOptions): Promise<LogSnapshot> {
  const schema = options.schema ?? "wedsync";
  const page = options.page ?? 2_000;
  const client = await openSnapshotClient(options);
  const one = client.query;
  try {
    const [found] = await one<{ present: boolean }>("select to_regclass($1) is not null as present", [
      `${schema}.events`,
    ]);
    if (found?.present !== true)
      throw adapterError("schema_missing", `The database has no event log in the schema ${schema}.`);
    await one("begin isolation level repeatable read read only");
    const [ends] = await one<{
      first: string;
      head: string;
      now_ms: string;
      first_ms: string | null;
      last_ms: string | null;
    }>(
      `select coalesce(min(position), 0) as first, coalesce(max(position), 0) as head, (extract(epoch from clock_timestamp()) * 1000)::int8 as now_ms,
              (select (extract(epoch from recorded_at) * 1000)::int8 from ${schema}.events order by position limit 1) as first_ms,
              (select (extract(epoch from recorded_at) * 1000)::int8 from ${schema}.events order by position desc limit 1) as last_ms
         from ${schema}.events`,
    );
    const first = ends?.first_ms ?? null;
    const last = ends?.last_ms ?? null;
    return {
      first: BigInt(ends?.first ?? "0"),
      head: BigInt(ends?.head ?? "0"),
      now: Number(ends?.now_ms ?? "0"),
      recorded: first === null || last === null ? null : { first: Number(first), last: Number(last) },
      events: async function* (filter = {}) {
        const { until, vendor, streams, types } = filter;
        const values: unknown[] = [];
        const value = (each: unknown): string => `$${values.push(each)}`;
        const where = [
          ...(until === undefined ? [] : [`position <= ${value(until.toString())}`]),
          ...(vendor === undefined ? [] : [`vendor = ${value(vendor)}`]),
          ...(streams === undefined ? [] : [`stream = any(${value(streams)}::uuid[])`]),
          ...(types === undefined ? [] : [`type = any(${value(types)}::text[])`]),
        ];
        let after = filter.after ?? 0n;
        for (;;) {
          const conditions = [...where, `position > $${values.length + 1}`].join(" and ");
          const rows = await one<EventRow>(
            `select ${eventColumns} from ${schema}.events where ${conditions} order by position limit ${page}`,
            [...values, after.toString()],
          );
          const end = rows.at(-1);
          if (end === undefined) return;
          after = BigInt(end.position);
          yield rows.map(toRecordedEvent);
          if (rows.length < page) return;
        }
      },
      stream: async (stream) =>
        (
          await one<EventRow>(`select ${eventColumns} from ${schema}.events where stream = $1 order by version`, [
            stream,
          ])
        ).map(toRecordedEvent),
      streamsWhere: async (type, vendor, path, value) =>
        (
          await one<{ stream: string }>(
            `select distinct stream from ${schema}.events where type = $1 and vendor = $2 and data #>> $3 = $4`,
            [type, vendor, path, value],
          )
        ).map((row) => row.stream),
      positionAt: async (instant) => {
        // `recorded_at` never decreases, so positions can be halved instead of looking at every event.
        let [low, high] = [0n, BigInt(ends?.head ?? "0")];
        while (low < high) {
          const middle = (low + high + 1n) / 2n;
          const [row] = await one<{ position: string; ms: string }>(
            `select position, (extract(epoch from recorded_at) * 1000)::int8 as ms from ${schema}.events
              where position >= $1 order by position limit 1`,
            [middle.toString()],
          );
          if (row === undefined || Number(row.ms) > instant) high = middle - 1n;
          else low = BigInt(row.position);
        }
        return low;
      },
      brokenStreams: async (limit) =>
        await one<{ stream: string; count: number; highest: number }>(
          `select stream, count(*)::int4 as count, max(version) as highest from ${schema}.events
            group by stream having count(*) <> max(version) or min(version) <> 1 order by stream limit $1`,
          [limit],
        ),
      rows: async function* (table) {
        const columns = Object.entries(table.columns);
        const key = `"${table.key}"`;
        const sortKey = columns.some(([name, type]) => name === table.key && type === "text")
          ? `${key} collate "C"`
          : key;
        const list = columns
          .map(([name, kind]) => (kind === "date" ? `"${name}"::text as "${name}"` : `"${name}"`))
          .join(", ");
        const type = table.columns[table.key] ?? "text";
        let after: unknown = null;
        for (;;) {
          const rows: readonly Record<string, Row[string]>[] = await one(
            `select ${list} from ${table.schema ?? schema}."${table.name}" where $1::${type} is null or ${sortKey} > $1 order by ${sortKey} limit $2`,
            [after, page],
          );
          const end = rows.at(-1);
          if (end === undefined) return;
          after = end[table.key];
          yield rows.map((row) =>
            Object.fromEntries(
              columns.map(([name, kind]) => {
                const value = row[name] ?? null;
                return [name, kind === "int8" && value !== null ? Number(value) : value];
              }),
            ),
          );
          if (rows.length < page) return;
        }
      },
      generations: async (models) => {
        const [readable] = await one<{ readable: boolean }>(
          `select has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select') as readable
             from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = 'projection'`,
          [models],
        );
        if (readable === undefined) return "absent";
        if (!readable.readable) return "forbidden";
        const rows = await one<{
          model: string;
          generation: number;
          model_version: number;
          name: string;
          position: string;
        }>(
          `select model, generation, model_version, name, position from ${models}.projection
            where model is not null order by model, generation`,
        );
        return rows.map(({ model, generation, model_version: modelVersion, name, position }) => ({
          model,
          generation,
          modelVersion,
          name,
          position: BigInt(position),
        }));
      },
      checkpoints: async () =>
        (
          await one<{ name: string; epoch: number; position: string }>(
            `select name, epoch, position from ${schema}.projection order by name`,
          )
        ).map((row) => ({ ...row, position: BigInt(row.position) })),
      parked: async (projection, models = schema) =>
        (
          await one<Omit<ParkedStream, "position"> & { position: string }>(
            `select stream, position, type, reason from ${models}.parked_stream where projection = $1 order by position`,
            [projection],
          )
        ).map((row) => ({ ...row, position: BigInt(row.position) })),
      close: client.close,
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}
