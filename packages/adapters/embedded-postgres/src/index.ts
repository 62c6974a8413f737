// A real Postgres inside a data folder.
export { isEmbeddedPostgresError, type EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from "./errors.js";
export { removeServer, startServer, type EmbeddedServer, type StartOptions } from "./server.js";
