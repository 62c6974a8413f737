// A log that was tampered with, or lost events: every command that reads it says so, and names what is wrong.
import { runReplay } from "@wedsync/test";
import { copyOf, type LogCopy } from "./testing/log-copy.js";
import { replayJson, startReplayedWorld, type Document, type ReplayedWorld } from "./testing/replayed-world.js";

let world: ReplayedWorld;
beforeAll(async () => {
  world = await startReplayedWorld();
});
afterAll(async () => await world.platform.stop());

/** A copy that some statements have changed, gone when the work is done. */
async function onBroken<Result>(sql: string, work: (copy: LogCopy) => Promise<Result>): Promise<Result> {
  const copy = await copyOf(world.platform);
  try {
    await copy.query(sql);
    return await work(copy);
  } finally {
    await copy.drop();
  }
}
const findingsOf = ({ checks }: Document) => checks.flatMap((check) => check.findings);

describe("verify", () => {
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

