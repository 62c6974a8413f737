// Reads what is left in the database when the run is over.
import { readFile } from "node:fs/promises";
import { openPostgresLog } from "@wedsync/adapter-postgres";
import { schedulerInline } from "@wedsync/scheduler";
import type { Pool } from "pg";
import type { EventRow, TableRow, Tables } from "./rows.js";

const page = 20_000;
const settingNames = ["fsync", "full_page_writes", "synchronous_commit"];

/** The whole log, as it lies in its table. */
export async function readEvents(pool: Pool): Promise<readonly EventRow[]> {
  const events: EventRow[] = [];
  for (let after = 0; ;) {
    const { rows } = await pool.query<Record<string, unknown>>(
      `select position, stream, version, category, type, schema_version, event_id, leader_epoch,
              (extract(epoch from recorded_at) * 1000)::int8 as recorded_at, meta, data
         from wedsync.events where position > $1 order by position limit ${page}`,
      [after],
    );
    for (const row of rows)
      events.push({
        position: Number(row["position"]),
        stream: String(row["stream"]),
        version: Number(row["version"]),
        category: String(row["category"]),
        type: String(row["type"]),
        schemaVersion: Number(row["schema_version"]),
        eventId: String(row["event_id"]),
        leaderEpoch: row["leader_epoch"] === null ? null : Number(row["leader_epoch"]),
        recordedAt: Number(row["recorded_at"]),
        meta: row["meta"] as EventRow["meta"],
        data: row["data"] as EventRow["data"],
      });
    if (rows.length < page) return events;
    after = events.at(-1)?.position ?? 0;
  }
}

export async function readTables(pool: Pool): Promise<Tables> {
  const all = async (text: string): Promise<readonly TableRow[]> => (await pool.query<TableRow>(text)).rows;
  return {
    pending: await all("select * from wedsync.pending order by execution"),
    open_attempt: await all("select * from wedsync.open_attempt order by execution"),
    attention: await all("select * from wedsync.attention order by execution"),
    guard: await all("select * from wedsync.guard order by key"),
    worker: await all("select * from wedsync.worker order by incarnation"),
    parked: await all("select * from wedsync.parked_stream order by stream"),
  };
}

/** As a new session of the application finds them. */
export async function readSettings(pool: Pool): Promise<Readonly<Record<string, string>>> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    "select name, setting from pg_settings where name = any($1)",
    [settingNames],
  );
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
}

/** Appends to a stream that does not exist as if it had four events already; nothing may be written. */
export async function appendAhead(connectionString: string, stream: string, id: string): Promise<string> {
  const log = openPostgresLog({ connectionString, inline: schedulerInline });
  try {
    const result = await log.append({
      class: "bulk",
      meta: { source: "/chaos", time: Date.now(), correlationId: id, actor: "system:chaos", region: "chaos" },
      streams: [
        {
          category: "probe",
          stream,
          expectedVersion: 4,
          events: [{ id, type: "Probe", schemaVersion: 1, data: {} }],
        },
      ],
    });
    return result.ok ? "written" : result.code;
  } finally {
    await log.close();
  }
}

/** Rows of a file that was written line by line; a last line without its end is left out. */
export async function readLines<Row>(file: string): Promise<readonly Row[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Row]));
}
