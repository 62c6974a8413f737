import type { DayForecast } from "@wedsync/season-policy/forecast";
import { reportText } from "./report.js";
import { originsOf } from "./run.js";
import { createScorer } from "./score.js";

const forecast = (point: number, busyProbability: number): DayForecast => ({
  day: 1,
  lead: 1,
  point,
  interval50: { low: point - 1, high: point + 1 },
  interval80: { low: point - 2, high: point + 3 },
  interval95: { low: point - 9, high: point + 9 },
  busyProbability,
});

describe("the score of forecasts", () => {
  it("P-8: counts errors over the scale, coverage, width and busy days", () => {
    const scorer = createScorer(4);
    scorer.add(forecast(10, 0.9), 12, 12);
    scorer.add(forecast(10, 0.5), 11, 12);
    scorer.add(forecast(10, 0.4), 20, 12);
    scorer.add(forecast(10, 0.9), 7, undefined);
    expect(scorer.score()).toEqual({
      n: 4,
      mase: 1,
      mae: 4,
      bias: -2.5,
      coverage50: 0.25,
      coverage80: 0.5,
      coverage95: 0.75,
      width80: 5,
      busyPrecision: 0.5,
      busyRecall: 0.5,
      busyDays: 2,
    });
  });

  it("says nothing where there is nothing to divide by, and the report shows a dash", () => {
    const score = createScorer(0).score();
    expect(score).toMatchObject({ n: 0, mase: null, busyPrecision: null, busyRecall: null });
    const text = reportText(
      [{ name: "ours", leads: { 7: score }, all: score }],
      [{ name: "x", reason: "away" }],
      ["Look out."],
    );
    expect(text.split("\n")).toHaveLength(5);
    expect(text).toContain("Look out.");
    expect(text).toContain("x: not compared, away");
    expect(text).toMatch(/ours +7 +0 +-/);
  });

  it("P-8: every target of the period is forecast from every distance; with larger steps each target once", () => {
    const all = originsOf({ from: 100, to: 110, horizon: 5, every: 1 });
    expect([all[0], all.at(-1)]).toEqual([95, 109]);
    expect(originsOf({ from: 100, to: 159, horizon: 30, every: 30 })).toEqual([99, 129]);
  });
});
