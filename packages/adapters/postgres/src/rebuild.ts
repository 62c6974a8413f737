// Rebuilds the inline tables from the log. The new rows are made beside the live ones; only the last stretch of the log and
// the exchange happen under the log's lock, so writers wait for moments and not for the length of the history.
import {
  combineInline,
  lastPerRow,
  logError,
  type InlineProjection,
  type InlineTable,
  type RecordedEvent,
  type RowOperation,
} from "@wedsync/event-log";
import { Client } from "pg";
import { appendLock } from "./append-function.js";
import { eventColumns, toRecordedEvent, type EventRow } from "./event-row.js";
import { findLostTail, lostTailText } from "./lost-tail.js";

export interface RebuildOptions {
  /** Connection of the schema's owner. */
  readonly connectionString: string;
  readonly schema?: string;
  readonly inline: InlineProjection;
  /**
   * Tables of the log's own schema that a projection of the same name fills. One that has read what the log does not hold (it was
   * adopted since) is emptied: its projection folds it anew.
   */
  readonly readModels?: readonly string[];
  /** Throws when this build cannot read an event: a fold that skips it would lose rows. */
  readonly assertReadable: (event: RecordedEvent) => void;
  readonly onProgress?: (events: number, head: number) => void;
  readonly signal?: AbortSignal;
}

export interface RebuiltTable {
  readonly table: string;
  /** Rows after the rebuild. */
  readonly rows: number;
  /** Order-independent digests of the live table before, and of what the log gives. */
  readonly before: string;
  readonly after: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

export interface Rebuild {
  readonly events: number;
  readonly tables: readonly RebuiltTable[];
  /** Read models that were emptied, to be folded anew. */
  readonly emptied: readonly string[];
}

const page = 10_000;

/**
 * Folds the whole log into the inline tables, in one transaction.
 * @throws LogError `log_gap` at a gap, `log_truncated` when the log lost its newest events or all of them; whatever `assertReadable` throws. Nothing is changed then.
 */
export async function rebuildInline(options: RebuildOptions): Promise<Rebuild> {
  const schema = options.schema ?? "wedsync";
  const { tables, fold } = combineInline([options.inline]);
  const client = new Client({ connectionString: options.connectionString, application_name: "wedsync-rebuild" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("begin");
    await assertWhole(client, schema, tables);
    for (const { name } of tables)
      await client.query(
        `create temp table "rebuilt_${name}" (like ${schema}."${name}" including constraints including indexes) on commit drop`,
      );
    const reached = await foldFrom(client, schema, tables, fold, options, 0n);
    await client.query("select pg_advisory_xact_lock($1)", [appendLock]);
    const end = await foldFrom(client, schema, tables, fold, options, reached);
    const rebuilt: RebuiltTable[] = [];
    for (const table of tables) rebuilt.push(await exchange(client, schema, table));
    const emptied: string[] = [];
    for (const name of options.readModels ?? []) if (await emptyIfForeign(client, schema, name)) emptied.push(name);
    await client.query("commit");
    return { events: Number(end), tables: rebuilt, emptied };
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}

/** Rows of events that are gone must not be taken away: they are the only trace that is left of them. */
async function assertWhole(client: Client, schema: string, tables: readonly InlineTable[]): Promise<void> {
  const lost = await findLostTail(client, schema);
  if (lost !== undefined)
    throw logError("log_truncated", `${lostTailText(lost)} Nothing was rebuilt.`, { head: lost.head.toString() });
  const { rows } = await client.query(`select from ${schema}.events limit 1`);
  if (rows.length > 0) return;
  for (const { name } of tables) {
    const { rowCount } = await client.query(`select from ${schema}."${name}" limit 1`);
    if (rowCount !== 0)
      throw logError(
        "log_truncated",
        `The log is empty and ${name} is not: restore the log first. Nothing was rebuilt.`,
        {
          table: name,
        },
      );
  }
}

/** Empties a read model whose checkpoint stands on an event that the log does not hold. */
async function emptyIfForeign(client: Client, schema: string, name: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `update ${schema}.projection p set epoch = 0, position = 0, generation = generation + 1
      where name = $1 and position > 0
        and not exists (select from ${schema}.events e where e.position = p.position and e.epoch = p.epoch)`,
    [name],
  );
  if (rowCount === 0) return false;
  await client.query(`truncate ${schema}."${name}"`);
  await client.query(`delete from ${schema}.parked_stream where projection = $1`, [name]);
  return true;
}

async function foldFrom(
  client: Client,
  schema: string,
  tables: readonly InlineTable[],
  fold: InlineProjection["fold"],
  { assertReadable, onProgress, signal }: RebuildOptions,
  after: bigint,
): Promise<bigint> {
  const { rows } = await client.query<{ head: string }>(
    `select coalesce(max(position), 0) as head from ${schema}.events`,
  );
  const head = BigInt(rows[0]?.head ?? "0");
  let last = after;
  while (last < head) {
    signal?.throwIfAborted();
    const found = await client.query<EventRow>(
      `select ${eventColumns} from ${schema}.events where position > $1 and position <= $2 order by position limit ${page}`,
      [last.toString(), head.toString()],
    );
    const operations: RowOperation[] = [];
    for (const event of found.rows.map(toRecordedEvent)) {
      if (event.position !== last + 1n) throw missing(last + 1n);
      assertReadable(event);
      last = event.position;
      operations.push(...fold(event));
    }
    if (found.rows.length === 0) throw missing(last + 1n);
    await write(client, tables, lastPerRow(tables, operations));
    onProgress?.(Number(last), Number(head));
  }
  return last;
}

const missing = (position: bigint): Error =>
  logError("log_gap", `Position ${position} is missing; nothing was rebuilt. Restore the log first.`, {
    expected: position.toString(),
  });

async function write(
  client: Client,
  tables: readonly InlineTable[],
  operations: readonly RowOperation[],
): Promise<void> {
  for (const table of tables) {
    const columns = Object.entries(table.columns);
    const puts = operations.flatMap((each) => (each.table === table.name && each.op === "put" ? [each.row] : []));
    const deletes = operations.flatMap((each) => (each.table === table.name && each.op === "delete" ? [each.key] : []));
    if (puts.length > 0) {
      const arrays = columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(", ");
      const others = columns.filter(([name]) => name !== table.key);
      await client.query(
        `insert into "rebuilt_${table.name}" (${columns.map(([name]) => `"${name}"`).join(", ")}) select * from unnest(${arrays})
         on conflict ("${table.key}") do update set ${others.map(([name]) => `"${name}" = excluded."${name}"`).join(", ")}`,
        columns.map(([name]) => puts.map((row) => row[name] ?? null)),
      );
    }
    if (deletes.length > 0)
      await client.query(
        `delete from "rebuilt_${table.name}" where "${table.key}" = any($1::${table.columns[table.key] ?? "text"}[])`,
        [deletes],
      );
  }
}

/** Makes the live table equal to the rebuilt one, touching only what differs. */
async function exchange(client: Client, schema: string, table: InlineTable): Promise<RebuiltTable> {
  const live = `${schema}."${table.name}"`;
  const made = `"rebuilt_${table.name}"`;
  const key = `"${table.key}"`;
  const names = Object.keys(table.columns).map((name) => `"${name}"`);
  const before = await digest(client, live, names);
  const after = await digest(client, made, names);
  const change = async (sql: string): Promise<number> => (await client.query(sql)).rowCount ?? 0;
  const removed = await change(
    `delete from ${live} l where not exists (select from ${made} m where m.${key} = l.${key})`,
  );
  const row = (alias: string): string => `(${names.map((name) => `${alias}.${name}`).join(", ")})`;
  const changed = await change(
    `update ${live} l set ${names.map((name) => `${name} = m.${name}`).join(", ")} from ${made} m
      where m.${key} = l.${key} and ${row("m")} is distinct from ${row("l")}`,
  );
  const added = await change(
    `insert into ${live} (${names.join(", ")}) select ${names.join(", ")} from ${made} m
      where not exists (select from ${live} l where l.${key} = m.${key})`,
  );
  return { table: table.name, rows: after.rows, before: before.text, after: after.text, added, removed, changed };
}

async function digest(
  client: Client,
  table: string,
  names: readonly string[],
): Promise<{ readonly rows: number; readonly text: string }> {
  const { rows } = await client.query<{ n: string; sum: string }>(
    `select count(*) as n, coalesce(sum(hashtextextended(row(${names.join(", ")})::text, 0)::numeric), 0)::text as sum from ${table}`,
  );
  return { rows: Number(rows[0]?.n ?? 0), text: `${rows[0]?.n ?? "0"}:${rows[0]?.sum ?? "0"}` };
}
