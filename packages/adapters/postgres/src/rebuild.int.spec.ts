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
