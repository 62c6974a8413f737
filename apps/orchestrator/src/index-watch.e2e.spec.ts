// REL-5: rows beside the log that are lost, invented or changed behind the platform's back are found and restored by an event.
import { rebuildInline } from "@wedsync/adapter-postgres";
import { schedulerInline } from "@wedsync/scheduler";
import { until } from "@wedsync/test";
import { startTestPlatform, type RunningPlatform } from "./testing/running-platform.js";
import { book, dayFromNow, requestEmail } from "./testing/sample.js";

let platform: RunningPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ LOG_LEVEL: "silent" });
  for (const wedding of ["w1", "w2"]) await book(platform.api, "lens", wedding, { date: dayFromNow(60) });
  for (const scope of ["vendor:lens", "wedding:lens/w2"]) await platform.api.call("POST", "/v1/hold", { scope });
  for (let each = 0; each < 20; each += 1) await requestEmail(platform.api, "lens", "w1", `key-${each}`);
});
afterAll(async () => await platform.stop());

const restored = async () =>
  await platform.query<{ table: string; drift: string }>(
    "select data->>'table' as table, data->>'drift' as drift from wedsync.events where type = 'IndexRowRestored' order by 1, 2",
  );

it("REL-5: every kind of drift is mended by an event, and the tables are what the log says, on a rebuild too", async () => {
  // Seen whole once, with nothing to mend.
  await until(
    async () => await platform.query("select from wedsync.projection where name = 'wedding_demand' and position > 0"),
    (rows) => rows.length === 1,
  );
  const first = "(select min(execution::text)::uuid from wedsync.pending)";
  const last = "(select max(execution::text)::uuid from wedsync.pending)";
  for (const harm of [
    `create temp table invented as select * from wedsync.pending where execution = ${last};
     update invented set execution = gen_random_uuid(); insert into wedsync.pending select * from invented`,
    `delete from wedsync.pending where execution = ${first}`,
    `update wedsync.pending set default_tier = 'low' where execution = ${last}`,
    "insert into wedsync.open_attempt (execution, attempt, worker, handover) select execution, 1, gen_random_uuid(), gen_random_uuid() from wedsync.pending where held = false limit 1",
    "delete from wedsync.guard where key = (select min(key) from wedsync.guard where key like 'wedding:%')",
    "update wedsync.guard set value = '7' where key = (select max(key) from wedsync.guard where key like 'wedding:%')",
    "delete from wedsync.guard where key = 'hold:wedding:lens/w2'",
  ])
    await platform.query(harm);
  await until(restored, (rows) => rows.length >= 7);
  const rebuild = async () =>
    await rebuildInline({
      connectionString: platform.database.ownerUrl,
      inline: schedulerInline,
      assertReadable: () => undefined,
    });
  const { tables } = await until(rebuild, (found) => found.tables.every(({ before, after }) => before === after));
  expect(tables.find(({ table }) => table === "pending")?.rows).toBe(20);
  const kinds = (await restored()).map(({ table, drift }) => `${table} ${drift}`);
  expect([...new Set(kinds)]).toEqual(
    expect.arrayContaining([
      "guard changed",
      "guard missing",
      "open_attempt extra",
      "pending extra",
      "pending missing",
    ]),
  );
});
