import { changesBetween, changesText } from "./state-text.js";

describe("RPL-2: a difference for a person", () => {
  it("names leaf by leaf what changed, and tells a part that appears in words", () => {
    const market = {
      multiplier: 1.2000000000000002,
      reasons: [{ code: "season", params: { season: "peak", multiplier: 3 } }],
    };
    const before = { executions: { waiting: 6 }, season: { markets: { lens: { multiplier: 3, capacity: null } } } };
    const after = {
      executions: { waiting: 0 },
      season: { markets: { lens: { multiplier: 1, capacity: { slots: 2, mode: "shadow" } }, hall: market } },
    };
    expect(changesText(changesBetween(before, after)).split("\n")).toEqual([
      "executions/waiting: 6 -> 0",
      "season/markets/lens/multiplier: 3 -> 1",
      "season/markets/lens/capacity: nothing -> slots 2, mode shadow",
      "season/markets/hall: nothing -> multiplier 1.2, reasons (peak season x 3)",
    ]);
  });

  it("says so when nothing differs", () =>
    expect(changesText(changesBetween({ at: 1 }, { at: 1 }))).toBe("nothing differs"));
});
