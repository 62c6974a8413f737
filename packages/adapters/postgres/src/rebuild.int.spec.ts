import { rebuildInline } from "./rebuild.js";
import { fact, factInline, newStream, request } from "./testing/fact-events.js";
import { openFixture, type Fixture } from "./testing/fixture.js";

let fixture: Fixture;
const stream = newStream();
const rebuild = async (assertReadable = (): void => undefined) =>
  await rebuildInline({ connectionString: fixture.database.ownerUrl, inline: factInline, assertReadable });
const notes = async () => await fixture.query("select stream, text, amount::text from wedsync.note order by stream");

beforeAll(async () => {
  fixture = await openFixture();
  const log = fixture.open();
  await log.append(
    request(stream, 0, [fact("Noted", { text: "one", amount: 1 }), fact("GuardSet", { key: "a", value: "1" })]),
  );
  await log.append(
    request(newStream(), 0, [fact("Noted", { text: "two" }), fact("Forgotten"), fact("GuardSet", { key: "a" })]),
  );
  await log.append(
    request(stream, 2, [fact("Noted", { text: "three", amount: 3 }), fact("GuardSet", { key: "b", value: "2" })]),
  );
});
afterAll(async () => await fixture.close());

it("LOG-9: rows that were lost, added and changed come back as the log says, and a second run finds nothing", async () => {
  const before = await notes();
  await fixture.query("update wedsync.note set text = null");
  await fixture.query("insert into wedsync.note (stream, text) values (gen_random_uuid(), 'invented')");
  await fixture.query("delete from wedsync.guard");
  const { events, tables } = await rebuild();
  expect(events).toBe(7);
  expect(tables).toMatchObject([
    { table: "guard", rows: 1, added: 1, removed: 0, changed: 0 },
    { table: "note", rows: 1, added: 0, removed: 1, changed: 1 },
  ]);
  expect(await notes()).toEqual(before);
  for (const { before: was, after, added, removed, changed } of (await rebuild()).tables)
    expect([was, added, removed, changed]).toEqual([after, 0, 0, 0]);
});

it("LOG-9: a missing event, an event that cannot be read and a stop leave everything as it is", async () => {
  await fixture.query("update wedsync.note set text = 'kept'");
  await expect(
    rebuild(() => {
      throw new Error("newer than this build");
    }),
  ).rejects.toThrow("newer than this build");
  await fixture.query("update wedsync.events set position = 99 where position = 4");
  await expect(rebuild()).rejects.toMatchObject({ code: "log_gap", message: expect.stringMatching(/^Position 4 /) });
  await fixture.query("update wedsync.events set position = 4 where position = 99");
  await expect(
    rebuildInline({
      connectionString: fixture.database.ownerUrl,
      inline: factInline,
      assertReadable: () => undefined,
      signal: AbortSignal.abort(),
    }),
  ).rejects.toMatchObject({ name: "AbortError" });
  expect(await notes()).toMatchObject([{ text: "kept" }]);
});

it("LOG-9 LOG-4: a log that lost its newest events, or all of them, is named, and no row of theirs is taken away", async () => {
  await fixture.query("insert into wedsync.projection (name, epoch, position, generation) values ('list', 1, 9, 1)");
  await expect(rebuild()).rejects.toMatchObject({
    code: "log_truncated",
    message: expect.stringMatching(/ends at position 7, but list has read it up to 9/),
  });
  // Whoever adopts the log accepts the loss.
  await fixture.query("update wedsync.log_head set epoch = 2");
  expect(await rebuild()).toMatchObject({ events: 7, emptied: [] });
  await fixture.query("create table wedsync.list (id int4); insert into wedsync.list values (1)");
  const { connectionString, inline } = { connectionString: fixture.database.ownerUrl, inline: factInline };
  const options = { connectionString, inline, assertReadable: () => undefined, readModels: ["list"] };
  expect(await rebuildInline(options)).toMatchObject({ emptied: ["list"] });
  expect(await fixture.query("select from wedsync.list")).toEqual([]);
  expect(await fixture.query("select position::int4, generation from wedsync.projection")).toEqual([
    { position: 0, generation: 2 },
  ]);
  expect(await rebuildInline(options)).toMatchObject({ emptied: [] });
  await fixture.query("delete from wedsync.projection");
  const before = await notes();
  await fixture.query("delete from wedsync.events");
  await expect(rebuild()).rejects.toMatchObject({
    code: "log_truncated",
    message: expect.stringMatching(/^The log is empty and guard is not/),
  });
  expect(await notes()).toEqual(before);
});
