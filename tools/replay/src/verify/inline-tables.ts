// The inline tables folded again from the log and compared with the live ones, row by row.
import type { LogSnapshot, SnapshotTable } from "@wedsync/adapter-postgres/log-snapshot";
import { guardTable, type InlineTable, type Row, type RowOperation } from "@wedsync/event-log";
import { attentionTable, openAttemptTable, pendingRow, pendingTable, type PendingItem } from "@wedsync/scheduler";
import { Check } from "./finding.js";
import { rowText } from "./row-digest.js";

/** Tables whose rows are kept here; the pending rows are kept by the replay of the decisions. */
const kept = [guardTable, openAttemptTable, attentionTable];

export class InlineTables {
  readonly #rows = new Map(kept.map((table) => [table.name, { table, rows: new Map<string, Row>() }]));

  see(operations: readonly RowOperation[]): void {
    for (const operation of operations) {
      const found = this.#rows.get(operation.table);
      if (found === undefined) continue;
      if (operation.op === "delete") found.rows.delete(operation.key);
      else found.rows.set(String(operation.row[found.table.key]), operation.row);
    }
  }

  /** Compares every table; rows are forgotten on the way. */
  async compare(snapshot: LogSnapshot, pending: Iterable<PendingItem>): Promise<Check[]> {
    const items = new Map<string, PendingItem>();
    for (const item of pending) items.set(item.execution, item);
    const checks = [await compareTable(snapshot, pendingTable, items, pendingRow)];
    for (const { table, rows } of this.#rows.values())
      checks.push(await compareTable(snapshot, table, rows, (row) => row));
    return checks;
  }
}

/** Takes what is found out of `expected`; what is left in the end is missing. */
async function compareTable<Kept>(
  snapshot: LogSnapshot,
  table: InlineTable,
  expected: Map<string, Kept>,
  rowOf: (kept: Kept) => Row,
): Promise<Check> {
  const check = new Check(table.name);
  const refolded = expected.size;
  let live = 0;
  for await (const rows of snapshot.rows(table)) {
    for (const row of rows) {
      live += 1;
      const key = String(row[table.key]);
      const wanted = expected.get(key);
      expected.delete(key);
      if (wanted === undefined)
        check.add("row_extra", `${table.name} ${key}: the row is there, the log knows of none.`);
      else nameDifference(check, table, key, row, rowOf(wanted));
    }
  }
  for (const key of expected.keys()) check.add("row_missing", `${table.name} ${key}: the row is missing.`);
  check.summary = `${live} live rows, ${refolded} from the log`;
  return check;
}

/** Names the first column that differs. */
export function nameDifference(check: Check, table: SnapshotTable, key: string, live: Row, refolded: Row): void {
  if (rowText(table, live) === rowText(table, refolded)) return;
  const column = Object.keys(table.columns).find((name) => (live[name] ?? null) !== (refolded[name] ?? null)) ?? "";
  check.add(
    "row_differs",
    `${table.name} ${key}: ${column} is ${String(live[column])}, the log says ${String(refolded[column])}.`,
  );
}
