// Which generations of which read model there are, how far each is, and what each has parked. Made by the same function as
// the read models: operators may look, vendors may not.
import type { ModelTable } from "./tenant-table.js";

/** `building`: beside the active one. `active`: what queries see. `retired`: still fed, until it is dropped. */
export type GenerationStatus = "building" | "active" | "retired";

/** The checkpoint columns are those that `createProjectionStore` writes. */
export const controlTables: Readonly<Record<string, ModelTable>> = {
  projection: {
    key: ["name"],
    columns: {
      name: "text",
      epoch: "int4",
      position: "int8",
      generation: "int4",
      model: "text",
      model_version: "int4",
      status: "text",
      requested_by: "text",
      correlation_id: "uuid",
      replaced: "int4",
      noted: "bool",
    },
  },
  parked_stream: {
    key: ["projection", "stream"],
    columns: { projection: "text", stream: "uuid", position: "int8", type: "text", reason: "text" },
  },
};
