// LOG-4: what the aggregator does with events it cannot or must not apply, and with a log that lost some.
import { until } from "@wedsync/test";
import { generationsOf, untilActive, untilGenerations } from "./testing/lag.js";
import {
  openTestLog,
  schema,
  startTestAggregator,
  type RunningAggregator,
  type TestLog,
} from "./testing/running-aggregator.js";
import { executionAppend, happened, stored, streamOf, workOf } from "./testing/sample-events.js";

const work = workOf("lens", "w-1");

describe("an aggregator that must stand still", () => {
  let test: TestLog;
  let app: RunningAggregator;
  beforeEach(async () => {
    test = await openTestLog();
    app = await startTestAggregator(test, { LOG_LEVEL: "silent" });
  });
  afterEach(async () => {
    await app.stop();
    await test.close();
  });
  const add = async (name: string, version = 0): Promise<void> => {
    const events = version === 0 ? [happened.requested(work)] : [happened.started(work)];
    await test.log.append(executionAppend(streamOf(name), "lens", version, events));
  };
  const addRaw = async (name: string, more: object): Promise<void> => {
    const request = executionAppend(streamOf(name), "lens", 0, []);
    const [stream] = request.streams;
    if (stream === undefined) throw new Error("no stream");
    const event = { ...stored(happened.requested(work)), ...more };
    await test.log.append({ ...request, streams: [{ ...stream, events: [event] }] });
  };
  const ready = async () =>
    (await app.api.call<{ checks: Record<string, string> }>("GET", "/health/ready")).body.checks;
  const seen = async (name: string) => (await app.api.call("GET", `/v1/executions/${streamOf(name)}`)).status;

  it("LOG-4: poison parks its stream and is shown; everything else goes on, and a rebuild parks the same", async () => {
    await addRaw("bad", { data: { work: "none" } });
    await add("good");
    await add("bad", 1);
    await add("good", 1);
    const [lag] = await untilActive(app.api, "executions", 1);
    expect(lag).toMatchObject({ parkedStreams: 1, eventsBehind: 0 });
    expect([await seen("good"), await seen("bad")]).toStrictEqual([200, 404]);
    expect((await app.api.call("GET", "/metrics")).text).toContain(
      'wedsync_projection_parked_streams{model="executions",generation="1",status="active"} 1',
    );
    await until(ready, (checks) => checks["executions"] === "ok");
    await app.api.call("POST", "/v1/read-models/executions/rebuild");
    await untilActive(app.api, "executions", 2);
    expect((await generationsOf(app.api, "executions")).map((one) => one.parkedStreams)).toStrictEqual([1, 1]);
  });

  it("SCENARIOS S11: an event newer than this build holds its read model, makes it unready, and is not parked", async () => {
    await add("before");
    await addRaw("future", { schemaVersion: 2 });
    await add("after");
    await until(ready, (checks) => checks["executions"] === "failed: held");
    const [lag] = await generationsOf(app.api, "executions");
    expect(lag).toMatchObject({ state: "held", position: "1", head: "3", eventsBehind: 2, parkedStreams: 0 });
    expect((await app.api.call("GET", "/health/ready")).status).toBe(503);
    await until(ready, (checks) => checks["weddings"] === "ok");
    expect([await seen("before"), await seen("after")]).toStrictEqual([200, 404]);
  });

  it("AGG-4: a read model ahead of a restored log is named, keeps answering, and is replaced only by a person's word", async () => {
    for (const name of ["a", "b", "c"]) await add(name);
    await untilActive(app.api, "executions", 1);
    await app.stop();
    await test.query("delete from wedsync.events where position > 1");
    app = await startTestAggregator(test, { LOG_LEVEL: "silent" });
    await until(ready, (checks) => checks["executions"] === "failed: ahead_of_log");
    const [lag] = await generationsOf(app.api, "executions");
    expect(lag).toMatchObject({ state: "ahead_of_log", aheadOfLog: true, position: "3", head: "1" });
    expect(await test.query(`select from ${schema}.executions_g1`)).toHaveLength(3);
    expect(await seen("c")).toBe(200);

    await app.api.call("POST", "/v1/read-models/executions/rebuild");
    await untilGenerations(app.api, "executions", (all) =>
      all.some((one) => one.generation === 2 && one.position === "1"),
    );
    expect((await generationsOf(app.api, "executions")).map((one) => one.status)).toStrictEqual(["active", "building"]);
    const path = "/v1/read-models/executions/generations/2/switch";
    expect(await app.api.call("POST", path, {})).toMatchObject({ status: 400 });
    expect(await app.api.call("POST", path, { evenIfOlder: true })).toMatchObject({
      status: 200,
      body: { status: "active" },
    });
    expect([await seen("a"), await seen("c")]).toStrictEqual([200, 404]);
    await until(ready, (checks) => checks["executions"] === "ok");
  });
});
