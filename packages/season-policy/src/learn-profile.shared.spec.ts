// Real counts of marriages and births; the data are not part of this repository.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sharedDataFolder } from "@wedsync/test";
import { learnProfile, parseProfile, type HistoryPoint, type LearnedProfile, type LearnOptions } from "./index.js";

const rowsOf = (...path: readonly string[]): readonly (readonly string[])[] =>
  readFileSync(join(sharedDataFolder(), ...path), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
function learned(history: readonly HistoryPoint[], options: Partial<LearnOptions> = {}): LearnedProfile {
  const result = learnProfile(history, { name: "learned", zone: "UTC", ...options });
  if (!result.ok) throw new Error(result.code);
  expect(parseProfile(result.profile)).toEqual({ ok: true, profile: result.profile });
  return result;
}
describe("a profile learned from real counts", () => {
  it("SEA-2: Russia's low month is May, where the default has its peak, and the profile says so", () => {
    const history = rowsOf("marriages-monthly", "russia_2006_2021.csv").map(([, , total, date = ""]) => ({
      date: date.slice(0, 7),
      count: Number(total),
    }));
    const found = learned(history);
    expect(found.lowMonth).toBe(5);
    expect([7, 8]).toContain(found.peakMonth);
    expect(found.fit.basis).toBe("held_out");
    expect(found.fit.rSquared).toBeGreaterThan(0.5);
    expect(found.disagreements[0]).toMatchObject({ kind: "month", of: 5 });
    expect(found.disagreements[0]?.learned).toBeLessThan(0.7);
    expect(found.disagreements[0]?.assumed).toBeGreaterThan(1.5);
  });

  it("SEA-2: the United States' rates: June first, two months unknown, far flatter than the default", () => {
    const history = rowsOf("marriages-monthly", "us_rate_2000_2009.csv").map(([date = "", rate = ""]) => ({
      date: date.slice(0, 7),
      count: rate.trim() === "" ? null : Number(rate),
    }));
    const found = learned(history, { measure: "rate" });
    expect(found).toMatchObject({ unknownMonths: [1, 2], peakMonth: 6, lowMonth: 12 });
    expect(found.fit.rSquared).toBeGreaterThan(0.7);
    expect(found.fit.mape).toBeLessThan(0.1);
  });

  it("SEA-2: daily births: fewer on Saturday and least on Sunday, against the default's weekend", () => {
    const history = rowsOf("births-daily", "us_2000_2014.csv").map(([year, month = "", day = "", , births]) => ({
      date: `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`,
      count: Number(births),
    }));
    const found = learned(history);
    const [, , , , , saturday = 1, sunday = 1] = found.profile.weekdays;
    expect(saturday).toBeLessThan(0.8);
    expect(sunday).toBeLessThan(saturday);
    expect(found.fit.rSquared).toBeGreaterThan(0.8);
    expect(found.fit.mape).toBeLessThan(0.1);
    expect(found.disagreements.filter(({ kind }) => kind === "weekday").map(({ of }) => of)).toEqual(
      expect.arrayContaining([6, 7]),
    );
  });
});
