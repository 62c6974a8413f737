// Reads of the inline tables: what a dispatcher starts from, what a sweeper and a follower look for, what people are shown.
import type { InlineTable, Row } from "@wedsync/event-log";
import type { Pool } from "pg";
import { inTransaction } from "./transaction.js";

export interface OpenAttemptRow {
  readonly execution: string;
  readonly attempt: number;
  readonly worker: string;
  readonly handover: string;
}

export interface AttentionRow {
  readonly execution: string;
  readonly kind: "held" | "uncertain" | "dead";
  readonly vendor: string;
  readonly code: string;
  readonly since: number;
}

export interface IndexReader {
  /**
   * Head position, due items and guards of a kind in one snapshot; of items at most `perTier` of each tier, earliest
   * deadline first.
   */
  snapshot(options: {
    readonly dueBefore: number;
    readonly perTier: number;
    readonly now: number;
    /** What the keys of the wanted guards begin with. */
    readonly guards: string;
  }): Promise<{
    readonly head: bigint;
    readonly items: readonly Row[];
    /** Keys of the guards. */
    readonly guards: readonly string[];
  }>;
  /** Rows of one inline table by their keys. */
  rowsOf(table: InlineTable, keys: readonly string[]): Promise<readonly Row[]>;
  pendingOf(executions: readonly string[]): Promise<readonly Row[]>;
  pendingOfWedding(weddingStream: string): Promise<readonly Row[]>;
  /** Streams of weddings whose pending work was computed from an older schedule. */
  staleWeddings(): Promise<readonly string[]>;
  openAttempts(): Promise<readonly OpenAttemptRow[]>;
  attention(options: {
    readonly kind?: string;
    readonly vendor?: string;
    readonly after?: string;
    readonly limit: number;
  }): Promise<readonly AttentionRow[]>;
  /** Guard rows whose key begins with a prefix. */
  guards(prefix: string): Promise<readonly { readonly key: string; readonly value: string }[]>;
  /** Streams of a category that has few, in the order of their names; not for executions or decisions. */
  streamsOf(category: string): Promise<readonly string[]>;
  counts(now: number): Promise<{
    readonly scheduled: number;
    readonly waiting: number;
    readonly running: number;
    readonly held: number;
    readonly uncertain: number;
    readonly dead: number;
    /** Due instant of the oldest waiting item, epoch milliseconds. */
    readonly oldestDue: number | null;
    readonly dueBefore: (instant: number) => Promise<number>;
  }>;
}

const tierExpression = `case
  when $2 >= critical_until then default_tier
  when $2 >= critical_from then 'critical'
  when $2 >= high_from and default_tier <> 'critical' then 'high'
  else default_tier end`;

export function createIndexReader({ pool, schema }: { readonly pool: Pool; readonly schema: string }): IndexReader {
  return {
    snapshot: async ({ dueBefore, perTier, now, guards }) =>
      await inTransaction(
        pool,
        async (client) => {
          const head = await client.query<{ head: string }>(
            `select coalesce(max(position), 0) as head from ${schema}.events`,
          );
          const { rows } = await client.query<Row & { rank: string }>(
            `select * from (
               select p.*, row_number() over (partition by ${tierExpression} order by deadline, execution) as rank
                 from ${schema}.pending p where due_at <= $1 and not held
             ) ranked where rank <= $3`,
            [dueBefore, now, perTier],
          );
          const keys = await client.query<{ key: string }>(
            `select key from ${schema}.guard where key >= $1 and key < $2 order by key`,
            [guards, `${guards}\u{10FFFF}`],
          );
          return {
            head: BigInt(head.rows[0]?.head ?? "0"),
            items: rows,
            guards: keys.rows.map((row) => row.key),
          };
        },
        "isolation level repeatable read read only",
      ),
    rowsOf: async ({ name, key, columns }, keys) => {
      const { rows } = await pool.query<Row>(
        `select * from ${schema}."${name}" where "${key}" = any($1::${columns[key] ?? "text"}[])`,
        [keys],
      );
      return rows;
    },
    pendingOf: async (executions) => {
      const { rows } = await pool.query<Row>(`select * from ${schema}.pending where execution = any($1::uuid[])`, [
        executions,
      ]);
      return rows;
    },
    pendingOfWedding: async (weddingStream) => {
      const { rows } = await pool.query<Row>(
        `select * from ${schema}.pending where wedding_stream = $1 order by execution`,
        [weddingStream],
      );
      return rows;
    },
    staleWeddings: async () => {
      const { rows } = await pool.query<{ wedding_stream: string }>(
        `select distinct p.wedding_stream from ${schema}.pending p
           join ${schema}.guard g on g.key = 'wedding:' || p.wedding_stream::text
          where g.value <> p.schedule_version::text`,
      );
      return rows.map((row) => row.wedding_stream);
    },
    openAttempts: async () => {
      const { rows } = await pool.query<OpenAttemptRow>(
        `select execution, attempt, worker, handover from ${schema}.open_attempt`,
      );
      return rows;
    },
    attention: async ({ kind, vendor, after, limit }) => {
      const { rows } = await pool.query<Omit<AttentionRow, "since"> & { since: string }>(
        `select execution, kind, vendor, code, since from ${schema}.attention
          where ($1::text is null or kind = $1) and ($2::text is null or vendor = $2) and ($3::uuid is null or execution > $3)
          order by execution limit $4`,
        [kind ?? null, vendor ?? null, after ?? null, limit],
      );
      return rows.map((row) => ({ ...row, since: Number(row.since) }));
    },
    guards: async (prefix) => {
      const { rows } = await pool.query<{ key: string; value: string }>(
        `select key, value from ${schema}.guard where key >= $1 and key < $2 order by key`,
        [prefix, `${prefix}\u{10FFFF}`],
      );
      return rows;
    },
    streamsOf: async (category) => {
      const { rows } = await pool.query<{ stream: string }>(
        `select stream from ${schema}.events
          where version = 1 and category = $1 and category not in ('execution', 'dispatch') order by stream`,
        [category],
      );
      return rows.map((row) => row.stream);
    },
    counts: async (now) => {
      const { rows } = await pool.query<Record<string, string | null>>(
        `select (select count(*) from ${schema}.pending where not held and due_at > $1) as scheduled,
                (select count(*) from ${schema}.pending where not held and due_at <= $1) as waiting,
                (select min(due_at) from ${schema}.pending where not held and due_at <= $1) as oldest_due,
                (select count(*) from ${schema}.open_attempt) as running,
                (select count(*) from ${schema}.attention where kind = 'held') as held,
                (select count(*) from ${schema}.attention where kind = 'uncertain') as uncertain,
                (select count(*) from ${schema}.attention where kind = 'dead') as dead`,
        [now],
      );
      const count = (name: string): number => Number(rows[0]?.[name] ?? 0);
      const oldest = rows[0]?.["oldest_due"] ?? null;
      return {
        scheduled: count("scheduled"),
        waiting: count("waiting"),
        running: count("running"),
        held: count("held"),
        uncertain: count("uncertain"),
        dead: count("dead"),
        oldestDue: oldest === null ? null : Number(oldest),
        dueBefore: async (instant) => {
          const due = await pool.query<{ n: string }>(
            `select count(*) as n from ${schema}.pending where not held and due_at <= $1`,
            [instant],
          );
          return Number(due.rows[0]?.n ?? 0);
        },
      };
    },
  };
}
