// Invariants 19, 37 and 53: what the platform keeps beside the log is what the log says.
import { combineInline, type InlineEvent, type Row } from "@wedsync/event-log";
import { schedulerInline } from "@wedsync/scheduler";
import type { TableRow, Tables } from "../evidence/rows.js";
import { finding, type Finding } from "./finding.js";
import { type Case } from "./history.js";
import { onceALog } from "./once-a-log.js";

const inline = combineInline([schedulerInline]);
type InlineName = "pending" | "open_attempt" | "attention" | "guard";
const names: readonly InlineName[] = ["pending", "open_attempt", "attention", "guard"];

/** The inline tables folded again from the whole log, by their keys. */
export const refold = onceALog((events): Readonly<Record<string, ReadonlyMap<string, Row>>> => {
  const keys = new Map(inline.tables.map((table) => [table.name, table.key]));
  const tables: Record<string, Map<string, Row>> = Object.fromEntries(names.map((name) => [name, new Map()]));
  for (const { eventId, stream, version, ...event } of events) {
    const folded = { ...event, id: eventId, stream, streamVersion: version } as unknown as InlineEvent;
    for (const operation of inline.fold(folded)) {
      const rows = tables[operation.table];
      if (operation.op === "delete") rows?.delete(operation.key);
      else rows?.set(String(operation.row[keys.get(operation.table) ?? ""]), operation.row);
    }
  }
  return tables;
});

/** A row as one text, whatever a driver made of its numbers. */
function textOf(table: string, row: TableRow): string {
  const columns = Object.keys(inline.tables.find((found) => found.name === table)?.columns ?? {});
  return JSON.stringify(columns.map((column) => (row[column] === null ? null : String(row[column]))));
}

function differences(found: Case): readonly unknown[] {
  const folded = refold(found.events);
  return names.flatMap((table) => {
    const live = new Set(found.tables[table].map((row) => textOf(table, row)));
    const wanted = new Set([...(folded[table]?.values() ?? [])].map((row) => textOf(table, row)));
    return [
      ...[...live].filter((row) => !wanted.has(row)).map((row) => ({ table, only: "live", row })),
      ...[...wanted].filter((row) => !live.has(row)).map((row) => ({ table, only: "refolded", row })),
    ];
  });
}

/** Pending rows whose wedding has a newer schedule, or none any more. */
function stale({ pending, guard }: Tables): readonly unknown[] {
  const schedules = new Map(guard.map((row) => [String(row["key"]), String(row["value"])]));
  return pending.flatMap((row) => {
    const known = schedules.get(`wedding:${String(row["wedding_stream"])}`);
    const version = String(row["schedule_version"]);
    return known === version ? [] : [{ execution: row["execution"], version, known }];
  });
}

export function checkTables(found: Case): readonly Finding[] {
  const { tables, drainedAt, workers } = found;
  return [
    finding(19, "after the drain nothing is open: no attempt, no due work, no lease of a dead worker", [
      ...tables.open_attempt,
      ...tables.pending.filter((row) => row["held"] !== true && Number(row["due_at"]) <= drainedAt),
      ...(tables.worker.length === workers ? [] : [{ leases: tables.worker.length, workers }]),
    ]),
    finding(37, "index, open attempts, attention list and guards equal their refold from the log", differences(found)),
    finding(53, "no pending work has an old schedule of its wedding", stale(tables)),
  ];
}
