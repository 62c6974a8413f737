// State written in the same transaction as the event that changes it: indexes and guards that the next append must see.
// The fold is pure and lives with its domain; the store executes the row operations and knows no event name.
import type { JsonObject, Metadata } from "./envelope.js";

export type ColumnType = "uuid" | "text" | "int4" | "int8" | "bool";
/** int8 values are safe integers (epoch milliseconds); null where the column may be empty. */
export type ColumnValue = string | number | boolean | null;
export type Row = Readonly<Record<string, ColumnValue>>;

/** A table owned by an inline projection, described as data so that any store can create it. */
export interface InlineTable {
  readonly name: string;
  /** Name of the single key column. A key belongs to one stream: two streams never write the same row. */
  readonly key: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly indexes?: readonly InlineIndex[];
}

export interface InlineIndex {
  readonly name: string;
  readonly columns: readonly string[];
}

export type RowOperation =
  | { readonly op: "put"; readonly table: string; readonly row: Row }
  | { readonly op: "delete"; readonly table: string; readonly key: string };

/** What a fold may look at: everything known before the event has its position. */
export interface InlineEvent {
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly category: string;
  readonly stream: string;
  readonly streamVersion: number;
  readonly data: JsonObject;
  readonly meta: Metadata;
}

/**
 * A fold must be total: it never throws, and an event it does not know changes nothing. An exception here would refuse
 * the append of a fact that has already been decided.
 */
export interface InlineProjection {
  readonly tables: readonly InlineTable[];
  fold(event: InlineEvent): readonly RowOperation[];
}

/** The table that guards are checked against; folds of any domain may write rows `{key, value}` to it. */
export const guardTable: InlineTable = {
  name: "guard",
  key: "key",
  columns: { key: "text", value: "text" },
};

/** Several projections as one: tables side by side, folds in order. */
export function combineInline(projections: readonly InlineProjection[]): InlineProjection {
  const tables = new Map<string, InlineTable>([[guardTable.name, guardTable]]);
  for (const projection of projections) {
    for (const table of projection.tables) tables.set(table.name, table);
  }
  return {
    tables: [...tables.values()],
    fold: (event) => projections.flatMap((projection) => projection.fold(event)),
  };
}

/** The last operation per row wins: an append changes each row once. */
export function lastPerRow(
  tables: readonly InlineTable[],
  operations: readonly RowOperation[],
): readonly RowOperation[] {
  const keys = new Map(tables.map((table) => [table.name, table.key]));
  const last = new Map<string, RowOperation>();
  for (const operation of operations) {
    const key = operation.op === "delete" ? operation.key : String(operation.row[keys.get(operation.table) ?? ""]);
    last.set(`${operation.table}/${key}`, operation);
  }
  return [...last.values()];
}
