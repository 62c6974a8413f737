// What the aggregator answers, from events in the log to the last field.
import { until } from "./testing/api-client.js";
import {
  openTestLog,
  startTestAggregator,
  type RunningAggregator,
  type TestLog,
} from "./testing/running-aggregator.js";
import {
  dayMs,
  executionAppend,
  happened,
  streamOf,
  weddingAppend,
  workOf,
  yearStart,
} from "./testing/sample-events.js";

interface Counts {
  readonly items: readonly { vendorId: string; moduleType: string; day: string; counts: Record<string, number> }[];
  readonly nextCursor?: string;
}

describe("the query API", () => {
  let test: TestLog;
  let app: RunningAggregator;
  beforeAll(async () => {
    test = await openTestLog();
    app = await startTestAggregator(test);
    for (const vendor of ["lens", "rose"]) {
      await test.log.append(weddingAppend(vendor, "w-1", "2027-06-12"));
      await test.log.append(weddingAppend(vendor, "w-2", "2027-07-03"));
      for (let n = 0; n < 6; n += 1) {
        const work = workOf(vendor, "w-1", { dueAt: yearStart + (n % 2) * dayMs });
        const ends = [[], [happened.started(work)], [happened.started(work), happened.succeeded()]][n % 3] ?? [];
        await test.log.append(
          executionAppend(streamOf(vendor, String(n)), vendor, 0, [happened.requested(work), ...ends]),
        );
      }
    }
    await until(
      async () =>
        await app.api.call<{ items: { generations: { eventsBehind: number }[] }[] }>("GET", "/v1/read-models"),
      ({ body }) =>
        body.items.length === 2 &&
        body.items.every((model) => model.generations.every((one) => one.eventsBehind === 0)),
    );
  });
  afterAll(async () => {
    await app.stop();
    await test.close();
  });

  it("AGG-1: counts executions by vendor, module type, day and status", async () => {
    const { status, body } = await app.api.call<Counts>("GET", "/v1/execution-counts");
    expect(status).toBe(200);
    const row = (vendorId: string, day: string) => ({
      vendorId,
      moduleType: "email",
      day,
      counts: { scheduled: 1, running: 1, succeeded: 1 },
    });
    expect(body.items).toStrictEqual([
      row("lens", "2027-01-01"),
      row("lens", "2027-01-02"),
      row("rose", "2027-01-01"),
      row("rose", "2027-01-02"),
    ]);
  });
});
