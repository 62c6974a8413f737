// A module type that a team registers while the platform runs, carried out by the team's own handler.
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { randomBytes } from "node:crypto";
import { createApiKeys } from "@wedsync/adapter-postgres";
import { Pool } from "pg";
import { type ApiClient, type AppProcess, createApiClient, startApp, until } from "@wedsync/test";
import { appProgram, openTestPlatform, testEnvironment } from "./testing/running-platform.js";
import { book } from "./testing/sample.js";

type Opened = Awaited<ReturnType<typeof openTestPlatform>>;
const secret = `whsec_${randomBytes(32).toString("base64")}`;
const ms = 1_000;

const definition = (type: string, url: string, effect: string) => ({
  type,
  title: "Gift list",
  configSchema: { type: "object" },
  payloadSchema: { type: "object", properties: { list: { type: "string" } }, required: ["list"] },
  resources: { cpuMillis: 1, memoryMiB: 1, networkKiBps: 1 },
  performance: { p95Ms: ms, p99Ms: ms, errorRate: 0.01 },
  retry: { maxAttempts: 3, baseMs: 1, capMs: 1, maxLost: 2 },
  timeoutMs: 5 * ms,
  effect,
  messageClass: "transactional",
  weddingPolicy: { criticalDaysBefore: 1, highDaysBefore: 7, defaultTier: "normal" },
  lateness: { deadlineAfterMs: 3_600 * ms, expiresAfterMs: 7_200 * ms, onLate: "run", repeatAfterMove: false },
  quietHours: null,
  vendorProfiles: {},
  providers: { primary: "http", backups: [] },
  handler: { kind: "http", url },
});

describe("a module type with a handler of its own", () => {
  let opened: Opened;
  let pool: Pool;
  let running: AppProcess;
  let api: ApiClient;
  let key = "";
  let url = "";
  const statuses: number[] = [];
  const calls: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  const handler = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      calls.push({ path: request.url ?? "", headers: request.headers, body });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  let environment: Readonly<Record<string, string>>;
  const launch = async (more: Readonly<Record<string, string>> = {}): Promise<void> => {
    running = await startApp(appProgram, { ...environment, ...more });
    api = createApiClient(running.url, key);
  };

  beforeAll(async () => {
    opened = await openTestPlatform();
    await new Promise<void>((resolve) => handler.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(handler.address() as AddressInfo).port}`;
    environment = testEnvironment(opened.database, opened.smtp, randomBytes(32).toString("base64"), {
      WEDSYNC_HTTP_HANDLER_SECRET: secret,
      WEDSYNC_HTTP_HANDLER_ALLOW_PRIVATE: "true",
    });
    pool = new Pool({ connectionString: opened.database.ownerUrl, max: 2 });
    pool.on("error", () => undefined);
    key = (await createApiKeys({ pool, schema: "wedsync" }).issue("ops")).secret;
    await launch();
    await book(api, "v", "w");
  });
  afterAll(async () => {
    await running.stop();
    await pool.end();
    handler.close();
    await opened.smtp.close();
    await opened.database.drop();
  });

  const register = async (type: string, effect: string): Promise<void> => {
    const path = `/v1/module-types/${type}/versions`;
    expect(await api.call("POST", path, { definition: definition(type, `${url}/${type}`, effect) })).toMatchObject({
      status: 201,
    });
    expect(await api.call("POST", `${path}/1/activate`)).toMatchObject({ status: 200 });
  };
  const request = async (type: string, idempotencyKey: string) =>
    await api.call<{ executionId: string; code?: string }>(
      "POST",
      "/v1/vendors/v/executions",
      { weddingId: "w", moduleType: type, payload: { list: "towels" } },
      { "idempotency-key": idempotencyKey },
    );
  const history = async (executionId: string): Promise<readonly string[]> => {
    const { body } = await api.call<{ items: readonly { type: string }[] }>(
      "GET",
      `/v1/executions/${executionId}/history`,
    );
    return body.items.map((event) => event.type);
  };
  const ended = async (executionId: string): Promise<readonly string[]> =>
    await until(
      async () => await history(executionId),
      (types) => /Succeeded|Uncertain|DeadLettered/.test(types.at(-1) ?? ""),
    );

  it("SCH-14 REG-3: is registered at run time and carried out by its handler, signed, with the execution as key", async () => {
    await register("gifts", "keyed");
    statuses.push(503, 500);
    const { status, body } = await request("gifts", "one");
    expect(status).toBe(202);
    expect(await ended(body.executionId)).toStrictEqual([
      "ExecutionRequested",
      "ExecutionStarted",
      "ExecutionFailed",
      "ExecutionRetryScheduled",
      "ExecutionStarted",
      "ExecutionFailed",
      "ExecutionRetryScheduled",
      "ExecutionStarted",
      "ExecutionSucceeded",
    ]);
    expect(
      calls.map((call) => [call.path, call.headers["idempotency-key"], call.headers["wedsync-attempt"]]),
    ).toStrictEqual(["1", "2", "3"].map((attempt) => ["/gifts", body.executionId, attempt]));
    expect(calls[0]?.headers["webhook-signature"]).toMatch(/^v1,/);
    expect(JSON.parse(calls[0]?.body ?? "")).toMatchObject({ type: "gifts", data: { content: { list: "towels" } } });
  });

  it("SCH-7: an at-most-once handler is named in the log before it is called, and a doubt is not repeated", async () => {
    await register("keys", "at-most-once");
    calls.length = 0;
    statuses.push(500);
    const { body } = await request("keys", "two");
    expect(await ended(body.executionId)).toStrictEqual([
      "ExecutionRequested",
      "ExecutionStarted",
      "ExecutionEffectBegun",
      "ExecutionUncertain",
    ]);
    expect(calls).toHaveLength(1);
  });

  it("REG-3 REG-4: types registered at run time are known to a process that starts later", async () => {
    await running.stop();
    await launch();
    const { status, body } = await request("gifts", "three");
    expect(status).toBe(202);
    expect((await ended(body.executionId)).at(-1)).toBe("ExecutionSucceeded");
  });

  it("SEC-3: a private address is not called unless that is allowed", async () => {
    await running.stop();
    await launch({ WEDSYNC_HTTP_HANDLER_ALLOW_PRIVATE: "false" });
    calls.length = 0;
    const { body } = await request("gifts", "four");
    expect((await ended(body.executionId)).at(-1)).toBe("ExecutionDeadLettered");
    expect(calls).toStrictEqual([]);
  });

  it("SCH-14 SEC-3: without a secret nothing runs such types, and requests for them are refused", async () => {
    await running.stop();
    await launch({ WEDSYNC_HTTP_HANDLER_SECRET: "" });
    expect(await request("gifts", "five")).toMatchObject({ status: 409, body: { code: "handler_missing" } });
  });
});
