import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Command } from "commander";
import { registerBookings } from "../generate/bookings.js";
import { registerBacktest } from "./command.js";

const runCommand = async (...argv: readonly string[]): Promise<string> => {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  registerBacktest(program);
  registerBookings(program);
  for (const command of program.commands) command.exitOverride();
  const { write } = process.stdout;
  let printed = "";
  process.stdout.write = (text: string | Uint8Array): boolean => {
    printed += String(text);
    return true;
  };
  try {
    await program.parseAsync([...argv], { from: "user" });
  } finally {
    process.stdout.write = write;
  }
  return printed;
};

const map = "id=booking_id,date=event_date,bookedOn=booked_on,status=status,statusDate=status_date,segment=group";
const period = ["--from", "2025-06-01", "--to", "2025-06-10", "--horizon", "7"];

describe("simulate backtest", () => {
  let folder = "";
  let file = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "wedsync-backtest-"));
    file = join(folder, "bookings.csv");
    await runCommand("bookings", "--rows", "800", "--years", "1", "--seed", "4", "--out", file);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("P-8: judges ours and every yardstick on made-up bookings, and writes every forecast", async () => {
    const out = join(folder, "forecasts.csv");
    const features = join(folder, "features.csv");
    const argv = [
      "backtest",
      "--kind",
      "bookings",
      file,
      "--map",
      map,
      ...period,
      "--out",
      out,
      "--features",
      features,
    ];
    const report = JSON.parse(await runCommand(...argv, "--json")) as {
      origins: number;
      forecasters: { name: string; leads: Record<string, { n: number; mase: number }> }[];
    };
    expect(report).toMatchObject({
      kind: "bookings",
      rows: 800,
      from: "2025-06-01",
      horizon: 7,
      origins: 16,
      missing: [],
    });
    expect(report.forecasters.map(({ name }) => name)).toEqual([
      "bookings",
      "same-weekday",
      "in-hand-ols-84",
      "in-hand-ols-364",
      "additive-pick-up",
    ]);
    for (const { leads } of report.forecasters) expect(leads["7"]).toMatchObject({ n: 10 });
    const lines = (await readFile(out, "utf8")).trimEnd().split("\n");
    expect(lines[0]).toBe("origin,target,point,lo80,hi80,busyProbability");
    expect(lines).toHaveLength(1 + 7 * 10);
    expect(lines[1]).toMatch(/^2025-05-25,2025-06-01,(\d+\.\d{3},){3}[01]\.\d{4}$/);
    const [header, first] = (await readFile(features, "utf8")).split("\n");
    expect(header).toMatch(/^origin,target,lead,inHand,.*,actual$/);
    expect(first?.split(",")).toHaveLength(header?.split(",").length ?? 0);
    expect((await readdir(folder)).toSorted()).toEqual(["bookings.csv", "features.csv", "forecasts.csv"]);
    await Promise.all([out, features].map((path) => rm(path)));
  });

  it("P-9: judges a bare series and says which comparison is missing", async () => {
    const days = Array.from({ length: 200 }, (_, at) => {
      const day = new Date(Date.UTC(2020, 0, 1 + at)).toISOString().slice(0, 10);
      return `${day},${at % 7 === 0 ? 20 : 10}`;
    });
    const series = join(folder, "series.csv");
    await writeFile(series, `day,count\n${days.join("\n")}\n`);
    const argv = ["backtest", series, "--kind", "series", "--map", "date=day,value=count", "--from", "2020-06-01"];
    const text = await runCommand(...argv, "--to", "2020-07-01", "--origin-every", "30", "--holidays", "US");
    expect(text).toMatch(/^series +all +31 +(0\.\d+|-) /m);
    expect(text).toContain("augurs-mstl: not compared");
    expect(text).toMatch(/^prophet: not compared, .*0\.615/m);
    await rm(series);
  });

  it.each([
    ["a file that is not there", ["nowhere.csv", "--map", "date=d,value=v"], "cannot be read"],
    ["a column that is not there", ["FILE", "--map", "date=when,value=v"], "line 1"],
    [
      "a folder that is not there",
      ["FILE", "--map", "date=event_date,value=nights", "--out", "no/such/x.csv"],
      "folder",
    ],
    ["a series with a day twice", ["FILE", "--map", "date=event_date,value=nights"], "same day"],
  ])("refuses %s with exit 2", async (_, argv, part) => {
    const given = argv.map((text) => (text === "FILE" ? file : text));
    await expect(runCommand("backtest", "--kind", "series", ...given, ...period)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(part) as string,
    });
  });

  it("shows no count below five among the features, as every export", async () => {
    const features = join(folder, "small.csv");
    const argv = ["backtest", "--kind", "bookings", file, "--map", map, ...period, "--features", features];
    const cellsOf = async (...more: readonly string[]) => {
      await runCommand(...argv, ...more);
      const [header = "", ...lines] = (await readFile(features, "utf8")).trimEnd().split("\n");
      const shown = header
        .split(",")
        .map((name) => !["origin", "target", "lead", "yearSine", "yearCosine"].includes(name));
      return lines.flatMap((line) => line.split(",").filter((_, at) => shown[at]));
    };
    const isSmall = (cell: string): boolean => cell !== "" && Number(cell) > 0 && Number(cell) < 5;
    const usual = await cellsOf();
    expect(usual.filter(isSmall)).toEqual([]);
    expect(usual).toContain("");
    const all = await cellsOf("--suppress-below", "0");
    expect(all.some(isSmall)).toBe(true);
    expect(all).not.toContain("");
    await rm(features);
  });

  it.each([
    ["the input", ["--out", "FILE"], "same file as the input"],
    ["the input by another path", ["--features", "LINK"], "same file as the input"],
    ["another output", ["--out", "NEW", "--features", "NEW"], "same file as --out"],
    ["a folder", ["--out", "FOLDER"], "is no file"],
  ])("refuses to write over %s with exit 2, before it forecasts", async (_, flags, part) => {
    const before = await readFile(file, "utf8");
    const names: Readonly<Record<string, string>> = {
      FILE: file,
      LINK: join(folder, "..", basename(folder), "bookings.csv"),
      NEW: join(folder, "new.csv"),
      FOLDER: folder,
    };
    const argv = ["backtest", "--kind", "bookings", file, "--map", map, ...period];
    await expect(runCommand(...argv, ...flags.map((flag) => names[flag] ?? flag))).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(part) as string,
    });
    expect(await readFile(file, "utf8")).toBe(before);
    expect(await readdir(folder)).toEqual(["bookings.csv"]);
  });

  it.each([
    [["--from", "2025-01-03"], "too little history"],
    [["--holidays", "DE-ZZ"], "no holidays of DE-ZZ"],
  ])("refuses %j with exit 2", async (more, part) => {
    const argv = ["backtest", "--kind", "bookings", file, "--map", map, ...period, ...more];
    await expect(runCommand(...argv)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(part) as string,
    });
  });
});
