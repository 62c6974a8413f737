// The clock that decisions use, against the clock that the log records with.
import { Pool } from "pg";
import { createDatabaseClock } from "./database-clock.js";
import { openFixture, type Fixture } from "./testing/fixture.js";

describe("the database's clock, carried in this process", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await openFixture();
  });
  afterAll(async () => {
    await fixture.close();
  });

  it("INVARIANTS 17: is never ahead of the database, also when its sample had to open a connection first", async () => {
    for (let round = 0; round < 20; round += 1) {
      const pool = new Pool({ connectionString: fixture.database.appUrl, max: 1 });
      // A session that ends only when its database is dropped says so to nobody.
      pool.on("error", () => undefined);
      const clock = createDatabaseClock({ pool });
      await clock.start();
      const carried = clock.now();
      const [row] = await fixture.query<{ ms: string }>(
        "select floor(extract(epoch from clock_timestamp()) * 1000)::int8 as ms",
      );
      expect(carried).toBeLessThanOrEqual(Number(row?.ms));
      clock.stop();
      await pool.end();
    }
  });
});
