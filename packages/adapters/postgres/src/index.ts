// Postgres behind the kernel's ports.
export { createApiKeys, type ApiKey, type ApiKeys } from "./api-keys.js";
export { createDatabaseClock, type ClockJump, type DatabaseClock } from "./database-clock.js";
export { createDemandReader, type BacklogRow, type DemandReader, type DueHour } from "./demand-reader.js";
export { isAdapterError, type AdapterError, type AdapterErrorCode } from "./errors.js";
export { createIndexReader, type AttentionRow, type IndexReader, type OpenAttemptRow } from "./index-reader.js";
export { createKeyStore, type KeyStore, type KeyStoreOptions, type SealedValue } from "./key-store.js";
export { assertNoLostTail } from "./lost-tail.js";
export { createLeadership, type Leadership, type LeadershipOptions } from "./leadership.js";
export { assertMasterKey, parseMasterKey } from "./master-key.js";
export { migrate, printMigration, type MigrateOptions } from "./migrate.js";
export { longStatement } from "./patience.js";
export { openPostgresLog, type PostgresLog, type PostgresLogOptions } from "./postgres-log.js";
export { createProjectionStore } from "./projection-store.js";
export { rebuildInline, type Rebuild, type RebuildOptions, type RebuiltTable } from "./rebuild.js";
export { type GenerationStatus } from "./read-models/control-tables.js";
export { digestGeneration, type ModelDigest } from "./read-models/digest.js";
export {
  createGenerations,
  type Generation,
  type GenerationRequest,
  type Generations,
  type GenerationsOptions,
} from "./read-models/generations.js";
export { readLag, type ProjectionLag } from "./read-models/lag.js";
export { createLimitedAppend, type LimitedAppend } from "./read-models/limited-append.js";
export {
  aggregatorRole,
  migrateReadModels,
  printReadModelMigration,
  type ReadModelMigration,
} from "./read-models/migrate-read-models.js";
export { openModelPool } from "./read-models/model-pool.js";
export { projectionOf } from "./read-models/generation-projection.js";
export { generationName, type ModelRow, type ReadModel } from "./read-models/read-model.js";
export { createScopedReader, type ReadScope, type ScopedReader } from "./read-models/scoped-reader.js";
export { type SwitchOptions, type SwitchOutcome } from "./read-models/switch-generation.js";
export { type ModelColumnType, type ModelTable } from "./read-models/tenant-table.js";
export { adoptLog, assertServer, createLogin } from "./server-checks.js";
export {
  createLeaseWatch,
  createWorkerLeases,
  type LeaseWatch,
  type WorkerLeases,
  type WorkerRow,
} from "./worker-leases.js";
