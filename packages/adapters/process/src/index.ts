// What the apps use to be processes.
export { commonVariables } from "./common-variables.js";
export { withSection, type ConfigurationSection } from "./configuration-page.js";
export {
  duration,
  port,
  readVariables,
  variablesOf,
  type EnvironmentOf,
  type EnvironmentProblem,
  type EnvironmentResult,
  type Variable,
  type VariableTable,
} from "./environment.js";
export { createLogger, type Logger } from "./logger.js";
export { PerMinute } from "./per-minute.js";
export { Readiness, type Check } from "./readiness.js";
export { runApp, type RunningApp } from "./run-app.js";
export { runMigration, type Migration } from "./run-migration.js";
