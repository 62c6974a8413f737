// The same program in several processes: api, two dispatchers (one leads), two workers; and each of them dying.
import { randomBytes, randomUUID } from "node:crypto";
import { createApiKeys, openPostgresLog } from "@wedsync/adapter-postgres";
import { createCodec } from "@wedsync/contracts";
import { dispatchEvents, type DispatchEvent } from "@wedsync/contracts/scheduler";
import { schedulerInline } from "@wedsync/scheduler";
import { Pool } from "pg";
import { type ApiClient, type AppProcess, createApiClient, startApp, until } from "@wedsync/test";
import { appProgram, openTestPlatform, testEnvironment } from "./testing/running-platform.js";
import { book } from "./testing/sample.js";

type Opened = Awaited<ReturnType<typeof openTestPlatform>>;

describe("roles in processes of their own", () => {
  let opened: Opened;
  let pool: Pool;
  let environment: (roles: string) => Readonly<Record<string, string>>;
  let api: ApiClient;
  const processes = new Map<string, AppProcess>();
  const launch = async (name: string, roles: string): Promise<AppProcess> => {
    const started = await startApp(appProgram, environment(roles));
    processes.set(name, started);
    return started;
  };

  beforeAll(async () => {
    opened = await openTestPlatform();
    const { database, smtp } = opened;
    const masterKey = randomBytes(32).toString("base64");
    environment = (roles) =>
      testEnvironment(database, smtp, masterKey, {
        WEDSYNC_ROLES: roles,
        LOG_LEVEL: "info",
        WEDSYNC_WORKER_SLOTS: "8",
      });
    pool = new Pool({ connectionString: database.ownerUrl, max: 2 });
    pool.on("error", () => undefined);
    const keys = createApiKeys({ pool, schema: "wedsync" });
    const server = await launch("api", "api");
    api = createApiClient(server.url, (await keys.issue("ops")).secret);
    await Promise.all([
      launch("dispatcher-1", "dispatcher"),
      launch("dispatcher-2", "dispatcher"),
      launch("worker-1", "worker"),
      launch("worker-2", "worker"),
    ]);
    await book(api, "v", "w");
  });
  afterAll(async () => {
    await Promise.all([...processes.values()].map(async (running) => await running.stop()));
    await pool.end();
    await opened.smtp.close();
    await opened.database.drop();
  });

  const accept = async (from: number, count: number): Promise<void> => {
    const answer = await api.call<{ results: readonly { problem?: unknown }[] }>(
      "POST",
      "/v1/vendors/v/executions/bulk",
      {
        items: Array.from({ length: count }, (_, index) => ({
          idempotencyKey: `mail-${from + index}`,
          weddingId: "w",
          moduleType: "email",
          payload: { to: `guest-${from + index}@example.test`, subject: `${from + index}`, text: "x" },
        })),
      },
    );
    expect(answer.body.results.filter((result) => result.problem !== undefined)).toStrictEqual([]);
  };
  const finals = async () => {
    const { rows } = await pool.query<{ type: string; count: string }>(
      "select type, count(*) from wedsync.events where type in ('ExecutionSucceeded','ExecutionUncertain','ExecutionDeadLettered') group by 1",
    );
    return Object.fromEntries(rows.map((row) => [row.type, Number(row.count)]));
  };
  const settled = async (count: number) =>
    await until(finals, (found) => Object.values(found).reduce((sum, part) => sum + part, 0) >= count);

  it("OPS-2: work accepted by one process is chosen by a second and done by a third and fourth", async () => {
    await accept(0, 200);
    expect(await settled(200)).toStrictEqual({ ExecutionSucceeded: 200 });
    const { rows } = await pool.query(
      "select distinct data->>'worker' from wedsync.events where type = 'ExecutionStarted'",
    );
    expect(rows).toHaveLength(2);
    const mails = await opened.smtp.mails();
    expect(new Set(mails.map((mail) => mail.to)).size).toBe(200);
    expect(mails).toHaveLength(200);
  });

  it("INVARIANTS 6, 15, 19: a killed leader is followed by the other dispatcher, a killed worker's attempts end", async () => {
    const leader = [...processes].find(
      ([name, running]) => name.startsWith("dispatcher") && running.log().includes('"leading"'),
    );
    expect(leader).toBeDefined();
    await accept(200, 200);
    await leader?.[1].kill();
    await processes.get("worker-1")?.kill();
    const done = await settled(400);
    // At most what the worker had on its way can be a doubt.
    expect(done["ExecutionUncertain"] ?? 0).toBeLessThanOrEqual(8);
    expect(done["ExecutionDeadLettered"] ?? 0).toBe(0);
    const { rows } = await pool.query(
      `select 'zombie' from (select leader_epoch e, lag(leader_epoch) over (order by position) p from wedsync.events where leader_epoch is not null) t where e < p
       union all select 'open' from wedsync.open_attempt
       union all select 'started twice' from (select type, lead(type) over (partition by stream order by version) as next from wedsync.events
         where type in ('ExecutionStarted','ExecutionSucceeded','ExecutionFailed','ExecutionAttemptLost','ExecutionUncertain')) t where type = 'ExecutionStarted' and next = 'ExecutionStarted'`,
    );
    expect(rows).toStrictEqual([]);
    const mails = await opened.smtp.mails();
    expect(new Set(mails.map((mail) => mail.to)).size).toBe(mails.length);
  });

  it("INVARIANTS 18, 21: a worker that is stopped past its lease sends nothing when it wakes", async () => {
    await launch("worker-3", "worker");
    const stopped = processes.get("worker-2");
    await accept(400, 100);
    stopped?.child.kill("SIGSTOP");
    await settled(500);
    const before = (await opened.smtp.mails()).length;
    stopped?.child.kill("SIGCONT");
    // It notices that it was declared lost, and goes on under a new name: work accepted now is done.
    await accept(500, 50);
    await settled(550);
    const mails = await opened.smtp.mails();
    expect(new Set(mails.map((mail) => mail.to)).size).toBe(mails.length);
    expect(mails.length).toBeGreaterThanOrEqual(before);
    // Begun once, or again after an attempt that definitely did nothing (a machine under load may refuse a connection).
    const effects = await pool.query<{ stream: string }>(
      `select stream from (select stream, type, lead(type) over (partition by stream order by version) as next from wedsync.events
         where type in ('ExecutionEffectBegun', 'ExecutionFailed')) t
        where type = 'ExecutionEffectBegun' and next = 'ExecutionEffectBegun'`,
    );
    expect(effects.rows).toStrictEqual([]);
  });

  it("INVARIANTS 35: a worker claims no more than it has slots for, whatever a former leader handed to it", async () => {
    for (const name of ["dispatcher-1", "dispatcher-2"]) {
      await processes.get(name)?.stop();
      processes.delete(name);
    }
    await accept(550, 20);
    const { rows } = await pool.query<{ execution: string }>("select execution from wedsync.pending");
    const workers = await pool.query<{ worker: string }>("select incarnation as worker from wedsync.worker limit 1");
    const { worker = "" } = workers.rows[0] ?? {};
    const log = openPostgresLog({ connectionString: opened.database.appUrl, inline: schedulerInline });
    try {
      const now = Date.now();
      const chosen = rows.map(({ execution }) => ({
        execution,
        attempt: 1,
        handover: randomUUID(),
        tier: "normal" as const,
        worker,
        reason: "default_tier",
      }));
      const decided: DispatchEvent = {
        type: "DispatchDecided",
        data: {
          series: 1,
          tick: 1,
          now,
          asOf: (await log.head()).toString(),
          credits: 20,
          criticalCredits: 0,
          policyVersion: 1,
          givenBack: [],
          due: {},
          chosen,
        },
      };
      const meta = { source: "/test", time: now, correlationId: "former", actor: "system:dispatcher", region: "test" };
      const event = { id: randomUUID(), ...createCodec(dispatchEvents).encode(decided) };
      const streams = [{ category: "dispatch", stream: randomUUID(), expectedVersion: 0, events: [event] }];
      expect(await log.append({ class: "normal", meta, streams })).toMatchObject({ ok: true });
    } finally {
      await log.close();
    }
    await settled(558);
    const started = await pool.query(
      "select from wedsync.events where type = 'ExecutionStarted' and stream = any($1) and version = 2",
      [rows.map(({ execution }) => execution)],
    );
    expect([rows.length, started.rowCount]).toStrictEqual([20, 8]);
  });

  it("INVARIANTS 36: a leader whose term cannot begin tries again and then works", async () => {
    // The first thing a term needs is not there.
    await pool.query("alter table wedsync.last_seen rename to away");
    const running = await launch("dispatcher-3", "dispatcher");
    await until(
      async () => await Promise.resolve(running.log()),
      (log) => log.includes("could not begin its term"),
    );
    await pool.query("alter table wedsync.away rename to last_seen");
    await settled(570);
  });

  it("OPS-2: asked to stop, every role ends by itself with exit 0 and gives up its lease", async () => {
    const worker = processes.get("worker-3");
    processes.delete("worker-3");
    const before = await pool.query("select from wedsync.worker");
    expect(await worker?.stop()).toBe(0);
    const after = await pool.query("select from wedsync.worker");
    expect(after.rowCount).toBe((before.rowCount ?? 0) - 1);
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ["WEDSYNC_ROLES", { WEDSYNC_ROLES: "cook" }],
    ["WEDSYNC_MASTER_KEY", { WEDSYNC_MASTER_KEY: "too short" }],
    ["WEDSYNC_PORT", { WEDSYNC_PORT: "many" }],
    ["DATABASE_URL", { DATABASE_URL: "mysql://secret-of-the-house@db" }],
    ["SMTP_URL", { SMTP_URL: "" }],
  ])("OPS-2: a wrong %s stops the process with one line that names it, and without its value", async (name, wrong) => {
    await expect(startApp(appProgram, { ...environment("api"), ...wrong })).rejects.toThrow(
      expect.objectContaining({ message: expect.stringContaining(name) }),
    );
    await expect(startApp(appProgram, { ...environment("api"), ...wrong })).rejects.toThrow(
      expect.not.objectContaining({ message: expect.stringContaining("secret-of-the-house") }),
    );
  });
});
