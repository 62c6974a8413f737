// The event log on Postgres: committer for writes, a pool for reads, and a tail that is woken by commits.
import {
  combineInline,
  logError,
  type AppendResult,
  type EventLog,
  type InlineProjection,
  type ReadOptions,
  type RecordedEvent,
  type TailOptions,
} from "@wedsync/event-log";
import { Pool } from "pg";
import { Committer } from "./committer.js";
import { eventColumns, toRecordedEvent, type EventRow } from "./event-row.js";
import { FirstEvents } from "./first-events.js";
import { LogListener } from "./log-listener.js";
import { patientConnection } from "./patience.js";
import { RecentEvents } from "./recent-events.js";

export interface PostgresLogOptions {
  /** A direct connection: a transaction pooler loses prepared statements and notifications. */
  readonly connectionString: string;
  readonly schema?: string;
  readonly inline: InlineProjection;
  /** Connections for reading, 1 to 50; 4 when absent. */
  readonly readers?: number;
  /** First events of this category are kept in memory for a while after they were appended here; see `firstEvents`. */
  readonly remember?: string;
  /** How long a statement waits for an answer; a minute when absent. */
  readonly answerMs?: number;
  /** How long an append waits for a database that is away before it fails as unknown, milliseconds; 30,000 when absent. */
  readonly patienceMs?: number;
}

export interface PostgresLog extends EventLog {
  /** For the adapter's other parts: indexes, leases, keys. */
  readonly pool: Pool;
  readonly schema: string;
  /** True while appends are refused because the log runs on another server than the one that wrote it. */
  readonly fenced: boolean;
  /** First events of streams, in one query for those that are not remembered; streams that do not exist are absent. */
  firstEvents(streams: readonly string[]): Promise<ReadonlyMap<string, RecordedEvent>>;
  /** Whole streams in one query, each in order; streams that do not exist are absent. */
  readStreams(streams: readonly string[]): Promise<ReadonlyMap<string, readonly RecordedEvent[]>>;
  close(): Promise<void>;
}

/** Opens the log. The schema must have been migrated with the same inline projection. */
export function openPostgresLog(options: PostgresLogOptions): PostgresLog {
  const schema = options.schema ?? "wedsync";
  const inline = combineInline([options.inline]);
  const pool = new Pool({
    connectionString: options.connectionString,
    max: options.readers ?? 4,
    application_name: "wedsync-reader",
    ...patientConnection(options.answerMs),
  });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on("error", () => undefined);
  // The pool listens only while a connection is idle; one that breaks between two statements of a transaction is reported
  // by the next statement.
  pool.on("connect", (client) => void client.on("error", () => undefined));
  const first = new FirstEvents(options.remember);
  const recent = new RecentEvents(first);
  const committer = new Committer({
    connectionString: options.connectionString,
    schema,
    inline,
    patienceMs: options.patienceMs ?? 30_000,
    onCommitted: (group) => {
      recent.add(group);
      listener.wake();
    },
  });

  const listener = new LogListener(options.connectionString, `${schema}_log`, () => committer.backend);

  const read = async ({ after, limit }: ReadOptions): Promise<readonly RecordedEvent[]> => {
    const { rows } = await pool.query<EventRow>({
      name: "read_log",
      text: `select ${eventColumns} from ${schema}.events where position > $1 order by position limit $2`,
      values: [after.toString(), limit],
    });
    const events = rows.map(toRecordedEvent);
    for (const [index, event] of events.entries()) {
      if (event.position !== after + BigInt(index) + 1n) {
        throw logError(
          "log_gap",
          `Position ${after + BigInt(index) + 1n} is missing; the database lost or hides events. Stop and repair.`,
          {
            expected: (after + BigInt(index) + 1n).toString(),
          },
        );
      }
    }
    return events;
  };

  const firstEvents = async (streams: readonly string[]): Promise<ReadonlyMap<string, RecordedEvent>> => {
    const found = new Map<string, RecordedEvent>();
    const missing: string[] = [];
    for (const stream of streams) {
      const event = first.take(stream);
      if (event === undefined) missing.push(stream);
      else found.set(stream, event);
    }
    if (missing.length === 0) return found;
    const { rows } = await pool.query<EventRow>({
      name: "first_events",
      text: `select ${eventColumns} from ${schema}.events where stream = any($1::uuid[]) and version = 1`,
      values: [missing],
    });
    for (const row of rows) found.set(row.stream, toRecordedEvent(row));
    return found;
  };

  async function* tail({ after, batch = 500, signal }: TailOptions): AsyncGenerator<readonly RecordedEvent[]> {
    let last = after;
    // The table is asked at first, and again when somebody else may have written or memory does not reach back far enough.
    let asked = -1;
    while (!signal.aborted) {
      const ticket = listener.ticket();
      const { foreign } = listener;
      let events = recent.after(last, batch);
      if (events === undefined && (foreign !== asked || last < recent.last)) {
        events = await read({ after: last, limit: batch });
        // A full batch: there may be more.
        if (events.length < batch) asked = foreign;
      }
      events ??= [];
      const end = events.at(-1);
      if (end === undefined) await listener.wait(ticket, signal);
      else {
        last = end.position;
        yield events;
      }
    }
  }

  return {
    pool,
    schema,
    get fenced() {
      return committer.fenced;
    },
    append: async (request): Promise<AppendResult> => {
      const [result] = await committer.append([request]);
      if (result === undefined) throw logError("log_unavailable", "The committer gave no result.");
      return result;
    },
    appendTogether: (requests) => committer.append(requests),
    read,
    firstEvents,
    readStream: async (category, stream, fromVersion = 1) => {
      const { rows } = await pool.query<EventRow>({
        name: "read_stream",
        text: `select ${eventColumns} from ${schema}.events where stream = $1 and version >= $2 and category = $3 order by version`,
        values: [stream, fromVersion, category],
      });
      return rows.map(toRecordedEvent);
    },
    readStreams: async (streams) => {
      const { rows } = await pool.query<EventRow>({
        name: "read_streams",
        text: `select ${eventColumns} from ${schema}.events where stream = any($1::uuid[]) order by stream, version`,
        values: [streams],
      });
      const found = new Map<string, RecordedEvent[]>();
      for (const row of rows) {
        const events = found.get(row.stream) ?? [];
        events.push(toRecordedEvent(row));
        found.set(row.stream, events);
      }
      return found;
    },
    head: async () => {
      const { rows } = await pool.query<{ head: string }>(
        `select coalesce(max(position), 0) as head from ${schema}.events`,
      );
      return BigInt(rows[0]?.head ?? "0");
    },
    tail,
    close: async () => {
      await committer.close();
      await listener.close();
      await pool.end();
    },
  };
}
