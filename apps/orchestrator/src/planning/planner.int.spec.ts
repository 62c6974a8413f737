// The planner on a real log: what it writes, and what it does not write twice.
import { createCodec } from "@wedsync/contracts";
import { executionEvents, type ExecutionEvent } from "@wedsync/contracts/scheduler";
import {
  createDemandReader,
  createProjectionStore,
  openPostgresLog,
  type PostgresLog,
} from "@wedsync/adapter-postgres";
import { createLogger } from "@wedsync/adapter-process";
import { catchUp } from "@wedsync/event-log";
import { createScheduler, defaultDispatchPolicy, schedulerInline, type Scheduler } from "@wedsync/scheduler";
import { createSeasonPolicy, type Seasons } from "@wedsync/season-policy";
import { createTestDatabase, type TestDatabase, until } from "@wedsync/test";
import { migrateDatabase } from "../migration.js";
import { ids } from "../platform/ids.js";
import { weddingDemandProjection } from "../read-models/wedding-demand.js";
import { weddingDemandQueries } from "../read-models/wedding-demand-queries.js";
import { Planner, type PlannerOptions } from "./planner.js";

const dayMs = 86_400_000;
const start = Date.parse("2027-06-01T10:15:00Z");
const meta = { source: "/test", correlationId: ids.event(), actor: "system:test", region: "local" };

describe("the planner", () => {
  let database: TestDatabase;
  let log: PostgresLog;
  let scheduler: Scheduler;
  let seasons: Seasons;
  let now = start;
  const clock = { now: () => now };
  const planners: Planner[] = [];

  const planner = (more: Partial<PlannerOptions> = {}): Planner => {
    const made = new Planner({
      clock,
      seasons,
      weddings: weddingDemandQueries(log.pool, log.schema),
      head: async () => await log.head(),
      demand: createDemandReader({ pool: log.pool, schema: log.schema }),
      meta: () => meta,
      terms: () => ({ mode: "shadow", cap: 100, serviceRatePerSlot: 1 }),
      leadTimeMs: 900_000,
      logger: createLogger("silent"),
      ...more,
    });
    planners.push(made);
    return made;
  };
  const look = async (one: Planner): Promise<boolean> => {
    const store = createProjectionStore({ pool: log.pool, schema: log.schema });
    await catchUp({ reader: log, store, projection: weddingDemandProjection(log.schema) });
    return await one.look();
  };
  const looked = async (one: Planner): Promise<void> => expect(await look(one)).toBe(true);
  const bookOn = async (prefix: string, count: number, date: string, market = "united-kingdom"): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      const booked = await scheduler.putWedding(
        "vendor",
        {
          weddingId: `${prefix}-${index}`,
          schedule: { date, endDate: date, zone: "Europe/London" },
          market,
          bookedOn: "2027-05-01",
          sealed: { key: ids.event(), iv: "AAAA", tag: "AAAA", body: "AAAA" },
          detailsDigest: "d",
        },
        meta,
      );
      expect(booked.ok).toBe(true);
    }
  };
  /** One execution the day before the first wedding, so that bookings mean work. */
  const requestWork = async (): Promise<void> => {
    const requested = executionEvents.find(({ type }) => type === "ExecutionRequested");
    const { work, ...example } = structuredClone(requested?.example) as Record<string, object>;
    const data = {
      ...example,
      work: { ...work, weddingStream: ids.stream("wedding", "vendor", "a-0"), dueAt: start + 10 * dayMs },
      when: { kind: "day", day: -1, time: "09:00" },
    };
    const encoded = createCodec(executionEvents).encode({
      type: "ExecutionRequested",
      data,
    } as never as ExecutionEvent);
    const events = [{ id: ids.event(), ...encoded }];
    const streams = [{ category: "execution", stream: ids.event(), expectedVersion: 0, events }];
    expect((await log.append({ class: "normal", meta: { ...meta, time: now }, streams })).ok).toBe(true);
  };
  const written = async (): Promise<Readonly<Record<string, number>>> => {
    const { rows } = await log.pool.query<{ type: string; n: string }>(
      `select type, count(*) as n from ${log.schema}.events where category in ('season', 'capacity') group by type`,
    );
    return Object.fromEntries(rows.map(({ type, n }) => [type, Number(n)]));
  };

  beforeEach(async () => {
    now = start;
    database = await createTestDatabase({ key: "orchestrator", migrate: migrateDatabase });
    log = openPostgresLog({ connectionString: database.appUrl, inline: schedulerInline });
    seasons = createSeasonPolicy({ log, clock, ids });
    scheduler = createScheduler({
      log,
      clock,
      ids,
      criticalUntilHour: 6,
      timeZoneData: "test",
      tierDays: () => defaultDispatchPolicy.tiers,
      systemMeta: meta,
    });
  });
  afterEach(async () => {
    await Promise.all(planners.splice(0).map(async (one) => await one.stop()));
    await log.close();
    await database.drop();
  });

  it("SEA-1: puts a first policy in force, once, with no plan while there is nothing to plan", async () => {
    await looked(planner());
    expect(await written()).toEqual({ SeasonPolicyActivated: 1 });
    expect(Object.keys(seasons.policy()?.markets ?? {})).toEqual(
      expect.arrayContaining(["united-kingdom", "oceania", "default"]),
    );
    await looked(planner());
    expect(await written()).toEqual({ SeasonPolicyActivated: 1 });
  });

  it("SEA-4: waits until the weddings that were booked before it led are known", async () => {
    await bookOn("a", 10, "2027-06-12");
    const one = planner();
    expect(await one.look()).toBe(false);
    expect(await written()).toEqual({});
    await looked(one);
    expect((await written())["CapacityPlanned"]).toBe(1);
  });

  it("SEA-4: the same bookings are forecast and planned once, by the next leader too", async () => {
    await bookOn("a", 10, "2027-06-12");
    const first = planner();
    await looked(first);
    await looked(first);
    expect(await written()).toEqual({ SeasonPolicyActivated: 1, DemandForecast: 1, CapacityPlanned: 1 });
    await first.stop();
    seasons = createSeasonPolicy({ log, clock, ids });
    await seasons.refresh();
    await seasons.refresh(["united-kingdom"]);
    await looked(planner());
    expect(await written()).toEqual({ SeasonPolicyActivated: 1, DemandForecast: 1, CapacityPlanned: 1 });
    expect(seasons.currentPlan("united-kingdom")).toMatchObject({ mode: "shadow", floor: 0, cap: 100 });
  });

  it("SEA-4: one booking more is noise; many, a new day and another mode are planned anew", async () => {
    await bookOn("a", 10, "2027-06-12");
    await requestWork();
    let mode: "shadow" | "active" = "shadow";
    const one = planner({ terms: () => ({ mode, cap: 100, serviceRatePerSlot: 1 }) });
    await looked(one);
    await bookOn("b", 1, "2027-06-12");
    await looked(one);
    expect((await written())["DemandForecast"]).toBe(1);
    await bookOn("c", 10, "2027-06-19");
    await until(
      async () => {
        await look(one);
        return (await written())["DemandForecast"];
      },
      (count) => count === 2,
    );
    expect((await written())["CapacityPlanned"]).toBe(2);
    now += dayMs;
    await looked(one);
    expect((await written())["DemandForecast"]).toBe(3);
    const plans = (await written())["CapacityPlanned"] ?? 0;
    mode = "active";
    await looked(one);
    expect(await written()).toMatchObject({ DemandForecast: 3, CapacityPlanned: plans + 1 });
    expect(seasons.currentPlan("united-kingdom")?.mode).toBe("active");
  });

  it("SEA-4: a change of policy plans only what it touches, and the queue is not counted for it at every look", async () => {
    for (const market of ["united-kingdom", "oceania"]) await bookOn(market, 10, "2027-06-12", market);
    let counts = 0;
    const reader = createDemandReader({ pool: log.pool, schema: log.schema });
    const demand = {
      ...reader,
      dueByHour: async (range: Parameters<typeof reader.dueByHour>[0]) => {
        counts += 1;
        return await reader.dueByHour(range);
      },
    };
    const one = planner({ demand });
    await looked(one);
    const before = await written();
    const policy = seasons.policy();
    const oceania = policy?.markets["oceania"];
    if (policy === undefined || oceania === undefined) throw new Error("no policy");
    const changed = { ...oceania, cap: oceania.cap + 1 };
    await seasons.activate({ ...policy, version: 2, markets: { ...policy.markets, oceania: changed } }, meta);
    const versionsOf = () => ["united-kingdom", "oceania"].map((market) => seasons.currentPlan(market)?.policyVersion);
    await looked(one);
    expect(versionsOf()).toEqual([1, expect.any(Number)]);
    const after = await written();
    expect((after["CapacityPlanned"] ?? 0) - (before["CapacityPlanned"] ?? 0)).toBeLessThanOrEqual(1);
    counts = 0;
    for (let look = 0; look < 5; look += 1) await looked(one);
    expect(counts).toBe(0);
    expect(await written()).toEqual(after);
  });

  it("SEA-2: markets without a profile are planned together as the default market", async () => {
    await bookOn("a", 3, "2027-06-12", "atlantis");
    await bookOn("b", 3, "2027-06-12", "lemuria");
    await looked(planner());
    expect(await written()).toEqual({ SeasonPolicyActivated: 1, DemandForecast: 1, CapacityPlanned: 1 });
    expect(seasons.currentPlan("default")).toBeDefined();
  });
});
