import { execFile, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const main = resolve("tools/simulate/dist/main.js");
const map = "date=event_date,bookedOn=booked_on,status=status,statusDate=status_date";
const period = ["--from", "2026-06-01", "--to", "2026-06-30"];

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
const simulate = (...argv: readonly string[]): Promise<Ran> =>
  new Promise((done) => {
    execFile(process.execPath, [main, ...argv], { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === "number" ? error.code : error === null ? 0 : 1, stdout, stderr });
    });
  });

describe("simulate backtest, as a user runs it", () => {
  let folder = "";
  let file = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "wedsync-backtest-e2e-"));
    file = join(folder, "bookings.csv");
    // So many that walking through them to the first origin takes far longer than an interrupt may.
    const made = await simulate("bookings", "--rows", "240000", "--seed", "3", "--from-year", "2025", "--out", file);
    expect(made).toMatchObject({ code: 0, stderr: "" });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("stops at an interrupt with 130 while it learns from the past, and leaves no file", async () => {
    const out = join(folder, "stopped.csv");
    const argv = [main, "backtest", file, "--kind", "bookings", "--map", map, ...period, "--out", out];
    const child = spawn(process.execPath, argv);
    child.stderr.once("data", () => child.kill("SIGINT"));
    const code = await new Promise((done) => child.once("exit", done));
    expect(code).toBe(130);
    expect(await readdir(folder)).toEqual(["bookings.csv"]);
  });

  it("writes nothing over its input, and says so at once", async () => {
    const before = await readFile(file);
    const run = await simulate("backtest", file, "--kind", "bookings", "--map", map, ...period, "--out", file);
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining("is the same file as the input") });
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  it("P-8: says that a file exported in the middle of a season may not tell what became of its last days", async () => {
    const exported = join(folder, "exported.csv");
    const [header = "", ...lines] = (await readFile(file, "utf8"))
      .trimEnd()
      .split("\n")
      .filter((_, at) => at % 40 === 0);
    const until = "2026-05-15";
    const known = lines.flatMap((line) => {
      const cells = line.split(",");
      if ((cells[2] ?? "") > until) return [];
      return (cells[6] ?? "") > until ? [[...cells.slice(0, 5), "Booked", "", cells[7]].join(",")] : [line];
    });
    await writeFile(exported, `${[header, ...known].join("\n")}\n`);
    const run = await simulate("backtest", exported, "--kind", "bookings", "--map", map, ...period, "--json");
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      notes: [expect.stringContaining(`finished event of the file is of ${until}: if it was exported then`)],
    });
    await rm(exported);
  });
});
