import { createTestDatabase, type TestDatabase } from "@wedsync/test";
import { Client } from "pg";
import { run } from "../examples/log-on-postgres.js";
import { migrate } from "./migrate.js";
import { factInline } from "./testing/fact-events.js";

describe("the README's example", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({
      key: "facts",
      migrate: async (connectionString) => await migrate({ connectionString, inline: factInline }),
    });
  });
  afterAll(async () => await database.drop());

  it("LIB-1: keeps a log in a schema of its own, and twice is the same as once", async () => {
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    try {
      const once = await run(database.ownerUrl, "restaurant", "restaurant_example");
      expect(once).toEqual([
        "first: position 1",
        "second: version_conflict",
        'read: TableOpened {"seats":2}',
        'row of the same transaction: [{"seats":2}]',
        "the application changes history: not allowed",
      ]);
      const again = await run(database.ownerUrl, "restaurant", "restaurant_example");
      expect(again[0]).toBe("first: position 2");
    } finally {
      await owner.query("drop schema restaurant cascade");
      await owner.query("drop owned by restaurant_app, restaurant_read, restaurant_example");
      await owner.query("drop role restaurant_example, restaurant_app, restaurant_read");
      await owner.end();
    }
  });
});
