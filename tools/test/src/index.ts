// What specs need from the run: databases of the run's Postgres, clusters of their own, a folder that is removed afterwards,
// processes and clients of an app.
export { createApiClient, type Answer, type ApiClient } from "./api-client.js";
export { startApp, type AppProcess } from "./app-process.js";
export { runReplay, type ReplayRun } from "./replay-tool.js";
export { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from "./database.js";
export { startOwnCluster, type OwnCluster } from "./own-cluster.js";
export { makeFolder } from "./folder.js";
export { postgresVariable, sharedDataFolder } from "./environment.js";
export { readMails, startSmtpRecorder, type RecordedMail, type SmtpRecorder } from "./smtp-recorder.js";
export { until, type UntilOptions } from "./until.js";
