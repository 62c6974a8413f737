import { execFile, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const main = resolve("tools/simulate/dist/main.js");
const map = "date=event_date,bookedOn=booked_on,status=status,statusDate=status_date,segment=group";
const season = [
  "--from",
  "2026-03-01",
  "--to",
  "2026-03-21",
  "--time-zone",
  "Europe/London",
  "--market",
  "united-kingdom",
];
const small = ["--scale", "10", "--slots-floor", "2"];

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const simulate = (...argv: readonly string[]): Promise<Ended> =>
  new Promise((done) => {
    execFile(process.execPath, [main, ...argv], { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === "number" ? error.code : error === null ? 0 : 1, stdout, stderr });
    });
  });

describe("simulate run", () => {
  let folder = "";
  let file = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "wedsync-run-"));
    file = join(folder, "bookings.csv");
    const made = await simulate("bookings", "--rows", "4000", "--seed", "3", "--from-year", "2025", "--out", file);
    expect(made.code).toBe(0);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("SEA-6: prints one document of all policies, the same for the same seed, with plots and a page beside it", async () => {
    const svg = join(folder, "svg");
    const html = join(folder, "season.html");
    const argv = ["run", file, "--map", map, ...season, ...small, "--json", "--svg", svg, "--html", html];
    const [one, two] = [await simulate(...argv), await simulate(...argv)];
    expect([one.code, one.stderr.includes("rror")]).toEqual([0, false]);
    expect(two?.stdout).toBe(one?.stdout);
    const report = JSON.parse(one.stdout) as {
      season: { executions: number };
      policies: { name: string; started: number; expired: number; withdrawn: number; slotHours: number }[];
    };
    expect(report.policies.map(({ name }) => name)).toEqual(["static-peak", "reactive", "plan", "plan+reactive"]);
    for (const { started, expired, withdrawn, slotHours } of report.policies) {
      expect(started + expired + withdrawn).toBe(report.season.executions);
      expect(slotHours).toBeGreaterThan(0);
    }
    expect((await readdir(svg)).toSorted()).toEqual([
      "load-and-capacity-peak-week.svg",
      "load-and-capacity-year.svg",
      "waits.svg",
    ]);
    for (const plot of await readdir(svg)) {
      const text = await readFile(join(svg, plot), "utf8");
      expect(text.startsWith("<svg")).toBe(true);
      expect(text).toContain("plan+reactive");
    }
    const page = await readFile(html, "utf8");
    expect(page.match(/<svg/g)).toHaveLength(6);
    expect(page).not.toMatch(/(?:src|href)="?https?:/);
    expect((await readdir(folder)).toSorted()).toEqual(["bookings.csv", "season.html", "svg"]);
  });

  it("SEA-6: answers again for work that is spread over the day, and for a floor of one slot", async () => {
    const flags = ["--policies", "static-peak,plan+reactive", "--sensitivity", "--json"];
    const run = await simulate("run", file, "--map", map, ...season, ...small, "--to", "2026-03-12", ...flags);
    const { sensitivity } = JSON.parse(run.stdout) as { sensitivity: { spreadMinutes: number; floor: number }[] };
    expect(sensitivity.map(({ spreadMinutes, floor }) => [spreadMinutes, floor])).toEqual([
      [180, 2],
      [180, 1],
      [720, 2],
      [720, 1],
    ]);
  });

  it("SEA-6: says when the floor leaves little to save", async () => {
    const flags = ["--policies", "static-peak,plan+reactive", "--slots-floor", "150"];
    const run = await simulate("run", file, "--map", map, ...season, "--scale", "10", "--to", "2026-03-12", ...flags);
    expect(run.stdout).toMatch(/note: The floor of 150 slots .* no policy can save more than/);
  });

  it("prints tables for a person and only the asked policies", async () => {
    const run = await simulate("run", file, "--map", map, ...season, ...small, "--policies", "plan,static-peak");
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("slot-hours");
    expect(run.stdout).toContain("critical");
    expect(run.stdout).not.toContain("plan+reactive");
  });

  it.each([
    ["a season that ends before it begins", ["--from", "2026-05-01"], "--from is after --to"],
    ["an unknown zone", ["--time-zone", "Europe/Nowhere"], "IANA time zone"],
    ["an unknown market", ["--market", "atlantis"], "atlantis"],
    ["an unknown policy", ["--policies", "static-peak,hope"], "Name each once"],
    ["a map to columns that are not there", ["--map", "date=when,bookedOn=booked_on"], "line 1: has no column"],
    ["a journey that is not there", ["--journey", "nowhere.json"], "nowhere.json cannot be read"],
    ["a cap below the floor", ["--slots-cap", "1"], "below --slots-floor"],
    ["a page over the bookings", ["--html", "INPUT"], "is the same file as the input"],
    ["plots where the page goes", ["--svg", "FOLDER", "--html", "WAITS"], "is the same file as --svg"],
  ])("refuses %s with exit 2 and writes nothing", async (_what, flags, problem) => {
    const html = join(folder, "never.html");
    const places: Readonly<Record<string, string>> = { INPUT: file, FOLDER: folder, WAITS: join(folder, "waits.svg") };
    const given = flags.map((flag) => places[flag] ?? flag);
    const run = await simulate("run", file, "--map", map, ...season, ...small, "--html", html, ...given);
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain(problem);
    expect(await readdir(folder)).not.toContain("never.html");
  });

  it("refuses bad lines by their numbers, and five rows as too few", async () => {
    const bad = join(folder, "bad.csv");
    const header = "event_date,booked_on\n";
    await writeFile(bad, `${header}2026-06-01,2025-01-01\n2026-06-31,2025-01-01\n`);
    const flags = ["--map", "date=event_date,bookedOn=booked_on", ...season];
    const run = await simulate("run", bad, ...flags);
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("bad.csv, line 3: has no day")]);
    await writeFile(bad, header + "2026-06-01,2025-01-01\n".repeat(5));
    const few = await simulate("run", bad, ...flags);
    expect([few.code, few.stderr]).toEqual([2, expect.stringContaining("5 bookings concern the season")]);
    await rm(bad);
  });

  it("stops at an interrupt with 130 and leaves no file", async () => {
    const html = join(folder, "stopped.html");
    const child = spawn(process.execPath, [
      main,
      "run",
      file,
      "--map",
      map,
      ...season,
      "--scale",
      "60",
      "--html",
      html,
    ]);
    child.stderr.once("data", () => child.kill("SIGINT"));
    const code = await new Promise((done) => child.once("exit", done));
    expect(code).toBe(130);
    expect((await readdir(folder)).filter((name) => name.startsWith("stopped"))).toEqual([]);
  });
});
