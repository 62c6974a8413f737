// The read model behind the planner on a real log: what it answers, and that stopping and starting changes nothing.
import { createCodec } from "@wedsync/contracts";
import { executionEvents, weddingEvents } from "@wedsync/contracts/scheduler";
import { createProjectionStore, openPostgresLog, type PostgresLog } from "@wedsync/adapter-postgres";
import { catchUp } from "@wedsync/event-log";
import { dayNumber, schedulerInline } from "@wedsync/scheduler";
import { createTestDatabase, type TestDatabase } from "@wedsync/test";
import { migrateDatabase } from "../migration.js";
import { ids } from "../platform/ids.js";
import { weddingDemandProjection } from "./wedding-demand.js";
import { weddingDemandQueries } from "./wedding-demand-queries.js";

const meta = { source: "/test", correlationId: ids.event(), actor: "system:test", region: "local", time: 0 };
const definitions = [...weddingEvents, ...executionEvents];
const codec = createCodec(definitions);
const day = dayNumber("2027-06-12");

let database: TestDatabase;
let log: PostgresLog;
beforeEach(async () => {
  database = await createTestDatabase({ key: "orchestrator", migrate: migrateDatabase });
  log = openPostgresLog({ connectionString: database.appUrl, inline: schedulerInline });
});
afterEach(async () => {
  await log.close();
  await database.drop();
});

async function append(category: string, stream: string, version: number, type: string, changes: object): Promise<void> {
  const example = structuredClone(definitions.find((each) => each.type === type)?.example) as Record<string, object>;
  const work = "work" in changes ? { work: { ...example["work"], ...(changes.work as object) } } : {};
  const encoded = codec.encode({ type, data: { ...example, ...changes, ...work } } as never);
  const streams = [{ category, stream, expectedVersion: version - 1, events: [{ id: ids.event(), ...encoded }] }];
  expect((await log.append({ class: "normal", meta, streams })).ok).toBe(true);
}
async function book(stream: string, date: string, market = "united-kingdom"): Promise<void> {
  await append("wedding", stream, 1, "WeddingBooked", { date, endDate: date, bookedOn: "2027-01-02", market });
}
async function request(weddingStream: string, offset: number): Promise<void> {
  const when = { kind: "day", day: offset, time: "09:00" };
  await append("execution", ids.event(), 1, "ExecutionRequested", { when, work: { weddingStream, dueAt: 4e12 } });
}
const follow = async (batch: number) =>
  await catchUp({
    reader: log,
    store: createProjectionStore({ pool: log.pool, schema: log.schema }),
    projection: weddingDemandProjection(log.schema),
    batch,
  });

/** Three weddings of one market, one of another: moved, cancelled, with work. */
async function season(): Promise<void> {
  const [first, second, third, other] = [ids.event(), ids.event(), ids.event(), ids.event()];
  for (const stream of [first, second, third]) await book(stream, "2027-06-12");
  await book(other, "2027-06-12", "oceania");
  await request(first, -30);
  await request(first, -30);
  await request(second, -1);
  await append("wedding", second, 2, "WeddingMoved", { date: "2027-06-14", endDate: "2027-06-14" });
  await append("wedding", third, 2, "WeddingCancelled", { cancelledOn: "2026-03-14" });
  await request(other, 3);
}

it("SEA-3: tells the weddings in hand, every booking there was, and where the work of a mean one lies", async () => {
  await season();
  const queries = weddingDemandQueries(log.pool, log.schema);
  expect(await queries.position()).toBe(0n);
  await follow(500);
  expect(await queries.position()).toBe(await log.head());
  const inHand = await queries.inHand(day, day + 3);
  expect(inHand).toHaveLength(3);
  expect(inHand).toEqual(
    expect.arrayContaining([
      { market: "united-kingdom", day, weddings: 1 },
      { market: "united-kingdom", day: day + 2, weddings: 1 },
      { market: "oceania", day, weddings: 1 },
    ]),
  );
  expect(await queries.inHand(day + 1, day + 2)).toEqual([]);

  const bookedOn = dayNumber("2027-01-02");
  const { rows } = await log.pool.query<{ today: number }>(
    `select floor(extract(epoch from max(recorded_at)) / 86400)::int4 as today from ${log.schema}.events where type = 'WeddingMoved'`,
  );
  const today = rows[0]?.today;
  const bookings = await queries.bookings(["united-kingdom"]);
  expect(bookings).toHaveLength(4);
  expect(bookings).toEqual(
    expect.arrayContaining([
      { day, bookedOn },
      { day, bookedOn, releasedOn: today },
      { day, bookedOn, releasedOn: dayNumber("2026-03-14") },
      { day: day + 2, bookedOn: today },
    ]),
  );
  expect(await queries.workAround(["united-kingdom"])).toEqual({
    bookings: 4,
    counts: [
      { dayOffset: -30, hour: 9, executions: 2 },
      { dayOffset: -1, hour: 9, executions: 1 },
    ],
  });
  expect(await queries.workAround(["atlantis"])).toEqual({ bookings: 0, counts: [] });
});

it("LOG-4: the same rows come of one batch and of one event at a time", async () => {
  await season();
  const rows = async () =>
    (await log.pool.query(`select * from ${log.schema}.wedding_demand order by wedding`)).rows as object[];
  await follow(500);
  const atOnce = await rows();
  for (const table of ["wedding_demand", "projection"]) await log.pool.query(`delete from ${log.schema}.${table}`);
  await follow(1);
  expect(await rows()).toEqual(atOnce);
  expect(atOnce).toHaveLength(4);
});
