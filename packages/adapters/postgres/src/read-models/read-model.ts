// What an author of a read model writes: pure functions over single rows. Where the rows live is the store's business, so
// that two generations of a model can be built side by side.
import type { ColumnValue, RecordedEvent } from "@wedsync/event-log";
import type { ModelTable } from "./tenant-table.js";

/** A row by column. Dates are `YYYY-MM-DD`; int8 values are safe integers. */
export type ModelRow = Readonly<Record<string, ColumnValue>>;

export interface ReadModel<Change = unknown> {
  /** Lower-case letters, digits and underscores; the name that queries use. */
  readonly name: string;
  /** Raised when the table or the meaning of an event changes: a newer build makes a generation of its own. */
  readonly version: number;
  /** Its key is one column: the row that a change belongs to. */
  readonly table: ModelTable;
  readonly types: ReadonlySet<string>;
  readonly knownVersions: Readonly<Record<string, number>>;
  readonly onPoison: "park" | "stop";
  /** What the event changes; undefined for nothing. Throwing means poison. */
  fold(event: RecordedEvent): Change | undefined;
  keyOf(change: Change): string;
  /**
   * The row after a change. Pure and total. A change that the row has seen already must give the same row again.
   * undefined: there is no such row, and there will be none.
   */
  apply(row: ModelRow | undefined, change: Change): ModelRow | undefined;
}

/** Name of a generation: of its table and of its checkpoint. */
export const generationName = (model: string, generation: number): string => `${model}_g${generation}`;
