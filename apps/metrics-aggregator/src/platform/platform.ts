// Everything the process needs from outside, opened in order and closed in reverse. Plain objects: Nest only hands them out.
import type { RequestContext } from "@wedsync/adapter-http";
import {
  aggregatorRole,
  assertServer,
  createApiKeys,
  createGenerations,
  createLimitedAppend,
  createProjectionStore,
  createScopedReader,
  openModelPool,
  openPostgresLog,
  readLag,
  type ApiKeys,
  type Generations,
  type ProjectionLag,
  type ScopedReader,
} from "@wedsync/adapter-postgres";
import { createLogger, Readiness, type Logger } from "@wedsync/adapter-process";
import { schedulerInline } from "@wedsync/scheduler";
import type { Environment } from "../config/environment.js";
import { Projector } from "../projections/projector.js";
import { recordSwitch } from "../projections/switch-record.js";
import { createRefusalRecord } from "./refusal-record.js";
import { readModels } from "../read-models/all.js";
import { createMetrics, type Metrics } from "../telemetry/metrics.js";

export interface Platform {
  readonly environment: Environment;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly apiKeys: ApiKeys;
  readonly generations: Generations;
  readonly projector: Projector;
  /** Queries with the rights of whoever asks. */
  readonly reader: ScopedReader;
  /** Schema of the read models. */
  readonly schema: string;
  /** Tells the log that an authenticated caller was refused; never fails the request it belongs to. */
  refused(command: string, code: string, context: RequestContext): void;
  lag(): Promise<readonly ProjectionLag[]>;
  close(): Promise<void>;
}

const schema = "wedsync_models";

/** Opens the platform; nothing is read or written yet. @throws AdapterError with one clear line when the database will not do */
export async function openPlatform(environment: Environment): Promise<Platform> {
  const connectionString = environment.DATABASE_URL;
  await assertServer({ connectionString });
  const logger = createLogger(environment.LOG_LEVEL);
  // Only read from: this login cannot append through it.
  const log = openPostgresLog({ connectionString, inline: schedulerInline, readers: 4 });
  const role = aggregatorRole(log.schema);
  const writers = openModelPool({ connectionString, role, max: 4, name: "wedsync-read-models" });
  const readers = openModelPool({ connectionString, role, max: 8, name: "wedsync-queries" });
  const readiness = new Readiness();
  const generations = createGenerations({ pool: writers, schema, owner: role });
  const append = createLimitedAppend({ pool: log.pool, schema: log.schema });
  const projector = new Projector({
    reader: log,
    store: createProjectionStore({ pool: writers, schema }),
    schema,
    logger,
    generations,
    models: readModels,
    readiness,
    record: async (generation) =>
      await recordSwitch({ append, generations, region: environment.WEDSYNC_REGION }, generation),
  });
  return {
    environment,
    logger,
    metrics: createMetrics(),
    readiness,
    apiKeys: createApiKeys({ pool: log.pool, schema: log.schema }),
    generations,
    projector,
    reader: createScopedReader({ pool: readers }),
    schema,
    refused: createRefusalRecord({ append, region: environment.WEDSYNC_REGION, logger }),
    lag: async () => await readLag({ pool: writers, schema, logSchema: log.schema }),
    close: async () => {
      await projector.stop();
      await readers.end();
      await writers.end();
      await log.close();
    },
  };
}
