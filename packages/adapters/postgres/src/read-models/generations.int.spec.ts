// Generations of a read model: built side by side, switched only forward, dropped by command, equal when rebuilt.
import { newStream } from "../testing/fact-events.js";
import { asked, openModelFixture, owner, schema, type ModelFixture } from "../testing/model-fixture.js";
import { note, notes } from "../testing/note-model.js";
import { digestGeneration } from "./digest.js";
import { createGenerations } from "./generations.js";
import { readLag } from "./lag.js";

describe("generations of a read model", () => {
  let fixture: ModelFixture;
  beforeEach(async () => {
    fixture = await openModelFixture();
  });
  afterEach(async () => {
    await fixture.close();
  });
  const fill = async (count: number, vendor = "lens"): Promise<void> => {
    for (let n = 0; n < count; n += 1) await fixture.log.append(note(newStream(), 1, vendor, n));
  };
  const shown = async (): Promise<number> => (await fixture.query(`select from ${schema}.notes`)).length;
  const digest = async (generation: number) =>
    await digestGeneration({ pool: fixture.pool, schema }, notes, generation);
  const lag = async () => await readLag({ pool: fixture.pool, schema, logSchema: "wedsync" });
  const begin = async () => (await fixture.generations.begin(notes, asked)).generation;

  it("AGG-4 INVARIANTS 38: a generation rebuilt to the same position has the same digest, and another row another one", async () => {
    await begin();
    await fill(120);
    await fixture.feed(1);
    const built = await digest(1);
    expect(built).toMatchObject({ rows: 120, position: 120n });
    expect(await begin()).toBe(2);
    await fixture.feed(2);
    expect(await digest(2)).toStrictEqual(built);
    await fixture.query(`update ${schema}.notes_g2 set amount = amount + 1 where amount = 5`);
    expect((await digest(2)).sha256).not.toBe(built.sha256);
  });

  it("AGG-4 SCENARIOS S6: queries turn to the new one only when it is as far, in one step", async () => {
    await begin();
    await fill(30);
    await fixture.feed(1);
    await begin();
    await fixture.query(`update ${schema}.projection set position = 12, epoch = 1 where name = 'notes_g2'`);
    expect(await fixture.generations.switchTo(notes, 2, { patienceMs: 50 })).toStrictEqual({
      ok: false,
      code: "behind",
    });
    expect(await shown()).toBe(30);
    await fixture.query(`update ${schema}.projection set position = 0, epoch = 0 where name = 'notes_g2'`);
    await fixture.feed(2);
    await fill(5);
    await fixture.feed(2);
    expect(await fixture.generations.switchTo(notes, 2)).toMatchObject({ ok: true, replaced: 1, position: 35n });
    expect(await shown()).toBe(35);
    expect(
      (await fixture.generations.list()).map(({ generation, status, noted }) => [generation, status, noted]),
    ).toStrictEqual([
      [1, "retired", true],
      [2, "active", false],
    ]);
    expect(await fixture.generations.switchTo(notes, 2)).toStrictEqual({ ok: false, code: "not_building" });
  });

  it("AGG-4: while it waits, the old one stands still and the new one comes up: a switch under load ends", async () => {
    await begin();
    await fill(30);
    await fixture.feed(1);
    await begin();
    const [outcome] = await Promise.all([
      fixture.generations.switchTo(notes, 2, { patienceMs: 20_000 }),
      (async () => await fixture.feed(2))(),
    ]);
    expect(outcome).toMatchObject({ ok: true, position: 30n });
  });

  it("AGG-4 SCENARIOS S6: a generation that parked more than the one it replaces is not switched to", async () => {
    await begin();
    await fill(3);
    await fixture.feed(1);
    await begin();
    await fixture.feed(2);
    await fixture.query(
      `insert into ${schema}.parked_stream values ('notes_g2', gen_random_uuid(), 2, 'Noted', 'TypeError')`,
    );
    expect(await fixture.generations.switchTo(notes, 2)).toStrictEqual({ ok: false, code: "parks_more" });
    await fixture.query(`update ${schema}.parked_stream set projection = 'notes_g1'`);
    expect(await fixture.generations.switchTo(notes, 2)).toMatchObject({ ok: true });
  });

  it("AGG-4: a long query makes the switch give up instead of making everybody wait", async () => {
    await begin();
    await begin();
    const reader = await fixture.pool.connect();
    try {
      await reader.query(`begin; select from ${schema}.notes`);
      expect(await fixture.generations.switchTo(notes, 2)).toStrictEqual({ ok: false, code: "busy" });
    } finally {
      await reader.query("rollback");
      reader.release();
    }
    expect(await fixture.generations.switchTo(notes, 2)).toMatchObject({ ok: true });
  });

  it("LOG-4: poison parks its stream alone, in every generation alike, and the rest goes on", async () => {
    await begin();
    const bad = newStream();
    await fill(2);
    await fixture.log.append(note(bad, 1, "lens", 1));
    await fixture.log.append(note(bad, 2, "lens", 1, "Bad"));
    await fixture.log.append(note(bad, 3, "lens", 1));
    await fill(2);
    expect(await fixture.feed(1)).toMatchObject({ status: "caught_up", position: 7n });
    await begin();
    await fixture.feed(2);
    expect(await digest(2)).toStrictEqual(await digest(1));
    for (const entry of await lag())
      expect(entry).toMatchObject({
        parkedCount: 1,
        parked: [{ stream: bad, position: 4n, type: "Bad", reason: "RangeError" }],
      });
    expect(await fixture.query(`select version from ${schema}.notes_g1 where stream = $1`, [bad])).toStrictEqual([
      { version: 1 },
    ]);
  });

  it("SCENARIOS S11: an event newer than known holds and is not poison", async () => {
    await begin();
    await fill(2);
    await fixture.log.append(note(newStream(), 1, "lens", 1, "Future"));
    await fill(2);
    expect(await fixture.feed(1)).toMatchObject({ status: "held", position: 3n, type: "Future" });
    expect((await lag())[0]).toMatchObject({ position: 2n, head: 5n, eventsBehind: 3, parkedCount: 0 });
  });

  it("AGG-4: a checkpoint ahead of the log is named, and nothing is overwritten until a person says so", async () => {
    await begin();
    await fill(4);
    await fixture.feed(1);
    await fixture.query("delete from wedsync.events where position > 2");
    expect(await fixture.feed(1)).toStrictEqual({ status: "ahead_of_log", position: 4n, head: 2n });
    expect((await lag())[0]).toMatchObject({ isAheadOfLog: true, eventsBehind: 0 });
    expect(await shown()).toBe(4);
    await begin();
    await fixture.feed(2);
    expect(await fixture.generations.switchTo(notes, 2, { patienceMs: 50 })).toStrictEqual({
      ok: false,
      code: "behind",
    });
    expect(await fixture.generations.switchTo(notes, 2, { evenIfOlder: true })).toMatchObject({ ok: true });
    expect(await shown()).toBe(2);
  });

  it("AGG-4: lag is events and the age of the oldest one that is missing, and nothing when all was read", async () => {
    await begin();
    await fill(3);
    await fixture.query("update wedsync.events set recorded_at = now() - interval '1 hour' where position = 1");
    const [behind] = await lag();
    expect(behind).toMatchObject({ position: 0n, head: 3n, eventsBehind: 3 });
    expect(behind?.millisecondsBehind).toBeGreaterThanOrEqual(3_600_000);
    await fixture.feed(1);
    expect((await lag())[0]).toMatchObject({ position: 3n, eventsBehind: 0, millisecondsBehind: 0 });
  });

  it("AGG-4 SCENARIOS S7: an old generation is fed until it is dropped; the present one cannot be", async () => {
    await begin();
    await fill(2);
    await fixture.feed(1);
    await begin();
    await fixture.feed(2);
    await fixture.generations.switchTo(notes, 2);
    await fill(1);
    expect(await fixture.feed(1)).toMatchObject({ status: "caught_up", position: 3n });
    expect(await fixture.generations.drop("notes", 2)).toBe("active");
    expect(await fixture.generations.drop("notes", 9)).toBe("unknown");
    expect(await fixture.generations.drop("notes", 1)).toBe("dropped");
    expect(await fixture.generations.drop("notes", 1)).toBe("unknown");
    expect((await fixture.query("select to_regclass($1) as gone", [`${schema}.notes_g1`]))[0]).toStrictEqual({
      gone: null,
    });
    // A feeder that had not noticed writes nothing and brings nothing back.
    await expect(fixture.feed(1)).rejects.toMatchObject({ code: "42P01" });
    expect((await fixture.generations.list()).map((entry) => entry.generation)).toStrictEqual([2]);
  });

  it("SCENARIOS S8: instances that start and rebuild at once make one first generation and one new one", async () => {
    const others = Array.from({ length: 4 }, () => createGenerations({ pool: fixture.pool, schema, owner }));
    await Promise.all(others.map(async (each) => await each.prepare()));
    const first = await fixture.generations.begin(notes, asked);
    expect(first).toMatchObject({ generation: 1, status: "active", noted: true });
    const begun = await Promise.all(others.map(async (each) => await each.begin(notes, asked)));
    expect(begun.map((entry) => [entry.generation, entry.status])).toStrictEqual(
      Array.from({ length: 4 }, () => [2, "building"]),
    );
  });

  it("AGG-1: from a schema that lost everything, preparing and feeding gives the same digest again", async () => {
    await begin();
    await fill(60);
    await fixture.feed(1);
    const before = await digest(1);
    await fixture.query(`drop schema ${schema} cascade; create schema ${schema} authorization ${owner};
                         grant usage on schema ${schema} to app_vendor, app_ops`);
    await fixture.generations.prepare();
    await begin();
    await fixture.feed(1);
    expect(await digest(1)).toStrictEqual(before);
  });
});
