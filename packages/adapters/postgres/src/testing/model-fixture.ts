// A log and the schema of its read models, on a database of its own, with the login that the aggregator has.
import { createTestDatabase, type TestDatabase } from "@wedsync/test";
import { Client, type Pool } from "pg";
import { migrate } from "../migrate.js";
import { openPostgresLog, type PostgresLog } from "../postgres-log.js";
import { createProjectionStore } from "../projection-store.js";
import { projectionOf } from "../read-models/generation-projection.js";
import { createGenerations, type Generations } from "../read-models/generations.js";
import { aggregatorRole, migrateReadModels } from "../read-models/migrate-read-models.js";
import { openModelPool } from "../read-models/model-pool.js";
import type { ReadModel } from "../read-models/read-model.js";
import { catchUp, type RunnerState } from "@wedsync/event-log";
import { factInline } from "./fact-events.js";
import { notes } from "./note-model.js";

export const schema = "wedsync_models";
export const owner = aggregatorRole("wedsync");
export const asked = { requestedBy: "system:tests", correlationId: "0198f3a0-0000-7000-8000-00000000000a" };

export interface ModelFixture {
  readonly database: TestDatabase;
  /** Opened as the owner of the database. */
  readonly log: PostgresLog;
  /** As the aggregator. */
  readonly pool: Pool;
  readonly generations: Generations;
  /** Feeds a generation until the present head. */
  feed(generation: number, model?: ReadModel): Promise<RunnerState>;
  /** One statement as the owner of the database. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export async function openModelFixture(): Promise<ModelFixture> {
  const database = await createTestDatabase({
    key: "models",
    role: owner,
    migrate: async (connectionString) => {
      await migrate({ connectionString, inline: factInline });
      await migrateReadModels({ connectionString, inline: factInline, appends: ["Noted"] });
    },
  });
  const admin = new Client({ connectionString: database.ownerUrl });
  admin.on("error", () => undefined);
  await admin.connect();
  const log = openPostgresLog({ connectionString: database.ownerUrl, inline: factInline });
  const pool = openModelPool({ connectionString: database.appUrl, role: owner, max: 6, name: "tests" });
  const generations = createGenerations({ pool, schema, owner });
  await generations.prepare();
  return {
    database,
    log,
    pool,
    generations,
    feed: async (generation, model = notes as ReadModel) =>
      await catchUp({
        reader: log,
        store: createProjectionStore({ pool, schema }),
        projection: projectionOf(model, schema, generation),
        batch: 50,
      }),
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await admin.query(text, [...values])).rows as Row[],
    close: async () => {
      await log.close();
      await pool.end();
      await admin.end();
      await database.drop();
    },
  };
}
