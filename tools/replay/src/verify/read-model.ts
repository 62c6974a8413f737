// A read model that can be rebuilt and compared: what its author says about it.
import { createCodec } from "@wedsync/contracts";
import { executionEvents } from "@wedsync/contracts/scheduler";
import type { SnapshotTable } from "@wedsync/adapter-postgres/log-snapshot";
import type { RecordedEvent, Row } from "@wedsync/event-log";
import {
  executionListChange,
  executionListRow,
  executionListTable,
  isFinalInList,
  weddingDemandChange,
  weddingDemandRow,
  weddingDemandTable,
  weddingDemandVersions,
  type ExecutionListChange,
  type WeddingDemandChange,
} from "@wedsync/scheduler";

export interface VerifiableReadModel<Change = unknown> {
  /** Its table; the projection that fills it has the same name. Keys are UUIDs. */
  readonly table: SnapshotTable;
  readonly types: ReadonlySet<string>;
  /** What an event changes; undefined for nothing, or when it cannot be read: the log's own check names those. */
  changeOf(event: RecordedEvent): Change | undefined;
  /** Key of the row that a change belongs to. */
  keyOf(change: Change): string;
  /** The row after a change; the row before when nothing changes. */
  rowAfter(before: Row | undefined, change: Change): Row | undefined;
  /** True when no later event changes the row: only its digest is kept from here on. */
  isFinal(row: Row): boolean;
}

const execution = createCodec(executionEvents);

const executionList: VerifiableReadModel<ExecutionListChange> = {
  table: executionListTable,
  types: new Set(executionEvents.map((definition) => definition.type)),
  changeOf: (event) => {
    const decoded = execution.decode(event);
    return decoded.ok ? executionListChange(event.stream, decoded.event) : undefined;
  },
  keyOf: (change) => change.execution,
  rowAfter: executionListRow,
  isFinal: (row) => isFinalInList(String(row["status"])),
};

const weddingDemand: VerifiableReadModel<WeddingDemandChange> = {
  table: weddingDemandTable,
  types: new Set(Object.keys(weddingDemandVersions)),
  changeOf: (event) => {
    try {
      return weddingDemandChange(event);
    } catch {
      // Poison, at which the live one parks.
      return undefined;
    }
  },
  keyOf: (change) => change.wedding,
  rowAfter: weddingDemandRow,
  isFinal: () => false,
};

/** The orchestrator's own. */
export const ownModels = [executionList, weddingDemand] as readonly VerifiableReadModel[];
