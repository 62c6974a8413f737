// The canonical digest of a read model's table: equal rows give equal digests on any machine, whatever order they were
// written in. Rows stream in key order, so that the size of a table is no limit.
import { createHash } from "node:crypto";
import type { Pool } from "pg";
import { generationName, type ReadModel } from "./read-model.js";
import type { ModelColumnType } from "./tenant-table.js";
import { inTransaction } from "../transaction.js";

export interface ModelDigest {
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
  readonly rows: number;
  /** The checkpoint the rows belong to, read in the same snapshot. */
  readonly epoch: number;
  readonly position: bigint;
}

const page = 5_000;

/** Dates as days since 1970, all else as Postgres writes it: none of these texts depends on a setting. */
const asText = (column: string, type: ModelColumnType): string =>
  type === "date" ? `("${column}" - date '1970-01-01')::text` : `"${column}"::text`;
/** Text is ordered by its bytes: a collation differs between servers. */
const asKey = (column: string, type: ModelColumnType): string =>
  type === "text" ? `"${column}" collate "C"` : `"${column}"`;

/** Digests one generation of a read model, with the rights of the role that owns it. */
export async function digestGeneration(
  { pool, schema }: { readonly pool: Pool; readonly schema: string },
  model: Pick<ReadModel, "name" | "table">,
  generation: number,
): Promise<ModelDigest> {
  const name = generationName(model.name, generation);
  const { columns, key } = model.table;
  const typeOf = (column: string): ModelColumnType => columns[column] ?? "text";
  const order = key.map((column) => asKey(column, typeOf(column))).join(", ");
  const names = Object.keys(columns).toSorted();
  const texts = names.map((column) => `${asText(column, typeOf(column))} as "${column}"`).join(", ");
  const keys = key.map((column, index) => `"${column}"::text as "key ${index}"`).join(", ");
  const after = key.map((column, index) => `$${index + 1}::text::${typeOf(column)}`).join(", ");
  const hash = createHash("sha256").update(`${JSON.stringify(names)}\n`);
  return await inTransaction(pool, async (client) => {
    await client.query("set transaction isolation level repeatable read, read only");
    const checkpoint = await client.query<{ epoch: number; position: string }>(
      `select epoch, position from ${schema}.projection where name = $1`,
      [name],
    );
    let last: readonly string[] | undefined;
    let count = 0;
    for (;;) {
      const { rows } = await client.query<Readonly<Record<string, string | null>>>(
        `select ${texts}, ${keys} from ${schema}."${name}" ${last === undefined ? "" : `where (${order}) > (${after})`}
          order by ${order} limit ${page}`,
        last === undefined ? [] : [...last],
      );
      for (const row of rows) hash.update(`${JSON.stringify(names.map((column) => row[column] ?? null))}\n`);
      count += rows.length;
      const end = rows.at(-1);
      if (end === undefined || rows.length < page) break;
      last = key.map((_, index) => end[`key ${index}`] ?? "");
    }
    const { epoch = 0, position = "0" } = checkpoint.rows[0] ?? {};
    return { sha256: hash.digest("hex"), rows: count, epoch, position: BigInt(position) };
  });
}
