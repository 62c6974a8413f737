// Autoscaling as its users meet it: a queue that grows, the numbers an autoscaler reads, and the pool that follows them.
import { until } from "@wedsync/test";
import { startGatedHandler, type GatedHandler } from "./testing/gated-handler.js";
import { startTestPlatform, type RunningPlatform } from "./testing/running-platform.js";
import { book, dayFromNow } from "./testing/sample.js";

interface Scaling {
  readonly mode: string;
  readonly wantedSlots: number;
  readonly plannedSlots: number;
  readonly presentSlots: number;
  readonly reasons: readonly { readonly code: string }[];
  readonly backlog: { readonly count: number };
  readonly markets: readonly {
    readonly market: string;
    readonly plan: { readonly steps: readonly { readonly at: string; readonly slots: number }[] };
    readonly forecast: { readonly days: readonly { readonly date: string; readonly expected: number }[] };
  }[];
}
interface Keda {
  readonly wantedSlots: number;
  readonly plannedSlots: number;
  readonly backlog: number;
  readonly backlogAgeSeconds: number;
}

const executions = 1_200;
const floor = 2;
const most = 12;

describe("scaling", () => {
  let handler: GatedHandler;
  let platform: RunningPlatform;
  beforeAll(async () => {
    handler = await startGatedHandler();
    platform = await startTestPlatform({
      ...handler.environment,
      WEDSYNC_WORKER_SLOTS: String(floor),
      WEDSYNC_WORKER_SLOTS_MAX: String(most),
    });
    const { api } = platform;
    await book(api, "vendor", "wedding");
    const registered = await api.call("POST", "/v1/module-types/gated/versions", { definition: handler.definition });
    expect(registered.status).toBe(201);
    expect((await api.call("POST", "/v1/module-types/gated/versions/1/activate", {})).status).toBe(200);
  });
  afterAll(async () => {
    handler.open();
    await platform.stop();
    await handler.close();
  });

  const scaling = async (): Promise<Scaling> => (await platform.api.call<Scaling>("GET", "/v1/scaling")).body;
  const keda = async (): Promise<Keda> => (await platform.api.call<Keda>("GET", "/v1/scaling/keda")).body;
  const metric = async (name: string): Promise<number> => {
    const { text } = await platform.api.call("GET", "/metrics");
    return Number(new RegExp(`^${name} (.+)$`, "m").exec(text)?.[1]);
  };
  const request = async (prefix: string, count: number): Promise<void> => {
    const items = Array.from({ length: count }, (_, index) => ({
      idempotencyKey: `${prefix}-${index}`,
      weddingId: "wedding",
      moduleType: "gated",
      payload: {},
    }));
    const answer = await platform.api.call("POST", "/v1/vendors/vendor/executions/bulk", { items });
    expect(answer.status).toBeLessThan(300);
  };

  it("SEA-9: a held scope asks for no workers, however much waits in it", async () => {
    expect((await platform.api.call("POST", "/v1/hold", { scope: "module:gated" })).status).toBe(200);
    await request("many", executions);
    const before = (await scaling()) as Scaling & { now: string };
    const after = await until(
      async () => (await scaling()) as Scaling & { now: string },
      ({ now }) => now > before.now,
    );
    expect(after.backlog.count).toBe(0);
    expect(after.wantedSlots).toBe(floor);
  });

  it("SEA-9: more than 1,000 waiting raises the wanted capacity, and the pool follows without being told", async () => {
    expect((await platform.api.call("POST", "/v1/release", { scope: "module:gated" })).status).toBe(200);
    const grown = await until(scaling, ({ wantedSlots, presentSlots }) => wantedSlots > floor && presentSlots > floor);
    expect(grown.backlog.count).toBeGreaterThan(1_000);
    expect(grown.reasons.map(({ code }) => code)).toEqual(expect.arrayContaining(["backlog_count", "lag_adds"]));
    expect(grown.presentSlots).toBeLessThanOrEqual(most);
    // The new slots do work: more calls are under way than the floor allows.
    await until(
      async () => await Promise.resolve(handler.waiting()),
      (waiting) => waiting > floor,
    );
    const numbers = await keda();
    expect(numbers).toEqual({
      wantedSlots: expect.any(Number),
      plannedSlots: floor,
      backlog: expect.any(Number),
      backlogAgeSeconds: expect.any(Number),
    });
    expect(numbers.wantedSlots).toBeGreaterThan(floor);
    expect(await metric("wedsync_capacity_wanted_slots")).toBeGreaterThan(floor);
    expect(await metric("wedsync_capacity_planned_slots")).toBeGreaterThanOrEqual(floor);
    expect(await metric("wedsync_worker_slots")).toBeGreaterThan(floor);
    expect(await metric('wedsync_backlog_executions\\{tier="normal"\\}')).toBeGreaterThan(1_000);
  });

  it("SEA-9: the pool goes back to its floor when the queue is empty, and no execution was lost with it", async () => {
    handler.open();
    const drained = await until(scaling, ({ presentSlots, backlog }) => presentSlots === floor && backlog.count === 0);
    expect(drained.wantedSlots).toBe(floor);
    // Calls that waited too long at the gate were tried again; none was given up, and none was lost with a shrinking pool.
    const [ends] = await platform.query<{ succeeded: string; lost: string }>(
      `select count(*) filter (where type = 'ExecutionSucceeded') as succeeded,
              count(*) filter (where type in ('ExecutionAttemptLost', 'ExecutionDeadLettered')) as lost
         from wedsync.events where category = 'execution'`,
    );
    expect(ends).toEqual({ succeeded: String(executions), lost: "0" });
  });

  it("SEA-4: bookings become a forecast and a plan on the log, with the first policy, for the market they are in", async () => {
    const items = Array.from({ length: 20 }, (_, index) => ({
      weddingId: `planned-${index}`,
      date: dayFromNow(5 + (index % 3)),
      couple: { names: "Ada & Bo", email: "ada@example.test" },
    }));
    expect((await platform.api.call("POST", "/v1/vendors/vendor/weddings/bulk", { items })).status).toBe(200);
    const planned = await until(scaling, ({ markets }) =>
      markets.some(({ forecast }) => forecast.days.some(({ expected }) => expected > 3)),
    );
    expect(planned.mode).toBe("shadow");
    expect(planned.markets.map(({ market }) => market)).toEqual(["united-kingdom"]);
    expect(planned.markets[0]?.forecast.days).toHaveLength(30);
    const counts = await platform.query<{ type: string; n: string }>(
      `select type, count(*) as n from wedsync.events where category in ('season', 'capacity') group by type`,
    );
    const of = (type: string): number => Number(counts.find((row) => row.type === type)?.n ?? 0);
    expect(of("SeasonPolicyActivated")).toBe(1);
    expect(of("DemandForecast")).toBeGreaterThanOrEqual(1);
    expect(of("CapacityPlanned")).toBeGreaterThanOrEqual(1);
  });

  it("SEA-7: the quietest windows for maintenance are told, none of them in a freeze", async () => {
    const { body, status } = await platform.api.call<{
      markets: {
        market: string;
        maintenance: { from: string; to: string }[];
        freeze: { from: string; to: string; moduleType: string }[];
      }[];
    }>("GET", "/v1/scaling/windows?hours=3");
    expect(status).toBe(200);
    const [market] = body.markets;
    expect(market?.market).toBe("united-kingdom");
    expect(market?.maintenance.length).toBeGreaterThan(0);
    for (const { from, to } of market?.maintenance ?? []) {
      expect(Date.parse(to) - Date.parse(from)).toBe(3 * 3_600_000);
      expect(market?.freeze.some((frozen) => frozen.from < to && frozen.to > from)).toBe(false);
    }
    expect((await platform.api.call("GET", "/v1/scaling/windows?hours=0")).status).toBe(400);
  });

  it.each(["/v1/scaling", "/v1/scaling/keda", "/v1/scaling/windows"])(
    "SEC-1: %s answers operators, services and readers, and nobody else",
    async (path) => {
      for (const role of ["ops", "service", "read-only"])
        expect((await (await platform.as(role)).call("GET", path)).status).toBe(200);
      expect((await (await platform.as("vendor", "vendor")).call("GET", path)).status).toBe(403);
      expect((await fetch(`${platform.url}${path}`)).status).toBe(401);
    },
  );
});
