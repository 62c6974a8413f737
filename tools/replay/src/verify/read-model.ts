// A read model that can be rebuilt and compared: what its author says about it. New ones are added to `readModels`.
import { createCodec } from "@wedsync/contracts";
import { executionEvents } from "@wedsync/contracts/scheduler";
import type { InlineTable, RecordedEvent, Row } from "@wedsync/event-log";
import { executionListChange, executionListRow, executionListTable, isFinalInList } from "@wedsync/scheduler";

export interface VerifiableReadModel {
  /** Its table; the projection that fills it has the same name. Keys are UUIDs. */
  readonly table: InlineTable;
  readonly types: ReadonlySet<string>;
  /** Key of the row that an event belongs to. */
  keyOf(event: RecordedEvent): string;
  /** The row after an event; the row before when nothing changes. */
  rowAfter(before: Row | undefined, event: RecordedEvent): Row | undefined;
  /** True when no later event changes the row: only its digest is kept from here on. */
  isFinal(row: Row): boolean;
}

const execution = createCodec(executionEvents);

const executionList: VerifiableReadModel = {
  table: executionListTable,
  types: new Set(executionEvents.map((definition) => definition.type)),
  keyOf: (event) => event.stream,
  rowAfter: (before, event) => {
    const decoded = execution.decode(event);
    const change = decoded.ok ? executionListChange(event.stream, decoded.event) : undefined;
    return change === undefined ? before : executionListRow(before, change);
  },
  isFinal: (row) => isFinalInList(String(row["status"])),
};

export const readModels: readonly VerifiableReadModel[] = [executionList];
