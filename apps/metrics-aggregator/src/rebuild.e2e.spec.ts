// AGG-4: a read model is rebuilt while work goes on and a client keeps asking.
import { digestGeneration } from "@wedsync/adapter-postgres";
import { until, type ApiClient } from "@wedsync/test";
import { executions } from "./read-models/executions.js";
import { generationsOf, untilActive, untilGenerations } from "./testing/lag.js";
import {
  openTestLog,
  schema,
  startTestAggregator,
  type RunningAggregator,
  type TestLog,
} from "./testing/running-aggregator.js";
import { executionAppend, happened, streamOf, workOf } from "./testing/sample-events.js";

const history = 2_000;
const watched = streamOf("watched");
const work = workOf("lens", "w-1");

/** App, writer and clients share one thread here: nobody may keep it. */
const pause = async (): Promise<void> => await new Promise((resolve) => setTimeout(resolve, 2));

describe("a rebuild", () => {
  let test: TestLog;
  let app: RunningAggregator;
  beforeAll(async () => {
    test = await openTestLog();
    await test.log.append(executionAppend(watched, "lens", 0, [happened.requested(work)]));
    for (let from = 0; from < history; from += 200)
      await test.log.appendTogether(
        Array.from({ length: 200 }, (_, n) =>
          executionAppend(streamOf("old", String(from + n)), "lens", 0, [
            happened.requested(work),
            happened.started(work),
          ]),
        ),
      );
    app = await startTestAggregator(test);
    await untilActive(app.api, "executions", 1);
  });
  afterAll(async () => {
    await app.stop();
    await test.close();
  });
  const digest = async (generation: number) =>
    await digestGeneration({ pool: test.owner, schema }, executions, generation);

  /** Raises the watched execution's version until it is told to stop. */
  const writeUntil = async (done: () => boolean): Promise<number> => {
    let version = (await test.log.readStream("execution", watched)).length;
    while (!done()) {
      const result = await test.log.append(executionAppend(watched, "lens", version, [happened.retry(work)]));
      if (result.ok) version += 1;
      await pause();
    }
    return version;
  };

  /** Asks again and again; fails at the first answer that is older than one before, or is no answer. */
  const poll = async (client: ApiClient, done: () => boolean): Promise<number> => {
    let newest = 0;
    let answers = 0;
    while (!done()) {
      const { status, body } = await client.call<{ version: number }>("GET", `/v1/executions/${watched}`);
      expect(status).toBe(200);
      expect(body.version).toBeGreaterThanOrEqual(newest);
      newest = body.version;
      answers += 1;
      await pause();
    }
    return answers;
  };

  it("AGG-4 INVARIANTS 39: no client ever reads an older state than before, and none is refused, through two rebuilds under load", async () => {
    let isDone = false;
    const done = (): boolean => isDone;
    const vendor = await app.as("vendor", "lens");
    const running = [
      writeUntil(done),
      poll(app.api, done),
      poll(app.api, done),
      poll(vendor, done),
      poll(vendor, done),
    ];
    try {
      for (const generation of [2, 3]) {
        const begun = await app.api.call("POST", "/v1/read-models/executions/rebuild");
        expect(begun).toMatchObject({ status: 202, body: { name: "executions", generation, status: "building" } });
        await untilGenerations(app.api, "executions", (all) =>
          all.some((one) => one.generation === generation && one.status === "active"),
        );
      }
    } finally {
      isDone = true;
    }
    const [written = 0, ...answers] = await Promise.all(running);
    expect(written).toBeGreaterThan(10);
    for (const count of answers) expect(count).toBeGreaterThan(10);
  });

  it("AGG-4 SCENARIOS S7 INVARIANTS 38: every generation is fed on, and all have the same digest at the same position", async () => {
    await untilGenerations(
      app.api,
      "executions",
      (all) => all.length === 3 && all.every((one) => one.eventsBehind === 0),
    );
    const [first, ...others] = await Promise.all([1, 2, 3].map(digest));
    expect(first?.rows).toBe(history + 1);
    expect(first?.position).toBe(await test.log.head());
    for (const other of others) expect(other).toStrictEqual(first);
  });

  it("AGG-4: each switch is an event with who asked for it, written once", async () => {
    const switches = await test.query<{ data: object; meta: { actor: string; source: string } }>(
      "select data, meta from wedsync.events where type = 'ProjectionSwitched' order by position",
    );
    expect(switches.map((event) => event.data)).toStrictEqual(
      [2, 3].map((generation) => ({ model: "executions", modelVersion: 1, generation, replaced: generation - 1 })),
    );
    for (const { meta } of switches) {
      expect(meta.actor).toMatch(/^key:/);
      expect(meta.source).toBe("/metrics-aggregator");
    }
    // As after a death between the switch and its event: it is recorded again, and is the same.
    await test.query(`update ${schema}.projection set noted = false where name = 'executions_g3'`);
    await untilNoted(test);
    const again = await test.query("select from wedsync.events where type = 'ProjectionSwitched'");
    expect(again).toHaveLength(2);
  });

  it("AGG-4: old generations are dropped by command; the present one, and one that is none, are refused", async () => {
    const call = async (generation: number) =>
      await app.api.call("DELETE", `/v1/read-models/executions/generations/${generation}`);
    for (const generation of [1, 2])
      expect(await call(generation)).toMatchObject({ status: 200, body: { status: "dropped" } });
    expect(await call(3)).toMatchObject({ status: 409, body: { code: "generation_active" } });
    expect(await call(1)).toMatchObject({ status: 404, body: { code: "generation_unknown" } });
    expect((await generationsOf(app.api, "executions")).map((one) => one.generation)).toStrictEqual([3]);
    expect(await app.api.call("POST", "/v1/read-models/nothing/rebuild")).toMatchObject({
      status: 404,
      body: { code: "read_model_unknown" },
    });
    expect((await app.api.call("GET", `/v1/executions/${watched}`)).status).toBe(200);
    const refused = await until(
      async () => await test.query<{ data: object }>("select data from wedsync.events where type = 'CommandRefused'"),
      (found) => found.length > 0,
    );
    expect(refused.map((event) => event.data)).toEqual([
      expect.objectContaining({ command: "drop_generation", code: "generation_active" }),
    ]);
  });
});

async function untilNoted(test: TestLog): Promise<void> {
  await until(
    async () => await test.query(`select from ${schema}.projection where not noted`),
    (open) => open.length === 0,
  );
}
