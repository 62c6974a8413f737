// What the application's login may not do: history is append-only for everybody but the append function.
import { Client } from "pg";
import { fact, newStream, request } from "./testing/fact-events.js";
import { openFixture, type Fixture } from "./testing/fixture.js";

describe("the application's database role", () => {
  let fixture: Fixture;
  let app: Client;
  beforeAll(async () => {
    fixture = await openFixture();
    await fixture.open().append(request(newStream(), 0, [fact("GuardSet", { key: "k", value: "v" })]));
    app = new Client({ connectionString: fixture.database.appUrl });
    await app.connect();
  });
  afterAll(async () => {
    await app.end();
    await fixture.close();
  });

  it.each([
    ["insert an event", "insert into wedsync.events select * from wedsync.events"],
    ["change an event", "update wedsync.events set data = '{}'"],
    ["delete an event", "delete from wedsync.events"],
    ["empty the log", "truncate wedsync.events"],
    ["move the head", "update wedsync.log_head set epoch = 9"],
    ["open a guard", "delete from wedsync.guard"],
    ["write an inline row", "insert into wedsync.note (stream) values (gen_random_uuid())"],
    ["replace the append function", "drop function wedsync.append_v1"],
    ["make a table", "create table wedsync.mine (a int)"],
    ["make a table in public", "create table public.mine (a int)"],
    ["become another role", "set role postgres"],
  ])("SEC-1: cannot %s", async (_what, statement) => {
    await expect(app.query(statement)).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|42704)$/) });
  });

  it("SEC-1: nobody who just may connect sees anything", async () => {
    await fixture.query("create role stranger_test login password 'test'");
    const url = new URL(fixture.database.appUrl);
    url.username = "stranger_test";
    const stranger = new Client({ connectionString: url.href });
    await stranger.connect();
    try {
      await expect(stranger.query("select from wedsync.events")).rejects.toMatchObject({ code: "42501" });
      await expect(stranger.query("select from wedsync.data_key")).rejects.toMatchObject({ code: "42501" });
    } finally {
      await stranger.end();
      await fixture.query("drop role stranger_test");
    }
  });
});
