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
const decided = "type = 'DispatchDecided' and json_array_length(data->'chosen') > 0";
const firstOf = (where: string): string => `(select min(position) from wedsync.events where ${where})`;
const changedReason = (position: string): string =>
  `update wedsync.events set data = jsonb_set(data::jsonb, '{chosen,0,reason}', '"low_guarantee"')::json where position = ${position}`;
const anyRequested = firstOf("type in ('ExecutionRequested', 'Bogus')");
const poisoned = `update wedsync.events set data = '{"work": "do not show"}' where position = ${anyRequested}`;
const findingsOf = ({ checks }: Document) => checks.flatMap((check) => check.findings);

describe("verify", () => {
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
    ["one recorded reason changed", changedReason(firstOf(decided)), "reason_differs"],
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
    await onBroken(sql, async ({ url }) => {
      const { code: exit, document } = await replayJson(url, "verify");
      expect(exit).toBe(1);
      expect(document["ok"]).toBe(false);
      expect(findingsOf(document).length).toBeGreaterThan(0);
      if (code !== "*") expect(findingsOf(document).map((finding) => finding.code)).toContain(code);
    });
  });

  it("RPL-4: a log with exactly one tampered reason has difference 1, the same log untouched 0", async () => {
    const difference = async (sql: string): Promise<unknown> =>
      await onBroken(sql, async ({ url }) => (await replayJson(url, "verify")).document["differences"]);
    expect(await difference("select")).toBe(0);
    const first = firstOf(decided);
    expect(await difference(changedReason(first))).toBe(1);
  });

  it("RPL-5: a log that lost everything is named, while checkpoints and rows stand", async () => {
    await onBroken("truncate wedsync.events", async ({ url }) => {
      const { code, document } = await replayJson(url, "verify");
      expect(code).toBe(1);
      expect(findingsOf(document).map((finding) => finding.code)).toEqual(
        expect.arrayContaining(["log_truncated", "checkpoint_ahead", "row_extra"]),
      );
      expect((await replayJson(url, "state")).document).toMatchObject({ error: { code: "log_empty" } });
    });
  });

  it("RPL-5: what is wrong with the log comes before what follows from it, with count and positions", async () => {
    await onBroken("delete from wedsync.events where position <= 10", async ({ url }) => {
      const { stdout } = await runReplay(url, "verify");
      const [, last = ""] = /at positions 11 to (\d+)/.exec(stdout) ?? [];
      const kept = (Number(last) - 10).toLocaleString("en-US");
      expect(stdout).toMatch(new RegExp(`^DIFFERS  log +${kept} events at positions 11 to ${last}\n`));
      expect(stdout).toMatch(new RegExp(`${kept} events, [\\d,]+/s\n$`));
      const names = [...stdout.matchAll(/^(?:same   |DIFFERS)  (\w+)/gm)].map(([, name]) => name);
      expect(names.slice(0, 2)).toEqual(["log", "checkpoints"]);
    });
  });

  it("RPL-5: an unreadable event is told in a sentence, and decisions after it are not held against the log", async () => {
    await onBroken(poisoned, async ({ url }) => {
      const { document } = await replayJson(url, "verify");
      const codes = findingsOf(document).map((finding) => finding.code);
      expect(codes.filter((code) => /_differs$|start_without/.test(code) && code !== "row_differs")).toEqual([]);
      expect(document).toMatchObject({ differences: 0 });
      expect(document["notRecomputable"]).toBeGreaterThan(0);
      expect(findingsOf(document).find(({ code }) => code === "event_poison")?.message).toMatch(
        /^Position \d+ holds ExecutionRequested, and its data is not what its schema asks for \(at \/work, rule invalid_type\): the log was tampered with/,
      );
    });
    await onBroken(`update wedsync.events set type = 'Bogus' where position = ${anyRequested}`, async ({ url }) => {
      const { document } = await replayJson(url, "verify");
      expect(findingsOf(document).find(({ code }) => code === "event_unknown")?.message).toMatch(
        /^Position \d+ holds Bogus, which this build does not know; use the newer build\.$/,
      );
    });
  });
});

describe("the other commands", () => {
  it("RPL-2: state and diff stop at an event that cannot be read, naming position and type and no value", async () => {
    await onBroken(poisoned, async ({ url }) => {
      const state = await replayJson(url, "state");
      const { at } = world.middle;
      const diff = await replayJson(url, "diff", "--at", at, "--at", String(state.document["at"] ?? at));
      for (const { code, document, stderr } of [state, diff]) {
        expect(code).toBe(1);
        expect(document).toMatchObject({ error: { code: "event_poison", position: expect.stringMatching(/^\d+$/) } });
        expect(stderr).toMatch(/^replay: Position \d+ holds ExecutionRequested, /);
        expect(stderr).not.toMatch(/do not show/);
      }
    });
  });

  it("RPL-3: why stops at an event of the execution that cannot be read", async () => {
    await onBroken(poisoned, async ({ url, query }) => {
      const [row] = await query<{ stream: string }>(
        `select stream from wedsync.events where position = ${anyRequested}`,
      );
      const { code, document } = await replayJson(url, "why", row?.stream ?? "");
      expect(code).toBe(1);
      expect(document).toMatchObject({ error: { code: "event_poison" } });
    });
  });

  it.each([
    [["state"]],
    [["why", "00000000-0000-5000-8000-000000000000"]],
    [["timeline", "--vendor", "lens"]],
    [["timeline", "--vendor", "nobody"]],
  ])("RPL-1 RPL-3: %j refuses a log whose beginning was cut off", async (args) => {
    await onBroken("delete from wedsync.events where position <= 2", async ({ url }) => {
      const { code, document } = await replayJson(url, ...args);
      expect(code).toBe(1);
      expect(document).toMatchObject({ error: { code: "log_truncated", position: "3" } });
    });
  });

  it("RPL-2: a log with a hole is refused with its position", async () => {
    await onBroken("delete from wedsync.events where position = 7", async ({ url }) => {
      const { code, document } = await replayJson(url, "state");
      expect(code).toBe(1);
      expect(document).toMatchObject({ error: { code: "log_gap", position: "7" } });
    });
  });
});
