// The read models that the orchestrator keeps itself; each has a projection of the same name.
import { executionListTable, weddingDemandTable } from "@wedsync/scheduler";

export const ownReadModels: readonly string[] = [executionListTable.name, weddingDemandTable.name];
