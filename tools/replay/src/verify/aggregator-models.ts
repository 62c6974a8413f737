// The aggregator's read models, generation by generation, as something that can be rebuilt and compared.
import type { LogSnapshot, SnapshotGeneration } from "@wedsync/adapter-postgres/log-snapshot";
import type { RecordedEvent } from "@wedsync/event-log";
import { readModels } from "@wedsync/metrics-aggregator/read-models";
import type { VerifiableReadModel } from "./read-model.js";

/** Schema of the read models. */
export const modelSchema = "wedsync_models";

type ReadModel = (typeof readModels)[number];

/**
 * Rows after which no event of their stream can come, by model. A success ends an execution for good; one that was skipped or
 * cancelled before any attempt began cannot be reported on any more.
 */
const isFinal: Readonly<Record<string, VerifiableReadModel["isFinal"]>> = {
  executions: ({ status, version }) =>
    status === "succeeded" || ((status === "skipped" || status === "cancelled") && version === 2),
};

export interface VerifiableGeneration {
  readonly model: VerifiableReadModel;
  readonly generation: SnapshotGeneration;
}

export interface AggregatorModels {
  readonly generations: readonly VerifiableGeneration[];
  /** Why some, or all, are not compared, as a sentence. */
  readonly left?: string;
}

/** What there is to compare in this database. */
export async function aggregatorModels(snapshot: LogSnapshot): Promise<AggregatorModels> {
  const found = await snapshot.generations(modelSchema);
  if (found === "absent") return { generations: [], left: "the database has none" };
  if (found === "forbidden")
    return { generations: [], left: "not compared: this login may not read them; use a member of the role app_ops" };
  const others: string[] = [];
  const generations = found.flatMap((generation): readonly VerifiableGeneration[] => {
    const model = readModels.find(
      ({ name, version }) => name === generation.model && version === generation.modelVersion,
    );
    if (model !== undefined) return [{ generation, model: verifiable(model, generation.name) }];
    others.push(`${generation.name} (version ${generation.modelVersion})`);
    return [];
  });
  return {
    generations,
    ...(others.length === 0 ? {} : { left: `not compared, of another release: ${others.join(", ")}` }),
  };
}

function verifiable(model: ReadModel, name: string): VerifiableReadModel {
  const { columns, key } = model.table;
  return {
    table: { schema: modelSchema, name, key: key[0] ?? "", columns },
    types: model.types,
    changeOf: (event: RecordedEvent) => {
      try {
        return model.fold(event);
      } catch {
        // Poison, which the live one parks or stops at.
        return undefined;
      }
    },
    keyOf: (change) => model.keyOf(change),
    rowAfter: (before, change) => model.apply(before, change),
    isFinal: isFinal[model.name] ?? (() => false),
  };
}
