// Read model behind the planner: one row a wedding, what it means for the load. Folded from the log and kept in the database, so
// that a new leader plans at once, however long the log is and however many weddings there are.
import type { Projection, Row } from "@wedsync/event-log";
import {
  weddingDemandChange,
  weddingDemandRow,
  weddingDemandTable,
  weddingDemandVersions,
  type WeddingDemandChange,
} from "@wedsync/scheduler";
import type { PoolClient } from "pg";

const columns = Object.entries(weddingDemandTable.columns);
const names = columns.map(([name]) => name);

export function weddingDemandProjection(schema: string): Projection<WeddingDemandChange, PoolClient> {
  const table = `${schema}.${weddingDemandTable.name}`;
  return {
    name: weddingDemandTable.name,
    types: new Set(Object.keys(weddingDemandVersions)),
    knownVersions: weddingDemandVersions,
    onPoison: "park",
    fold: weddingDemandChange,
    write: async (changes, client) => {
      const before = await client.query<Row>({
        name: "demand_before",
        text: `select ${names.join(", ")} from ${table} where wedding = any($1::uuid[])`,
        values: [[...new Set(changes.map(({ wedding }) => wedding))]],
      });
      const known = new Map(before.rows.map((row) => [String(row["wedding"]), row]));
      const changed = new Map<string, Row>();
      for (const change of changes) {
        const row = known.get(change.wedding);
        const after = weddingDemandRow(row, change);
        if (after === undefined || after === row) continue;
        known.set(change.wedding, after);
        changed.set(change.wedding, after);
      }
      if (changed.size === 0) return;
      const rows = [...changed.values()];
      await client.query({
        name: "demand_put",
        text: `insert into ${table} (${names.join(", ")})
               select * from unnest(${columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(", ")})
               on conflict (wedding) do update set ${names.map((name) => `${name} = excluded.${name}`).join(", ")}`,
        values: names.map((name) => rows.map((row) => row[name])),
      });
    },
  };
}
