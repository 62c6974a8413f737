// A real platform's log, read back: verification is clean after real traffic, and every question has an answer.
import { runReplay } from "@wedsync/test";
import { copyOf } from "./testing/log-copy.js";
import { replayJson, startReplayedWorld, type Document, type ReplayedWorld } from "./testing/replayed-world.js";

let world: ReplayedWorld;
beforeAll(async () => {
  world = await startReplayedWorld();
});
afterAll(async () => await world.platform.stop());

const database = (): string => world.platform.database.ownerUrl;
const json = async (...args: readonly string[]) => await replayJson(database(), ...args);

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
    const copy = await copyOf(world.platform, { key: "orchestrator_read", role: "wedsync_read" });
    try {
      const run = await runReplay(copy.loginUrl, "verify");
      expect(run.stdout).toMatch(/Everything is what the log says/);
      expect(run.code).toBe(0);
    } finally {
      await copy.drop();
    }
  });
});

describe("state, diff, timeline, why", () => {
  it("RPL-2: the state in the middle is what a snapshot said then", async () => {
    const { middle } = world;
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

  it("RPL-2: season multiplier, planned capacity and forecast are part of the state, and of a difference", async () => {
    const { document } = await json("state", "--at", world.middle.at);
    const market = {
      multiplier: expect.any(Number),
      season: expect.any(String),
      reasons: expect.arrayContaining([expect.objectContaining({ code: "season" })]),
      capacity: { slots: expect.any(Number), mode: "shadow", reasons: expect.any(Array) },
      forecast: { model: expect.any(String), day: { expected: expect.any(Number) } },
    };
    expect(document).toMatchObject({
      season: { policy: { name: "default", version: 1 }, markets: { "united-kingdom": market } },
    });
    const { stdout } = await runReplay(database(), "state", "--at", world.middle.at);
    expect(stdout).toMatch(
      /united-kingdom: demand x [\d.]+ \(\w+ season x .*\); \d+ slots? planned until .* \(shadow: .*forecast of \d{4}-/,
    );
    const [first] = await world.platform.query<{ at: string }>(
      "select (extract(epoch from min(recorded_at)) * 1000)::int8::text as at from wedsync.events",
    );
    const diff = await json("diff", "--at", first?.at ?? "", "--at", world.middle.at);
    expect(diff.document.changes.map(({ what }) => what)).toEqual(
      expect.arrayContaining(["season/policy", "season/markets/united-kingdom"]),
    );
  });

  it("RPL-2: diff names what changed between two instants", async () => {
    const [end] = await world.platform.query<{ at: string }>(
      "select (extract(epoch from max(recorded_at)) * 1000)::int8::text as at from wedsync.events",
    );
    const { document } = await json("diff", "--at", world.middle.at, "--at", end?.at ?? "");
    const changed = document.changes.map((change) => change.what);
    expect(changed).toEqual(expect.arrayContaining(["executions/waiting", "holds/vendor:hall", "leaderEpoch"]));
  });

  it("RPL-1: a wedding's timeline is in order, complete and without personal data", async () => {
    const { stdout, code } = await runReplay(database(), "timeline", "--vendor", "lens", "--wedding", "w1");
    expect(code).toBe(0);
    expect(stdout).toMatch(/Wedding w1 booked for/);
    expect(stdout).toMatch(/Wedding moved to/);
    expect(stdout).toMatch(/Attempt 1 succeeded: smtp accepted it/);
    expect(stdout).not.toMatch(/Anna|example\.test/);
    const positions = [...stdout.matchAll(/#(\d+)/g)].map((match) => Number(match[1]));
    expect(positions).toEqual(positions.toSorted((left, right) => left - right));
  });

  it("RPL-3: why says what it waited for and why it was its turn", async () => {
    const held = await runReplay(database(), "why", world.executions[40] ?? "");
    expect(held.stdout).toMatch(/vendor hall was held by key [0-9a-f-]{36}; nothing in it starts/);
    expect(held.stdout).toMatch(/vendor hall was released by key [0-9a-f-]{36}\./);
    expect(held.stdout).toMatch(/In force: .*, season policy default version 1 \(demand x [\d.]+\)\./);
    expect(held.stdout).toMatch(/The season changes how much capacity is planned, not the order of work\./);
    expect(held.stdout).toMatch(
      /own tier is normal; .* At this moment it was high, because the wedding's week has begun/,
    );
    expect(held.stdout).toMatch(/It was choice \d+ of \d+, because/);
    const later = await runReplay(database(), "why", world.executions[46] ?? "");
    expect(later.stdout).toMatch(/It was to run 30 days before the wedding, 09:00 local time/);
    expect(later.stdout).toMatch(/Rescheduled\n.*the wedding moved/);
    expect(later.stdout).toMatch(/Not started yet/);
    expect(`${held.stdout}${later.stdout}`).not.toMatch(/\d\dZ|[a-z]+:hall|somebody/);
  });

  it("RPL-3 RPL-1: an id in upper case is the same id", async () => {
    const [id = ""] = world.executions;
    const why = await json("why", id.toUpperCase());
    expect([why.code, why.document["execution"]]).toEqual([0, id]);
    const timeline = await json("timeline", "--execution", id.toUpperCase());
    expect([timeline.code, timeline.document["subject"]]).toEqual([0, `execution ${id}`]);
  });
});

describe("bad input", () => {
  it.each([
    [["why", "00000000-0000-5000-8000-000000000000"], 1, "execution_unknown"],
    [["why", "'; drop table"], 1, "execution_unknown"],
    [["state", "--at", "1999-01-01"], 1, "instant_before_log"],
    [["state", "--at", "2999-01-01"], 1, "instant_after_log"],
    [["state", "--at", "yesterday"], 2, "usage"],
    [["state", "--at", "9999999999999999"], 2, "usage"],
    [["state", "--at", "2026-02-31"], 2, "usage"],
    [["diff", "--at", "2026-01-01"], 2, "usage"],
    [["timeline"], 2, "usage"],
    [["timeline", "--vendor", "nobody"], 1, "vendor_unknown"],
    [["timeline", "--vendor", "lens", "--wedding", "none"], 1, "wedding_unknown"],
  ])("%j is named", async (args, code, name) => {
    const run = await runReplay(database(), ...args, "--json");
    expect(run.code).toBe(code);
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: name } });
    expect(run.stderr).toMatch(/^replay: .+\n$/);
  });
});
