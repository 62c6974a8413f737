// A read model as the projection that fills one of its generations.
import type { Projection } from "@wedsync/event-log";
import type { PoolClient } from "pg";
import { generationName, type ReadModel } from "./read-model.js";
import { storeRows } from "./store-rows.js";

/** The projection that fills one generation. */
export function projectionOf<Change>(
  model: ReadModel<Change>,
  schema: string,
  generation: number,
): Projection<Change, PoolClient> {
  const name = generationName(model.name, generation);
  return {
    name,
    types: model.types,
    knownVersions: model.knownVersions,
    onPoison: model.onPoison,
    fold: (event) => model.fold(event),
    write: async (changes, client) => await storeRows(model, changes, client, `${schema}."${name}"`),
  };
}
