// Everything a process needs from outside, opened in order and closed in reverse. Plain objects: Nest only hands them out.
import {
  assertMasterKey,
  assertNoLostTail,
  assertServer,
  createApiKeys,
  createDatabaseClock,
  createIndexReader,
  createKeyStore,
  createProjectionStore,
  createWorkerLeases,
  openPostgresLog,
  parseMasterKey,
  type ApiKeys,
  type ClockJump,
  type DatabaseClock,
  type IndexReader,
  type KeyStore,
  type PostgresLog,
  type WorkerLeases,
} from "@wedsync/adapter-postgres";
import type { ProjectionStore } from "@wedsync/event-log";
import { createRegistry, type Registry } from "@wedsync/registry";
import {
  changeDispatchPolicy,
  createScheduler,
  defaultDispatchPolicy,
  schedulerInline,
  type Scheduler,
} from "@wedsync/scheduler";
import type { Tracer } from "@opentelemetry/api";
import type { PoolClient } from "pg";
import type { Environment } from "../config/environment.js";
import type { Handler } from "../execution/handler.js";
import { createLogger, type Logger } from "@wedsync/adapter-process";
import { createMetrics, type Metrics } from "../telemetry/metrics.js";
import { createTracing } from "../telemetry/tracing.js";
import { openHandlers } from "./handlers.js";
import { ids } from "./ids.js";
import { createKnownStates, type KnownStates } from "./known-states.js";
import { release } from "./release.js";

export interface Platform {
  readonly environment: Environment;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracer: Tracer;
  readonly log: PostgresLog;
  readonly clock: DatabaseClock;
  readonly index: IndexReader;
  readonly keys: KeyStore;
  readonly apiKeys: ApiKeys;
  readonly leases: WorkerLeases;
  readonly projections: ProjectionStore<PoolClient>;
  readonly registry: Registry;
  readonly scheduler: Scheduler;
  readonly states: KnownStates;
  readonly handlers: ReadonlyMap<string, Handler>;
  /** Listeners for jumps of the database's clock. */
  readonly onClockJump: (listener: (jump: ClockJump) => void) => void;
  close(): Promise<void>;
}

/**
 * Opens the platform.
 * @param more modules beside the built-in ones, by the handler's name in their definition
 * @throws AdapterError with one clear line when the database or the master key will not do
 */
export async function openPlatform(
  environment: Environment,
  more: ReadonlyMap<string, Handler> = new Map(),
): Promise<Platform> {
  const connectionString = environment.DATABASE_URL;
  await assertServer({ connectionString });
  const logger = createLogger(environment.LOG_LEVEL);
  const log = openPostgresLog({ connectionString, inline: schedulerInline, readers: 12, remember: "execution" });
  const { pool, schema } = log;
  const tracing = createTracing({
    region: environment.WEDSYNC_REGION,
    release,
    ...(environment.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
      ? {}
      : { endpoint: environment.OTEL_EXPORTER_OTLP_ENDPOINT }),
  });
  const jumpListeners: ((jump: ClockJump) => void)[] = [];
  const clock = createDatabaseClock({
    pool,
    onJump: (jump) => {
      logger.warn(jump, "the database clock jumped");
      for (const listener of jumpListeners) listener(jump);
    },
  });
  try {
    const masterKey = parseMasterKey(environment.WEDSYNC_MASTER_KEY);
    await assertNoLostTail({ pool, schema });
    await assertMasterKey(pool, schema, masterKey);
    await clock.start();
    const handlers = openHandlers(environment, more);
    const index = createIndexReader({ pool, schema });
    const registry = createRegistry({
      log,
      clock,
      ids,
      handlers: new Set(handlers.byName.keys()),
      streams: async () => await index.streamsOf("module"),
    });
    const systemMeta = {
      source: "/orchestrator",
      correlationId: ids.event(),
      actor: "system:orchestrator",
      region: environment.WEDSYNC_REGION,
    };
    const seeded = await registry.seedBuiltins(systemMeta);
    if (!seeded.ok) throw new Error(seeded.refusal.message);
    await registry.refresh();
    const policy = await changeDispatchPolicy(
      { kind: "seed", policy: defaultDispatchPolicy },
      { log, clock, ids, meta: systemMeta },
    );
    if (!policy.ok) throw new Error(policy.refusal.message);
    const scheduler = createScheduler({
      log,
      clock,
      ids,
      criticalUntilHour: defaultDispatchPolicy.tiers.criticalUntilHour,
      timeZoneData: process.versions.tz ?? "unknown",
      tierDays: (type, version) => registry.definition(type, version)?.weddingPolicy ?? defaultDispatchPolicy.tiers,
      systemMeta,
    });
    return {
      environment,
      logger,
      metrics: createMetrics(),
      tracer: tracing.tracer,
      log,
      clock,
      index,
      keys: createKeyStore({ pool, schema, masterKey }),
      apiKeys: createApiKeys({ pool, schema }),
      leases: createWorkerLeases({ pool, schema }),
      projections: createProjectionStore({ pool, schema }),
      registry,
      scheduler,
      states: createKnownStates(log, ids),
      handlers: handlers.byName,
      onClockJump: (listener) => void jumpListeners.push(listener),
      close: async () => {
        clock.stop();
        await handlers.close();
        await log.close();
        await tracing.close();
      },
    };
  } catch (error) {
    clock.stop();
    await log.close();
    throw error;
  }
}
