// What an adapter gives to the suite of event logs, and how the suite's tests get at it.
import type { Row } from "../inline-projection.js";
import type { EventLog } from "../log.js";
import { createFacts, type Facts } from "./facts.js";
import type { Expect, TestApi } from "./test-api.js";

/**
 * One log, opened for one test with `factInline`. It may hold events of other tests, but nobody else writes meanwhile.
 * Tests of a capability that is absent are not registered.
 */
export interface LogUnderTest<Log extends EventLog> {
  readonly log: Log;
  /** Frees what `create` took. */
  readonly close?: () => Promise<void>;
}

export interface LogSuite<Log extends EventLog> {
  /** Title of the suite, for example `the Postgres log`. */
  readonly name: string;
  /** Called by each test. May give the same log each time. */
  readonly create: () => Promise<LogUnderTest<Log>>;
  /** A fresh UUID, lower case; for streams and events. */
  readonly newId: () => string;
  /** One more log on the same store: another process, as far as the store can tell. */
  readonly openAnother?: (log: Log) => Promise<LogUnderTest<Log>>;
  /** All rows of an inline table. int8 columns may be decimal strings. */
  readonly rows?: (log: Log, table: "guard" | "note") => Promise<readonly Row[]>;
  /** Makes `epoch` the current leader epoch of a role. */
  readonly setLeader?: (log: Log, role: string, epoch: number) => Promise<void>;
  /** Sets the clock that the log takes its time from, epoch milliseconds. */
  readonly setClock?: (log: Log, now: number) => Promise<void>;
  /** Start of the random histories; a failure names it. 1 when absent. */
  readonly seed?: number;
}

/** What the parts of the suite are written with. */
export interface Bench<Log extends EventLog> {
  readonly suite: LogSuite<Log>;
  readonly facts: Facts;
  readonly expect: Expect;
  readonly it: (name: string, body: (log: Log) => Promise<void>) => void;
}

export function createBench<Log extends EventLog>({ it, expect }: TestApi, suite: LogSuite<Log>): Bench<Log> {
  return {
    suite,
    facts: createFacts(suite.newId),
    expect,
    it: (name, body) =>
      it(name, async () => {
        const subject = await suite.create();
        try {
          await body(subject.log);
        } finally {
          await subject.close?.();
        }
      }),
  };
}
