// Stores a batch of changes with two statements: the rows as they are, and the rows as they become. The checkpoint's lock
// lets one runner of a generation through at a time, so nobody writes in between.
import type { ColumnValue } from "@wedsync/event-log";
import type { PoolClient } from "pg";
import type { ModelRow, ReadModel } from "./read-model.js";
import type { ModelColumnType } from "./tenant-table.js";

type Texts = Readonly<Record<string, string | null>>;

/** Applies the changes in order to the rows they belong to. */
export async function storeRows<Change>(
  model: ReadModel<Change>,
  changes: readonly Change[],
  client: PoolClient,
  relation: string,
): Promise<void> {
  const { columns, key } = model.table;
  const [keyColumn] = key;
  if (keyColumn === undefined || key.length !== 1)
    throw new Error(`The read model ${model.name} needs a key of one column.`);
  const names = Object.keys(columns);
  const keys = [...new Set(changes.map((change) => model.keyOf(change)))];
  const stored = await client.query<Texts>(
    `select ${names.map((name) => `"${name}"::text`).join(", ")} from ${relation}
      where "${keyColumn}" = any($1::${columns[keyColumn] ?? "text"}[])`,
    [keys],
  );
  const rows = new Map<string, ModelRow | undefined>(
    stored.rows.map((texts) => [texts[keyColumn] ?? "", fromTexts(texts, columns)]),
  );
  const touched = new Map<string, ModelRow>();
  for (const change of changes) {
    const id = model.keyOf(change);
    const before = rows.get(id);
    const after = model.apply(before, change);
    rows.set(id, after);
    if (after !== undefined && after !== before) touched.set(id, after);
  }
  if (touched.size === 0) return;
  const values = [...touched.values()];
  const arrays = names.map((name, index) => `$${index + 1}::${arrayType(columns[name] ?? "text")}[]`);
  const others = names.filter((name) => name !== keyColumn);
  await client.query(
    `insert into ${relation} (${names.map((name) => `"${name}"`).join(", ")})
     select * from unnest(${arrays.join(", ")})
     on conflict ("${keyColumn}") do update set ${others.map((name) => `"${name}" = excluded."${name}"`).join(", ")}`,
    names.map((name) => values.map((row) => row[name] ?? null)),
  );
}

const arrayType = (type: ModelColumnType): string => (type === "bool" ? "boolean" : type);

function fromTexts(texts: Texts, columns: Readonly<Record<string, ModelColumnType>>): ModelRow {
  return Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, valueOf(texts[name] ?? null, type)]));
}

function valueOf(text: string | null, type: ModelColumnType): ColumnValue {
  if (text === null) return null;
  if (type === "int4" || type === "int8") return Number(text);
  return type === "bool" ? text === "true" : text;
}
