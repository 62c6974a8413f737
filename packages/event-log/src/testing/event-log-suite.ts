// The conformance suite of the log port: what log.ts promises, as tests that every event log runs.
import type { EventLog } from "../log.js";
import { appendingTests } from "./event-log-appending.js";
import { limitTests } from "./event-log-limits.js";
import { historyTests } from "./event-log-histories.js";
import { readingTests } from "./event-log-reading.js";
import { refusalTests } from "./event-log-refusals.js";
import { tailTests } from "./event-log-tail.js";
import { createBench, type LogSuite } from "./log-under-test.js";
import type { TestApi } from "./test-api.js";

/**
 * Registers the suite. An adapter calls it in its own spec:
 * `describeEventLog({ describe, it, expect }, { name, create, newId, … })`.
 */
export function describeEventLog<Log extends EventLog>(api: TestApi, suite: LogSuite<Log>): void {
  const bench = createBench(api, suite);
  api.describe(`${suite.name} is an event log`, () => {
    api.describe("appending", () => appendingTests(bench));
    api.describe("refusing", () => refusalTests(bench));
    api.describe("limits", () => limitTests(bench));
    api.describe("reading", () => readingTests(bench));
    api.describe("following", () => tailTests(bench));
    api.describe("random histories", () => historyTests(bench));
  });
}
