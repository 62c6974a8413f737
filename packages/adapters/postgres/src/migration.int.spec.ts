// The schema: twice without harm, printable, refused when newer, and what it must find in a server.
import { Client } from "pg";
import { migrate, printMigration } from "./migrate.js";
import { assertServer } from "./server-checks.js";
import { fact, factInline, newStream, request } from "./testing/fact-events.js";
import { openFixture, type Fixture } from "./testing/fixture.js";

describe("the migration", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await openFixture();
  });
  afterAll(async () => {
    await fixture.close();
  });
  const again = async () => await migrate({ connectionString: fixture.database.ownerUrl, inline: factInline });

  it("runs twice, also at the same time, and keeps what is stored", async () => {
    const log = fixture.open();
    await log.append(request(newStream(), 0, [fact("Noted")]));
    await Promise.all([again(), again()]);
    expect(await log.head()).toBe(1n);
    expect((await log.append(request(newStream(), 0, [fact("Noted")]))).ok).toBe(true);
  });

  it("prints the SQL it runs, and that SQL makes the same schema", async () => {
    await fixture.query("create schema probe");
    const sql = printMigration(factInline, "probe");
    const owner = new Client({ connectionString: fixture.database.ownerUrl });
    await owner.connect();
    try {
      await owner.query(sql);
      const columns = async (schema: string) =>
        (
          await owner.query(
            "select table_name, column_name, data_type from information_schema.columns where table_schema = $1 order by 1, 2",
            [schema],
          )
        ).rows;
      expect(await columns("probe")).toStrictEqual(await columns("wedsync"));
    } finally {
      await owner.query(
        "drop schema probe cascade; drop owned by probe_app, probe_read; drop role probe_app, probe_read",
      );
      await owner.end();
    }
  });

  it("refuses a database of a newer build and changes nothing", async () => {
    await fixture.query("update wedsync.log_head set schema_version = 99");
    await expect(again()).rejects.toMatchObject({ code: "schema_newer" });
    expect(await fixture.query("select schema_version from wedsync.log_head")).toStrictEqual([{ schema_version: 99 }]);
    await fixture.query("update wedsync.log_head set schema_version = 1");
  });

  it("a schema name that is no identifier is refused before anything is connected", () => {
    expect(() => printMigration(factInline, "a; drop table x")).toThrow(
      expect.objectContaining({ code: "bad_schema_name" }),
    );
  });

  it("INVARIANTS 51: a server without the schema is refused with what to do", async () => {
    await expect(assertServer({ connectionString: fixture.database.ownerUrl, schema: "absent" })).rejects.toMatchObject(
      {
        code: "schema_missing",
      },
    );
    await expect(assertServer({ connectionString: fixture.database.appUrl })).resolves.toBeUndefined();
  });

  it("INVARIANTS 51: a server that could lose acknowledged work is refused", async () => {
    await fixture
      .query("alter role wedsync_app_test in database current_database() set synchronous_commit = off")
      .catch(
        async () =>
          await fixture.query(
            `alter role wedsync_app_test in database ${fixture.database.name} set synchronous_commit = off`,
          ),
      );
    await expect(assertServer({ connectionString: fixture.database.appUrl })).rejects.toMatchObject({
      code: "unsafe_settings",
    });
  });
});
