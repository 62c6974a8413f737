// Folding: pure, from Postgres, into a projection; each beside the plain reading of the same bytes.
import { createProjectionStore, openPostgresLog, rebuildInline } from "@wedsync/adapter-postgres";
import { createCodec } from "@wedsync/contracts";
import { executionEvents, type ExecutionEvent } from "@wedsync/contracts/scheduler";
import { catchUp, fold, type Projection } from "@wedsync/event-log";
import { executionDecider, schedulerInline } from "@wedsync/scheduler";
import { Client, type PoolClient } from "pg";
import { eventsPerExecution, history } from "./history.js";

export interface FoldMessage {
  readonly job: "fold";
  readonly way: "parse" | "evolve" | "decode-evolve" | "read" | "read-parse" | "project" | "copy" | "rebuild";
  readonly events: number;
  /** For the ways that read Postgres: a log that holds the events, as its owner. */
  readonly databaseUrl?: string;
}

export interface FoldReport {
  readonly perSecond: number;
  /** Resident memory at its highest, MiB. */
  readonly peakMiB: number;
}

const codec = createCodec(executionEvents);
const batch = 5_000;

export async function foldEvents(message: FoldMessage): Promise<FoldReport> {
  const measured = await ways[message.way](message);
  return { perSecond: message.events / measured, peakMiB: process.resourceUsage().maxRSS / 1_024 };
}

/** Seconds each way takes. */
const ways: Readonly<Record<FoldMessage["way"], (message: FoldMessage) => Promise<number>>> = {
  parse: ({ events }) => {
    const texts = history().map(({ data }) => JSON.stringify(data));
    return repeat(events, () => {
      for (const text of texts) JSON.parse(text);
    });
  },
  evolve: ({ events }) => {
    const typed = history().map(({ type, data }) => ({ type, data }) as unknown as ExecutionEvent);
    return repeat(events, () => void fold(executionDecider, typed));
  },
  "decode-evolve": ({ events }) => {
    const stored = history().map((event) => ({ ...event, text: JSON.stringify(event.data) }));
    // Parsing is part of it: a decoded object is remembered, and only what comes from storage is new each time.
    return repeat(events, () => {
      let state = executionDecider.initialState;
      for (const { type, schemaVersion, text } of stored) {
        const decoded = codec.decode({ type, schemaVersion, data: JSON.parse(text) as Record<string, never> });
        if (!decoded.ok) throw new Error(decoded.message);
        state = executionDecider.evolve(state, decoded.event);
      }
    });
  },
  read: async ({ databaseUrl = "", events }) => {
    const log = openPostgresLog({ connectionString: databaseUrl, inline: schedulerInline });
    try {
      return await timed(async () => {
        let after = 0n;
        let state = executionDecider.initialState;
        let folded = 0;
        for (;;) {
          const found = await log.read({ after, limit: batch });
          for (const event of found) {
            const decoded = codec.decode(event);
            if (!decoded.ok) throw new Error(decoded.message);
            // Streams follow each other in this log: the first event of each begins a state.
            state = executionDecider.evolve(
              event.streamVersion === 1 ? executionDecider.initialState : state,
              decoded.event,
            );
            folded += 1;
          }
          after = found.at(-1)?.position ?? after;
          if (found.length < batch) break;
        }
        assertAll(folded, events);
      });
    } finally {
      await log.close();
    }
  },
  "read-parse": async ({ databaseUrl, events }) => {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      return await timed(async () => {
        let after = 0;
        for (;;) {
          // The client parses json columns with JSON.parse: the same bytes, and nothing is made of them.
          const { rows } = await client.query<{ position: string; data: unknown; meta: unknown }>({
            name: "bare_read",
            text: "select position, stream, version, type, meta, data from wedsync.events where position > $1 order by position limit $2",
            values: [after, batch],
          });
          after += rows.length;
          if (rows.length < batch) break;
        }
        assertAll(after, events);
      });
    } finally {
      await client.end();
    }
  },
  project: async ({ databaseUrl = "" }) => {
    const log = openPostgresLog({ connectionString: databaseUrl, inline: schedulerInline });
    try {
      await log.pool.query("create table bench_states (stream uuid primary key, status text not null)");
      const store = createProjectionStore(log);
      return await timed(async () => {
        const state = await catchUp({ reader: log, store, projection: states, batch });
        if (state.status !== "caught_up") throw new Error(`the projection stands: ${state.status}`);
      });
    } finally {
      await log.close();
    }
  },
  rebuild: async ({ databaseUrl = "", events }) =>
    await timed(async () => {
      const made = await rebuildInline({
        connectionString: databaseUrl,
        inline: schedulerInline,
        assertReadable: (event) => {
          if (!codec.decode(event).ok) throw new Error(`position ${event.position} cannot be read`);
        },
      });
      assertAll(made.events, events);
    }),
  copy: async ({ databaseUrl }) => {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      await client.query("create table bench_copy (stream uuid primary key, status text not null)");
      return await timed(async () => {
        for (let after = 0; ; after += batch) {
          const values = [after, after + batch];
          const { rowCount } = await client.query(
            `insert into bench_copy select distinct on (stream) stream, type from wedsync.events
              where position > $1 and position <= $2 order by stream, version desc
             on conflict (stream) do update set status = excluded.status`,
            values,
          );
          if (rowCount === 0) break;
        }
      });
    } finally {
      await client.end();
    }
  },
};

/** One row a stream: the type of its last event. */
const states: Projection<{ readonly stream: string; readonly status: string }, PoolClient> = {
  name: "bench_states",
  types: new Set(executionEvents.map(({ type }) => type)),
  knownVersions: Object.fromEntries(executionEvents.map(({ type, version }) => [type, version])),
  onPoison: "park",
  fold: (event) => {
    const decoded = codec.decode(event);
    if (!decoded.ok) throw new Error(decoded.message);
    return { stream: event.stream, status: decoded.event.type };
  },
  write: async (changes, client) => {
    const last = new Map(changes.map(({ stream, status }) => [stream, status]));
    await client.query({
      name: "bench_states",
      text: `insert into bench_states select * from unnest($1::uuid[], $2::text[])
             on conflict (stream) do update set status = excluded.status`,
      values: [[...last.keys()], [...last.values()]],
    });
  },
};

function repeat(events: number, once: () => void): Promise<number> {
  const times = events / eventsPerExecution;
  for (let warm = 0; warm < Math.min(times, 2_000); warm += 1) once();
  return timed(() => {
    for (let index = 0; index < times; index += 1) once();
    return Promise.resolve();
  });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}

function assertAll(found: number, expected: number): void {
  if (found !== expected) throw new Error(`${found} events were read of ${expected}.`);
}
