// A real platform's log, read back: verification is clean after real traffic and red after each tampering.
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { createTestDatabase, runReplay, until } from "@wedsync/test";
import { migrateDatabase } from "./migration.js";
import { startTestPlatform, type RunningPlatform } from "./testing/running-platform.js";
import { book, dayFromNow, requestEmail } from "./testing/sample.js";

let platform: RunningPlatform;
const executions: string[] = [];
let middle: { readonly at: string; readonly status: Record<string, unknown>; readonly state: Document };

interface Document extends Readonly<Record<string, unknown>> {
  readonly checks: readonly { readonly ok: boolean }[];
  readonly changes: readonly { readonly what: string }[];
  readonly executions: Readonly<Record<string, number>>;
}

const json = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await runReplay(platform.database.ownerUrl, ...args, "--json");
  return { code, stderr, document: JSON.parse(stdout) as Document };
};
const statusCount = async (status: string): Promise<number> => {
  const [row] = await platform.query<{ n: string }>(
    "select count(*) as n from wedsync.execution_list where status = $1",
    [status],
  );
  return Number(row?.n ?? 0);
};
const reached = async (status: string, count: number): Promise<void> =>
  void (await until(
    async () => await statusCount(status),
    (found) => found === count,
  ));
const settled = async (): Promise<void> =>
  void (await until(
    async () =>
      await platform.query<{ head: string; at: string }>(
        "select (select max(position) from wedsync.events) as head, coalesce((select position from wedsync.projection where name = 'execution_list'), 0) as at",
      ),
    ([row]) => row?.head === row?.at,
  ));

beforeAll(async () => {
  platform = await startTestPlatform();
  const { api } = platform;
  await book(api, "lens", "w1", { date: dayFromNow(60) });
  await book(api, "lens", "w2", { date: dayFromNow(1) });
  await book(api, "hall", "w1", { date: dayFromNow(3) });
  for (let each = 0; each < 40; each += 1) {
    const [vendor, wedding] = each % 3 === 0 ? ["hall", "w1"] : ["lens", each % 2 === 0 ? "w1" : "w2"];
    const { body } = await requestEmail(api, vendor ?? "", wedding ?? "", `key-${each}`);
    executions.push(body.executionId);
  }
  // All of them, before the hold: what has not started by then would wait behind it.
  await reached("succeeded", 40);
  // Held, waiting behind the hold, scheduled, moved.
  await api.call("POST", "/v1/hold", { scope: "vendor:hall" });
  for (let each = 0; each < 6; each += 1) {
    const { body } = await requestEmail(api, "hall", "w1", `held-${each}`);
    executions.push(body.executionId);
  }
  const later = await requestEmail(api, "lens", "w1", "later", { when: { day: -30, time: "09:00" } });
  executions.push(later.body.executionId);
  await settled();
  // The platform plans now and then: the snapshot counts when nothing was recorded while it was taken.
  const taken = async (): Promise<readonly [unknown, unknown]> => {
    const [now] = await platform.query<{ at: string; head: string }>(
      `select to_char(max(recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, max(position)::text as head
         from wedsync.events`,
    );
    const { body: status } = await api.call<Record<string, unknown>>("GET", "/v1/status");
    middle = { at: now?.at ?? "", status, state: (await json("state")).document };
    return [String(middle.state["position"]), now?.head];
  };
  await until(taken, ([position, head]) => position === head);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await book(api, "lens", "w1", { date: dayFromNow(90) });
  await api.call("POST", "/v1/release", { scope: "vendor:hall" });
  await reached("succeeded", 46);
  // Another process's lead: the leader changes.
  await platform.query(
    "update wedsync.leader set epoch = epoch + 1, counter = counter + 1, holder = gen_random_uuid() where role = 'dispatcher'",
  );
  const oneMore = async (): Promise<number> => {
    const { body } = await requestEmail(api, "lens", "w2", `after-${randomBytes(4).toString("hex")}`);
    executions.push(body.executionId);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return await statusCount("succeeded");
  };
  await until(oneMore, (found) => found > 46);
  await reached("pending", 1);
  await reached("running", 0);
  await settled();
});
afterAll(async () => await platform.stop());

describe("verify", () => {
  it("RPL-5 RPL-4 INVARIANTS 37, 38 and 52: after holds, moves and a change of the leader nothing differs, on the running platform", async () => {
    const { code, document } = await json("verify");
    expect(document.checks.filter((check) => !check.ok)).toEqual([]);
    expect(document).toMatchObject({ ok: true, differences: 0, notRecomputable: 0 });
    expect(document["decisions"]).toBeGreaterThan(3);
    expect(document["starts"]).toBeGreaterThanOrEqual(47);
    expect(code).toBe(0);
  });

  it("a login that may only read is enough", async () => {
    const copy = await copyOf(platform, { key: "orchestrator_read", role: "wedsync_read" });
    try {
      const run = await runReplay(copy.loginUrl, "verify");
      expect(run.stdout).toMatch(/Everything is what the log says/);
      expect(run.code).toBe(0);
    } finally {
      await copy.drop();
    }
  });

  const decided = "type = 'DispatchDecided' and json_array_length(data->'chosen') > 0";
  const firstOf = (where: string): string => `(select min(position) from wedsync.events where ${where})`;
  const tamperings: readonly (readonly [string, string, string])[] = [
    [
      "one event deleted",
      `delete from wedsync.events where position = ${firstOf("type = 'ExecutionSucceeded'")}`,
      "log_gap",
    ],
    ["the beginning cut off", "delete from wedsync.events where position <= 2", "log_truncated"],
    [
      "the newest events lost",
      "delete from wedsync.events where position > (select max(position) - 3 from wedsync.events)",
      "checkpoint_ahead",
    ],
    [
      "two events swapped",
      `update wedsync.events e set position = -o.other from (select position as own, lead(position) over (order by position) as other from wedsync.events where position in (20, 21)) o where e.position = o.own and o.other is not null;
       update wedsync.events set position = 20 where position = 21; update wedsync.events set position = 21 where position = -21`,
      "*",
    ],
    [
      "one recorded reason changed",
      `update wedsync.events set data = jsonb_set(data::jsonb, '{chosen,0,reason}', '"low_guarantee"')::json where position = ${firstOf(decided)}`,
      "reason_differs",
    ],
    [
      "one recorded tier changed",
      `update wedsync.events set data = jsonb_set(data::jsonb, '{chosen,0,tier}', '"low"')::json where position = ${firstOf(`${decided} and data->'chosen'->0->>'tier' <> 'low'`)}`,
      "tier_differs",
    ],
    [
      "the tier of a start changed",
      `update wedsync.events set data = jsonb_set(data::jsonb, '{tier}', '"low"')::json where position = ${firstOf("type = 'ExecutionStarted' and data->>'tier' <> 'low'")}`,
      "start_differs",
    ],
    [
      "an event of a newer release",
      `update wedsync.events set schema_version = 9 where position = ${firstOf("type = 'WeddingBooked'")}`,
      "event_newer",
    ],
    [
      "an event that says nothing",
      `update wedsync.events set data = '{}' where position = ${firstOf("type = 'WeddingMoved'")}`,
      "event_poison",
    ],
    ["one pending row dropped", "delete from wedsync.pending", "row_missing"],
    [
      "one pending row doubled",
      "insert into wedsync.pending select gen_random_uuid(), version, held, vendor, wedding, wedding_stream, module_type, definition_version, market, zone, schedule_version, high_from, critical_from, critical_until, default_tier, due_at, deadline, expires_at, on_late, effect, attempts, lost from wedsync.pending limit 1",
      "row_extra",
    ],
    ["the tier of a pending row changed", "update wedsync.pending set default_tier = 'critical'", "row_differs"],
    [
      "a guard changed",
      "update wedsync.guard set value = '7' where key = (select min(key) from wedsync.guard where key like 'wedding:%')",
      "row_differs",
    ],
    [
      "a finished row of the list changed",
      "update wedsync.execution_list set status = 'dead' where execution = (select min(execution::text)::uuid from wedsync.execution_list where status = 'succeeded')",
      "row_differs",
    ],
    [
      "a row of the list dropped",
      "delete from wedsync.execution_list where execution = (select max(execution::text)::uuid from wedsync.execution_list)",
      "row_missing",
    ],
    [
      "what a wedding means for the load changed",
      "update wedsync.wedding_demand set day = day + 1 where wedding = (select min(wedding::text)::uuid from wedsync.wedding_demand)",
      "row_differs",
    ],
  ];

  it.each(tamperings)("INVARIANTS 50: %s turns it red and is named", async (_what, sql, code) => {
    const copy = await copyOf(platform);
    try {
      await copy.query(sql);
      const run = await runReplay(copy.url, "verify", "--json");
      const document = JSON.parse(run.stdout) as {
        ok: boolean;
        checks: { findings: { code: string; message: string }[] }[];
      };
      const found = document.checks.flatMap((check) => check.findings);
      expect(run.code).toBe(1);
      expect(document.ok).toBe(false);
      expect(found.length).toBeGreaterThan(0);
      if (code !== "*") expect(found.map((finding) => finding.code)).toContain(code);
    } finally {
      await copy.drop();
    }
  });
});

describe("state, diff, timeline, why", () => {
  it("RPL-2: the state in the middle is what a snapshot said then", async () => {
    const { document } = await json("state", "--at", middle.at);
    const { at: _at, ...then } = middle.state as Document & { at: string };
    const { at: _now, ...found } = document as Document & { at: string };
    expect(found).toEqual(then);
    expect(document.executions).toMatchObject({ waiting: 6, scheduled: 1, running: 0 });
    expect(middle.status["executions"]).toMatchObject({ waiting: 6, scheduled: 1 });
    expect(document).toMatchObject({
      holds: { "vendor:hall": "requested" },
      weddings: { booked: 3, cancelled: 0 },
      vendors: 2,
      policy: { version: 1 },
    });
  });

  it("RPL-2: diff names what changed between two instants", async () => {
    const [end] = await platform.query<{ at: string }>(
      "select (extract(epoch from max(recorded_at)) * 1000)::int8::text as at from wedsync.events",
    );
    const { document } = await json("diff", "--at", middle.at, "--at", end?.at ?? "");
    const changed = document.changes.map((change) => change.what);
    expect(changed).toEqual(expect.arrayContaining(["executions/waiting", "holds/vendor:hall", "leaderEpoch"]));
  });

  it("RPL-1: a wedding's timeline is in order, complete and without personal data", async () => {
    const { stdout, code } = await runReplay(
      platform.database.ownerUrl,
      "timeline",
      "--vendor",
      "lens",
      "--wedding",
      "w1",
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/Wedding w1 booked for/);
    expect(stdout).toMatch(/Wedding moved to/);
    expect(stdout).toMatch(/Attempt 1 succeeded: smtp accepted it/);
    expect(stdout).not.toMatch(/Anna|example\.test/);
    const positions = [...stdout.matchAll(/#(\d+)/g)].map((match) => Number(match[1]));
    expect(positions).toEqual(positions.toSorted((left, right) => left - right));
  });

  it("RPL-3: why says what it waited for and why it was its turn", async () => {
    const held = await runReplay(platform.database.ownerUrl, "why", executions[40] ?? "");
    expect(held.stdout).toMatch(/vendor:hall was held, because somebody asked for it/);
    expect(held.stdout).toMatch(/vendor:hall was released/);
    expect(held.stdout).toMatch(/It was choice \d+ of \d+, because/);
    const later = await runReplay(platform.database.ownerUrl, "why", executions[46] ?? "");
    expect(later.stdout).toMatch(/It was to run 30 days before the wedding, 09:00 local time/);
    expect(later.stdout).toMatch(/Rescheduled\n.*the wedding moved/);
    expect(later.stdout).toMatch(/Not started yet/);
  });
});

describe("bad input", () => {
  it.each([
    [["why", "00000000-0000-5000-8000-000000000000"], 1, "execution_unknown"],
    [["why", "'; drop table"], 1, "execution_unknown"],
    [["state", "--at", "1999-01-01"], 1, "instant_before_log"],
    [["state", "--at", "2999-01-01"], 1, "instant_after_log"],
    [["state", "--at", "yesterday"], 2, "usage"],
    [["diff", "--at", "2026-01-01"], 2, "usage"],
    [["timeline"], 2, "usage"],
    [["timeline", "--vendor", "nobody"], 1, "vendor_unknown"],
    [["timeline", "--vendor", "lens", "--wedding", "none"], 1, "wedding_unknown"],
  ])("%j is named", async (args, code, name) => {
    const run = await runReplay(platform.database.ownerUrl, ...args, "--json");
    expect(run.code).toBe(code);
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: name } });
    expect(run.stderr).toMatch(/^replay: .+\n$/);
  });

  it("a log with a hole is refused with its position", async () => {
    const copy = await copyOf(platform);
    try {
      await copy.query("delete from wedsync.events where position = 7");
      const run = await runReplay(copy.url, "state", "--json");
      expect(run.code).toBe(1);
      expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: "log_gap", position: "7" } });
    } finally {
      await copy.drop();
    }
  });
});

/** Another database with the same log, to break. The platform writes nothing meanwhile: it has no work. */
async function copyOf({ database }: RunningPlatform, login: { key: string; role?: string } = { key: "orchestrator" }) {
  const target = await createTestDatabase({ ...login, migrate: migrateDatabase });
  const [from, to] = [
    new Client({ connectionString: database.ownerUrl }),
    new Client({ connectionString: target.ownerUrl }),
  ];
  await from.connect();
  await to.connect();
  for (const table of [
    "events",
    "pending",
    "guard",
    "open_attempt",
    "attention",
    "projection",
    "execution_list",
    "wedding_demand",
  ]) {
    const { rows, fields } = await from.query(`select * from wedsync.${table}`);
    const names = fields.map(({ name }) => `"${name}"`).join(", ");
    await to.query(`delete from wedsync.${table}`);
    await to.query(
      `insert into wedsync.${table} (${names}) select ${names} from json_populate_recordset(null::wedsync.${table}, $1)`,
      [JSON.stringify(rows)],
    );
  }
  await from.end();
  return {
    url: target.ownerUrl,
    loginUrl: target.appUrl,
    query: async (sql: string) => void (await to.query(sql)),
    drop: async () => {
      await to.end();
      await target.drop();
    },
  };
}
