import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { registerBookings } from "./bookings.js";
import { registerSeason } from "./season-command.js";

const runCommand = async (...argv: string[]): Promise<void> => {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  registerBookings(program);
  registerSeason(program);
  await program.parseAsync(argv, { from: "user" });
};

describe("the generator commands", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "wedsync-generate-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("writes the same bookings file for the same seed, and leaves nothing else behind", async () => {
    for (const name of ["a.csv", "b.csv"]) {
      await runCommand("bookings", "--rows", "300", "--seed", "9", "--bad-lines", "11", "--out", join(folder, name));
    }
    const a = await readFile(join(folder, "a.csv"), "utf8");
    expect(a).toBe(await readFile(join(folder, "b.csv"), "utf8"));
    expect(a.trimEnd().split("\n")).toHaveLength(312);
    expect((await readdir(folder)).toSorted()).toEqual(["a.csv", "b.csv"]);
  });

  it("writes the season as one JSON document", async () => {
    const file = join(folder, "season.json");
    await runCommand("season", "--weddings", "12", "--seed", "2", "--today", "2027-03-01", "--out", file);
    const season = JSON.parse(await readFile(file, "utf8")) as { weddings: unknown[]; today: string };
    expect(season.weddings).toHaveLength(12);
    expect(season.today).toBe("2027-03-01");
  });

  it("refuses numbers out of range, days that do not exist and folders that do not", async () => {
    const out = join(folder, "x");
    await expect(runCommand("bookings", "--rows", "0", "--out", out)).rejects.toThrow("whole number");
    await expect(runCommand("bookings", "--rows", "1e99", "--out", out)).rejects.toThrow("whole number");
    await expect(runCommand("season", "--today", "2027-02-30")).rejects.toThrow("YYYY-MM-DD");
    await expect(runCommand("bookings", "--rows", "5", "--out", join(folder, "no", "x"))).rejects.toThrow(
      "its folder does not exist",
    );
    await expect(runCommand("season", "--out", folder)).rejects.toMatchObject({ exitCode: 2 });
    expect(await readdir(folder)).toEqual([]);
  });
});
