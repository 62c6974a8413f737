// Postgres behind the kernel's ports.
export { createApiKeys, type ApiKey, type ApiKeys } from "./api-keys.js";
export { createDatabaseClock, type ClockJump, type DatabaseClock } from "./database-clock.js";
export { createDemandReader, type BacklogRow, type DemandReader, type DueHour } from "./demand-reader.js";
export { isAdapterError, type AdapterError, type AdapterErrorCode } from "./errors.js";
export { createIndexReader, type AttentionRow, type IndexReader, type OpenAttemptRow } from "./index-reader.js";
export { createKeyStore, type KeyStore, type KeyStoreOptions, type SealedValue } from "./key-store.js";
export { createLeadership, type Leadership, type LeadershipOptions } from "./leadership.js";
export { assertMasterKey, parseMasterKey } from "./master-key.js";
export { migrate, printMigration, type MigrateOptions } from "./migrate.js";
export { openPostgresLog, type PostgresLog, type PostgresLogOptions } from "./postgres-log.js";
export { createProjectionStore } from "./projection-store.js";
export { adoptLog, assertServer, createLogin } from "./server-checks.js";
export {
  createLeaseWatch,
  createWorkerLeases,
  type LeaseWatch,
  type WorkerLeases,
  type WorkerRow,
} from "./worker-leases.js";
