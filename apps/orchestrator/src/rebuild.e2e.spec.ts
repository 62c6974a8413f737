// `wedsync log rebuild` on a running platform: the tables beside the log are what the log says, before and after.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runReplay } from "@wedsync/test";
import { startTestPlatform, type RunningPlatform } from "./testing/running-platform.js";
import { book, dayFromNow, requestEmail } from "./testing/sample.js";

const program = fileURLToPath(new URL("../../../tools/cli/dist/main.js", import.meta.url));
let platform: RunningPlatform;

async function rebuild(database: string) {
  const child = spawn(process.execPath, [program, "log", "rebuild", "--database-url", database, "--json"], {
    env: { PATH: process.env["PATH"] ?? "" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, document: JSON.parse(text) as Record<string, unknown> };
}

beforeAll(async () => {
  // Without a dispatcher: it would restore rows by itself (index-watch.e2e.spec.ts).
  platform = await startTestPlatform({ WEDSYNC_ROLES: "api" });
  await book(platform.api, "lens", "w1", { date: dayFromNow(60) });
  await platform.api.call("POST", "/v1/hold", { scope: "vendor:lens" });
  for (let each = 0; each < 25; each += 1) await requestEmail(platform.api, "lens", "w1", `key-${each}`);
});
afterAll(async () => await platform.stop());

it("LOG-9: dropped and folded again, every table has the digest it had", async () => {
  const { code, document } = await rebuild(platform.database.ownerUrl);
  expect(code).toBe(0);
  expect(document).toMatchObject({ done: "rebuilt", equal: true });
  expect(document["tables"]).toContainEqual(expect.objectContaining({ table: "pending", rows: 25, equal: true }));
});

it("LOG-9: what was lost, added or changed is as the log says afterwards, also while the platform writes", async () => {
  await platform.query(
    "delete from wedsync.pending where execution = (select min(execution::text)::uuid from wedsync.pending)",
  );
  await platform.query(
    "update wedsync.pending set default_tier = 'low' where execution = (select max(execution::text)::uuid from wedsync.pending)",
  );
  await platform.query("delete from wedsync.guard where key = 'hold:vendor:lens'");
  const writing = Promise.all(
    Array.from(
      { length: 30 },
      async (_, each) =>
        await requestEmail(platform.api, "lens", "w1", `more-${each}`, { when: { day: -9, time: "09:00" } }),
    ),
  );
  const { document } = await rebuild(platform.database.ownerUrl);
  await writing;
  expect(document).toMatchObject({ equal: false });
  expect(document["tables"]).toContainEqual(
    expect.objectContaining({ table: "pending", added: 1, removed: 0, changed: 1 }),
  );
  expect(document["tables"]).toContainEqual(expect.objectContaining({ table: "guard", added: 1 }));
  expect((await rebuild(platform.database.ownerUrl)).document).toMatchObject({ equal: true });
  const verified = JSON.parse((await runReplay(platform.database.ownerUrl, "verify", "--json")).stdout) as {
    checks: { name: string; ok: boolean }[];
  };
  const readModels = new Set(["execution_list", "wedding_demand"]);
  expect(verified.checks.filter((check) => !check.ok && !readModels.has(check.name))).toEqual([]);
});

it("LOG-9 LOG-4: an accepted execution that cannot be read is named, and its row is not taken away", async () => {
  const poisoned =
    "type = 'ExecutionRequested' and position = (select min(position) from wedsync.events where type = 'ExecutionRequested')";
  const [before] = await platform.query<{ data: object }>(`select data from wedsync.events where ${poisoned}`);
  await platform.query(`update wedsync.events set data = '{"x":1}' where ${poisoned}`);
  const rows = await platform.query("select from wedsync.pending");
  const { code, document } = await rebuild(platform.database.ownerUrl);
  expect(code).toBe(1);
  expect(document).toMatchObject({
    error: {
      code: "refused",
      message: expect.stringMatching(/^Position \d+ holds ExecutionRequested .*Nothing was rebuilt/),
    },
  });
  expect(await platform.query("select from wedsync.pending")).toHaveLength(rows.length);
  await platform.query(`update wedsync.events set data = $1 where ${poisoned}`, [JSON.stringify(before?.data)]);
  expect((await rebuild(platform.database.ownerUrl)).code).toBe(0);
});

it("LOG-9: a login that is not the owner changes nothing", async () => {
  const { code, document } = await rebuild(platform.database.appUrl);
  expect(code).toBe(1);
  expect(document).toMatchObject({ error: { code: "refused" } });
});
