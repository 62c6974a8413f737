// A season from a file: killed half-way, run again, and counted a second time from the file alone.
import { execFile, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { makeFolder, until } from "@wedsync/test";
import { bookingsOf, expectedShift, recompute, todayIn } from "./testing/recompute.js";
import { start, wedsync, type Started } from "./testing/started.js";

const run = promisify(execFile);
const tool = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const zone = "Europe/Lisbon";
const defaultSteps = [
  { day: -180, time: "09:00" },
  { day: -90, time: "09:00" },
  { day: -30, time: "09:00" },
  { day: -7, time: "09:00" },
  { day: -1, time: "10:00" },
  { day: 3, time: "17:00" },
];

interface Imported {
  readonly rows: number;
  readonly imported: number;
  readonly unchanged: number;
  readonly cancelled: number;
  readonly notYetBooked: number;
  readonly executions: number;
  readonly rejected: readonly { readonly line: number; readonly code: string; readonly message: string }[];
}

describe("an import of bookings", () => {
  let platform: Started;
  let file: string;
  let badLines: readonly { readonly line: number }[];
  beforeAll(async () => {
    const folder = await makeFolder("import");
    file = join(folder, "bookings.csv");
    const made = await run(
      process.execPath,
      [
        tool("simulate/dist/main.js"),
        "bookings",
        "--rows",
        "3000",
        "--bad-lines",
        "18",
        "--seed",
        "11",
        "--out",
        file,
        "--json",
      ],
      { env: { ...process.env, NODE_OPTIONS: "" } },
    );
    badLines = (JSON.parse(made.stdout) as { badLines: readonly { line: number }[] }).badLines;
    platform = await start(join(folder, "data"), ["--port", "0", "--empty"]);
  });
  afterAll(async () => {
    expect(await platform.stop()).toBe(0);
  });
  const args = (vendor: string) => [
    "import",
    "weddings",
    file,
    "--vendor",
    vendor,
    "--time-zone",
    zone,
    "--journey",
    "default",
    "--shift-days",
    "auto",
    "--map",
    "id=booking_id,date=event_date,bookedOn=booked_on,status=status,statusDate=status_date",
  ];
  interface Status {
    readonly executions: Readonly<Record<string, number>>;
    readonly readModelLag: number;
  }
  /** Counts once the read model has caught up: final states are counted there. */
  const status = async () => await platform.call<Status>("GET", "/v1/status");
  const counts = async () => (await until(status, ({ readModelLag }) => readModelLag === 0)).executions;

  it("SEC-2: killed half-way and run again, it comes to what the file says, without a double; bad lines are named", async () => {
    const killed = spawn(process.execPath, [tool("cli/dist/main.js"), ...args("v")], {
      stdio: "ignore",
      env: { ...process.env, NODE_OPTIONS: "", WEDSYNC_URL: platform.api, WEDSYNC_API_KEY: platform.key },
    });
    const ended = new Promise((resolve) => killed.once("exit", resolve));
    await until(status, ({ executions }) => (executions["scheduled"] ?? 0) >= 300, { everyMs: 10 });
    killed.kill("SIGKILL");
    await ended;

    const before = Date.now();
    const again = await wedsync<Imported>(platform, args("v"));
    const after = Date.now();
    expect(again.code).toBe(0);
    const bookings = bookingsOf(await readFile(file, "utf8"));
    const today = todayIn(zone);
    const expected = recompute(bookings, expectedShift(bookings, today), zone, today, defaultSteps);
    const { imported, unchanged, cancelled, notYetBooked, rejected, rows } = again.json;
    expect({ all: imported + unchanged, cancelled, notYetBooked }).toStrictEqual({
      all: expected.imported,
      cancelled: expected.cancelled,
      notYetBooked: expected.notYetBooked,
    });
    expect(unchanged).toBeGreaterThan(0);
    expect(rows).toBe(imported + unchanged + notYetBooked + rejected.length);
    // A step may become due while the import runs; only then do the bounds differ.
    const accepted = await counts();
    const skipped = accepted["skipped"] ?? 0;
    expect(skipped).toBeGreaterThanOrEqual(expected.dueAt.filter((due) => due < before - 120_000).length);
    expect(skipped).toBeLessThanOrEqual(expected.dueAt.filter((due) => due <= after).length);
    const all = Object.values({ ...accepted, dead: 0, uncertain: 0, held: 0 }).reduce((sum, count) => sum + count, 0);
    expect(all).toBe(expected.dueAt.length);

    // What the generator says it broke, and nothing else.
    expect(rejected.map((entry) => entry.line)).toStrictEqual(badLines.map((entry) => entry.line));
    for (const { code, message } of rejected) {
      expect(code).toMatch(/^[a-z_]+$/);
      expect(message.length).toBeGreaterThan(10);
    }
    const third = await wedsync<Imported>(platform, args("v"));
    expect(third.json).toMatchObject({ imported: 0, unchanged: expected.imported, executions: 0 });
  });

  it.each<readonly [string, readonly string[], number]>([
    [
      "a file that is not there",
      ["import", "weddings", "/nowhere/at-all.csv", "--vendor", "v", "--time-zone", zone],
      1,
    ],
    ["an unknown zone", ["import", "weddings", "FILE", "--vendor", "v", "--time-zone", "Mars/Base"], 2],
    [
      "a column that is not there",
      ["import", "weddings", "FILE", "--vendor", "v", "--time-zone", zone, "--map", "date=day_of_joy"],
      1,
    ],
    [
      "an unknown journey",
      [
        "import",
        "weddings",
        "FILE",
        "--vendor",
        "v",
        "--time-zone",
        zone,
        "--map",
        "date=event_date",
        "--journey",
        "nobody",
      ],
      1,
    ],
    [
      "a shift that is no number",
      ["import", "weddings", "FILE", "--vendor", "v", "--time-zone", zone, "--shift-days", "some"],
      2,
    ],
    ["an unknown command", ["imprt"], 2],
  ])("SEC-2: %s is one clear line, and nothing is written", async (_what, line, code) => {
    const before = await counts();
    const answer = await wedsync<{ error?: { code: string; message: string } }>(
      platform,
      line.map((part) => (part === "FILE" ? file : part)),
    );
    expect(answer.json.error?.message).toEqual(expect.any(String));
    expect([code, 1, 2]).toContain(answer.code);
    expect(answer.code).not.toBe(0);
    expect(await counts()).toStrictEqual(before);
  });
});
