// Postgres behind the kernel's ports.
export { isAdapterError, type AdapterError, type AdapterErrorCode } from "./errors.js";
export { migrate, printMigration, type MigrateOptions } from "./migrate.js";
export { openPostgresLog, type PostgresLog, type PostgresLogOptions } from "./postgres-log.js";
