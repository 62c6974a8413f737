// A wedding moves while its work runs in a worker of its own process, and the attempt fails: the retry must not stay behind.
import { startApp, until, type AppProcess } from "@wedsync/test";
import { startGatedHandler, type GatedHandler } from "./testing/gated-handler.js";
import { appProgram, startTestPlatform, testEnvironment, type RunningPlatform } from "./testing/running-platform.js";
import { book, dayFromNow, weddingBody } from "./testing/sample.js";

describe("work that runs while its wedding moves", () => {
  let handler: GatedHandler;
  let platform: RunningPlatform;
  let worker: AppProcess;
  beforeAll(async () => {
    handler = await startGatedHandler();
    platform = await startTestPlatform({ ...handler.environment, WEDSYNC_ROLES: "api,dispatcher" });
    const { api, database, smtp, masterKey } = platform;
    await book(api, "lens", "w1");
    const registered = await api.call("POST", "/v1/module-types/gated/versions", { definition: handler.definition });
    expect(registered.status).toBe(201);
    expect((await api.call("POST", "/v1/module-types/gated/versions/1/activate", {})).status).toBe(200);
    const more = { ...handler.environment, WEDSYNC_ROLES: "worker" };
    worker = await startApp(appProgram, testEnvironment(database, smtp, masterKey, more));
  });
  afterAll(async () => {
    handler.open();
    await worker.stop();
    await platform.stop();
    await handler.close();
  });

  it("INVARIANTS 36, 53: is carried along before it is tried again, although its worker tells nobody of refused claims", async () => {
    const { api } = platform;
    const { body } = await api.call<{ executionId: string }>(
      "POST",
      "/v1/vendors/lens/executions",
      { weddingId: "w1", moduleType: "gated", payload: {} },
      { "idempotency-key": "moved" },
    );
    const waiting = async () => await Promise.resolve(handler.waiting());
    await until(waiting, (count) => count === 1);
    const moved = await api.call("PUT", "/v1/vendors/lens/weddings/w1", weddingBody(dayFromNow(90)));
    expect(moved.status).toBe(200);
    // Time for the dispatcher to follow the move, which finds nothing pending: only then does the retry have an old schedule.
    await new Promise((resolve) => setTimeout(resolve, 500));
    handler.refuse();
    handler.open();
    const history = async () =>
      (await api.call<{ items: readonly { type: string }[] }>("GET", `/v1/executions/${body.executionId}/history`)).body
        .items;
    const types = (await until(history, (items) => items.at(-1)?.type === "ExecutionSucceeded")).map(
      ({ type }) => type,
    );
    expect(types.indexOf("ExecutionRescheduled")).toBeGreaterThan(types.indexOf("ExecutionRetryScheduled"));
    expect(types.filter((type) => type === "ExecutionStarted")).toHaveLength(2);
  });
});
