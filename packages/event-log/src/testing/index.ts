// What adapters and users test with. Depends on no test runner: suites take the runner's functions as an argument.
export { describeEventLog } from "./event-log-suite.js";
export { createFacts, factCategory, factInline, factMeta, noteTable, type Facts } from "./facts.js";
export { createDeciderSpec, type DeciderOutcome, type DeciderSpec } from "./given-when-then.js";
export { type LogSuite, type LogUnderTest } from "./log-under-test.js";
export {
  describeProjectionStore,
  type ProjectionStoreSuite,
  type ProjectionStoreUnderTest,
} from "./projection-store-suite.js";
export { type Expect, type Matchers, type TestApi } from "./test-api.js";
