// A log that lost its newest events is not written on: their positions would become other events.
import { randomBytes } from "node:crypto";
import { Pool } from "pg";
import { createApiKeys } from "@wedsync/adapter-postgres";
import { createApiClient, startApp, until, type ApiClient } from "@wedsync/test";
import { appProgram, openTestPlatform, testEnvironment } from "./testing/running-platform.js";
import { book } from "./testing/sample.js";

it("LOG-4: names the loss at the start and appends nothing, until a person adopts the log", async () => {
  const { database, smtp } = await openTestPlatform();
  const environment = testEnvironment(database, smtp, randomBytes(32).toString("base64"));
  const pool = new Pool({ connectionString: database.ownerUrl, max: 1 });
  pool.on("error", () => undefined);
  const clientOf = async (url: string): Promise<ApiClient> =>
    createApiClient(url, (await createApiKeys({ pool, schema: "wedsync" }).issue("ops")).secret);
  const head = async () =>
    Number((await pool.query<{ head: string }>("select max(position) as head from wedsync.events")).rows[0]?.head);
  try {
    const first = await startApp(appProgram, environment);
    await book(await clientOf(first.url), "v", "w");
    await until(
      async () => Number((await pool.query("select min(position) as seen from wedsync.projection")).rows[0]?.seen),
      (seen) => seen > 3,
    );
    await first.stop();
    await pool.query("delete from wedsync.events where position > 3");
    await expect(startApp(appProgram, environment)).rejects.toThrow(/ends at position 3, but .* log adopt/s);
    expect(await head()).toBe(3);

    await pool.query("update wedsync.log_head set epoch = epoch + 1");
    const second = await startApp(appProgram, environment);
    expect((await (await clientOf(second.url)).call("GET", "/v1/status")).status).toBe(200);
    await second.stop();
  } finally {
    await pool.end();
    await smtp.close();
    await database.drop();
  }
});
