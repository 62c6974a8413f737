// How one thing in a run's evidence is made wrong.
import type { EventRow, Evidence, TableRow } from "../../evidence/rows.js";

export interface Falsification {
  readonly what: string;
  /** Invariants that must turn red, others may. */
  readonly expected: readonly number[];
  falsify(evidence: Evidence): Evidence;
}

/** @throws Error when there is no such thing in the evidence: then the falsification would prove nothing */
export function indexOf<Row>(rows: readonly Row[], wanted: (row: Row) => boolean): number {
  const index = rows.findIndex(wanted);
  if (index === -1) throw new Error("The evidence holds nothing to falsify.");
  return index;
}

/** The first row of a kind. @throws Error when there is none */
export const firstOf = <Row>(rows: readonly Row[], wanted: (row: Row) => boolean): Row =>
  rows[indexOf(rows, wanted)] as Row;

export const isType =
  (type: string) =>
  (event: EventRow): boolean =>
    event.type === type;

/** Another event in the place of one. */
export const withEvent = (
  evidence: Evidence,
  wanted: (event: EventRow) => boolean,
  change: (event: EventRow) => EventRow,
): Evidence => {
  const index = indexOf(evidence.events, wanted);
  return { ...evidence, events: evidence.events.map((event, at) => (at === index ? change(event) : event)) };
};

/** Other data in the first event of a type. */
export const withData = (
  evidence: Evidence,
  type: string,
  change: (data: EventRow["data"], event: EventRow) => EventRow["data"],
): Evidence => withEvent(evidence, isType(type), (event) => ({ ...event, data: change(event.data, event) }));

export const withTable = (
  evidence: Evidence,
  table: "pending" | "guard" | "open_attempt",
  change: (rows: readonly TableRow[]) => readonly TableRow[],
): Evidence => ({ ...evidence, tables: { ...evidence.tables, [table]: change(evidence.tables[table]) } });
