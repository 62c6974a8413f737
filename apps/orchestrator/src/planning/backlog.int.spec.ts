// What counts as backlog and as coming work, on the real tables.
import { createDemandReader, type BacklogRow, type DemandReader } from "@wedsync/adapter-postgres";
import { createTestDatabase, type TestDatabase } from "@wedsync/test";
import { Pool } from "pg";
import { migrateDatabase } from "../migration.js";
import { ids } from "../platform/ids.js";

const hour = 3_600_000;
const now = Date.parse("2027-06-01T10:15:00Z");
const far = now + 1_000 * hour;

describe("the demand reader", () => {
  let database: TestDatabase;
  let pool: Pool;
  let reader: DemandReader;
  beforeEach(async () => {
    database = await createTestDatabase({ key: "orchestrator", migrate: migrateDatabase });
    pool = new Pool({ connectionString: database.ownerUrl, max: 2 });
    pool.on("error", () => undefined);
    reader = createDemandReader({ pool, schema: "wedsync" });
  });
  afterEach(async () => {
    await pool.end();
    await database.drop();
  });

  const put = async (dueAt: number, changes: Readonly<Record<string, unknown>> = {}): Promise<void> => {
    const row = {
      execution: ids.event(),
      version: 1,
      held: false,
      vendor: "rose",
      wedding: "smith",
      wedding_stream: ids.event(),
      module_type: "email",
      definition_version: 1,
      market: "united-kingdom",
      zone: "Europe/London",
      schedule_version: 1,
      high_from: far,
      critical_from: far,
      critical_until: far,
      default_tier: "normal",
      due_at: dueAt,
      deadline: far,
      expires_at: far,
      on_late: "run",
      effect: "plain",
      attempts: 0,
      lost: 0,
      ...changes,
    };
    const names = Object.keys(row);
    const places = names.map((_, index) => `$${index + 1}`);
    await pool.query(
      `insert into wedsync.pending (${names.join(", ")}) values (${places.join(", ")})`,
      Object.values(row),
    );
  };
  const sorted = (rows: readonly BacklogRow[]): readonly BacklogRow[] =>
    [...rows].sort((a, b) => (`${a.market} ${a.tier}` < `${b.market} ${b.tier}` ? -1 : 1));

  it("SEA-9: backlog is what is due and not started, by market and present tier, with its oldest", async () => {
    await put(now - hour);
    await put(now - 2 * hour);
    await put(now, { market: "oceania" });
    await put(now - 1, { critical_from: now, high_from: now - hour });
    await put(now - 1, { high_from: now });
    await put(now + 1);
    await put(now - hour, { held: true });
    expect(sorted(await reader.backlog(now))).toEqual([
      { market: "oceania", tier: "normal", count: 1, oldestDue: now },
      { market: "united-kingdom", tier: "critical", count: 1, oldestDue: now - 1 },
      { market: "united-kingdom", tier: "high", count: 1, oldestDue: now - 1 },
      { market: "united-kingdom", tier: "normal", count: 2, oldestDue: now - 2 * hour },
    ]);
  });

  it.each(["platform", "vendor:rose", "wedding:rose/smith", "module:email", "market:united-kingdom", "tier:normal"])(
    "SEA-9: work of the held scope %s is no backlog; other work is",
    async (scope) => {
      await put(now);
      const other = { vendor: "lily", wedding: "jones", module_type: "sms", market: "oceania", default_tier: "low" };
      await put(now, other);
      await pool.query("insert into wedsync.guard (key, value) values ($1, 'requested')", [`hold:${scope}`]);
      const expected = scope === "platform" ? [] : [{ market: "oceania", tier: "low", count: 1, oldestDue: now }];
      expect(await reader.backlog(now)).toEqual(expected);
    },
  );

  it("SEA-4: coming work is counted by whole hour and market, in the range asked for", async () => {
    const from = Date.parse("2027-06-01T10:00:00Z");
    for (const at of [from, from + 1, from + hour - 1, from + hour, from - 1, from + 2 * hour]) await put(at);
    await put(from, { market: "oceania" });
    await put(from, { held: true });
    const hours = await reader.dueByHour({ from, to: from + 2 * hour });
    expect([...hours].sort((a, b) => a.at - b.at || (a.market < b.market ? -1 : 1))).toEqual([
      { market: "oceania", at: from, executions: 1 },
      { market: "united-kingdom", at: from, executions: 3 },
      { market: "united-kingdom", at: from + hour, executions: 1 },
    ]);
  });
});
