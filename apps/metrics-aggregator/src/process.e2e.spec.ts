// The app as a process: killed in the middle of catching up, started again, stopped, and refused a wrong environment.
import { digestGeneration } from "@wedsync/adapter-postgres";
import { type ApiClient, createApiClient, startApp, until } from "@wedsync/test";
import { executions } from "./read-models/executions.js";
import { untilActive } from "./testing/lag.js";
import { appProgram, openTestLog, schema, testEnvironment, type TestLog } from "./testing/running-aggregator.js";
import { executionAppend, happened, streamOf, workOf } from "./testing/sample-events.js";

const accepted = 6_000;

describe("the aggregator's process", () => {
  let test: TestLog;
  beforeAll(async () => {
    test = await openTestLog();
    for (let from = 0; from < accepted; from += 500)
      await test.log.appendTogether(
        Array.from({ length: 500 }, (_, n) => {
          const work = workOf(`vendor-${n % 7}`, "w", { moduleType: n % 2 === 0 ? "email" : "noop" });
          const events = [happened.requested(work), happened.started(work), happened.succeeded()];
          return executionAppend(streamOf("life", String(from + n)), work.vendor, 0, events);
        }),
      );
  });
  afterAll(async () => {
    await test.close();
  });
  const position = async (): Promise<number> => {
    const rows = await test
      .query<{ position: string }>(`select position from ${schema}.projection where name = 'executions_g1'`)
      .catch(() => []);
    return Number(rows[0]?.position ?? 0);
  };
  const client = async (url: string): Promise<ApiClient> => createApiClient(url, await test.key("ops"));

  it("AGG-1 AGG-4 INVARIANTS 38: killed with SIGKILL while it catches up, it ends with the digest of an undisturbed build", async () => {
    const head = accepted * 3;
    let kills = 0;
    for (const share of [0.1, 0.3, 0.6]) {
      const app = await startApp(appProgram, testEnvironment(test.database));
      await until(position, (at) => at >= head * share);
      await app.kill();
      if ((await position()) < head) kills += 1;
    }
    // A test that only killed what had finished would prove nothing.
    expect(kills).toBeGreaterThan(0);
    const app = await startApp(appProgram, testEnvironment(test.database));
    const api = await client(app.url);
    await untilActive(api, "executions", 1);
    await api.call("POST", "/v1/read-models/executions/rebuild");
    await untilActive(api, "executions", 2);
    const digest = async (generation: number) =>
      await digestGeneration({ pool: test.owner, schema }, executions, generation);
    await until(
      async () => await Promise.all([digest(1), digest(2)]),
      ([one, two]) => one?.position === two?.position,
    );
    const [disturbed, whole] = await Promise.all([digest(1), digest(2)]);
    expect(disturbed?.rows).toBe(accepted);
    expect(disturbed).toStrictEqual(whole);
    expect(await app.stop()).toBe(0);
  });

  it("EMG-2 SCENARIOS S8: two processes on one schema do the work once, and either goes on alone", async () => {
    const [one, two] = [
      await startApp(appProgram, testEnvironment(test.database)),
      await startApp(appProgram, testEnvironment(test.database)),
    ];
    const [first, second] = [await client(one.url), await client(two.url)];
    const add = async (name: string): Promise<void> => {
      const work = workOf("vendor-0", "w");
      await test.log.append(executionAppend(streamOf(name), "vendor-0", 0, [happened.requested(work)]));
    };
    for (let n = 0; n < 50; n += 1) await add(`both-${n}`);
    const seen = async (api: ApiClient, name: string) =>
      await until(
        async () => (await api.call("GET", `/v1/executions/${streamOf(name)}`)).status,
        (status) => status === 200,
      );
    await seen(first, "both-49");
    await seen(second, "both-49");
    await one.kill();
    await add("alone");
    await seen(second, "alone");
    expect(await two.stop()).toBe(0);
    const rows = await test.query<{ n: string }>(`select count(*) as n from ${schema}.executions`);
    expect(rows[0]?.n).toBe(String(accepted + 51));
  });

  it("OPS-4: a wrong environment is one line for each variable and exit 1", async () => {
    const failed = await startApp(appProgram, { WEDSYNC_METRICS_PORT: "x", LOG_LEVEL: "loud" }).catch(
      (error: unknown) => error,
    );
    const message = (failed as Error).message;
    expect(message).toContain("ended with 1");
    for (const name of ["DATABASE_URL is missing", "WEDSYNC_METRICS_PORT is not valid", "LOG_LEVEL is not valid"])
      expect(message).toContain(name);
    // The orchestrator's login has no part in the read models: refused in one line, nothing is made.
    const foreign = await startApp(
      appProgram,
      testEnvironment(test.database, { DATABASE_URL: test.database.ownerUrl.replace(/\/[^/]*$/, "/postgres") }),
    ).catch((error: unknown) => error);
    expect((foreign as Error).message).toContain("The schema wedsync is missing; run the migration first.");
  });
});
