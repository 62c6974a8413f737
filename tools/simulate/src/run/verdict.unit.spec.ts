import type { CostReport } from "@wedsync/season-policy";
import { sensitivityLines, verdictLines } from "./report-text.js";
import type { PolicyName, PolicyResult } from "./simulate-season.js";
import { verdictOf } from "./verdict.js";
import type { WaitSummary } from "./waits.js";

const wait: WaitSummary = { started: 9, meanMs: 1, p50Ms: 0, p95Ms: 1, p99Ms: 5, p999Ms: 9, maxMs: 9, missed: 0 };
const policy = (name: PolicyName, slotHours: number, high: Partial<WaitSummary> = {}): PolicyResult => ({
  name,
  slotHours,
  maxSlots: 12,
  waits: { critical: wait, high: { ...wait, ...high }, normal: wait, low: wait },
  started: 36,
  expired: 0,
  withdrawn: 0,
  scalings: 0,
  capacity: [],
  cost: {} as CostReport,
});
const judge = (ours: PolicyResult, floor = 1) => verdictOf([policy("static-peak", 100), ours], floor);

describe("the verdict", () => {
  it("SEA-6: is yes when enough is saved and no share of critical or high work waits longer", () => {
    expect(judge(policy("plan+reactive", 40))).toMatchObject({ ok: true, saving: 0.6, longer: [] });
    expect(judge(policy("plan+reactive", 41))).toMatchObject({ ok: false, longer: [] });
    expect(verdictOf([policy("plan", 10)], 1)).toBeUndefined();
  });

  it("SEA-6: compares the median, p95, p99, p99.9 and missed deadlines, and not the single longest wait", () => {
    for (const [figure, name] of Object.entries({
      p50Ms: "high p50",
      p95Ms: "high p95",
      p99Ms: "high p99",
      p999Ms: "high p99.9",
      missed: "high missed deadlines",
    })) {
      expect(judge(policy("plan+reactive", 10, { [figure]: 10 }))).toMatchObject({ ok: false, longer: [name] });
    }
    const verdict = judge(policy("plan+reactive", 10, { maxMs: 99_999 }));
    expect(verdict).toMatchObject({ ok: true, longer: [] });
    expect(verdictLines({ verdict }).join("\n")).toContain("compared are p50, p95, p99, p99.9, missed deadlines");
  });

  it("SEA-6: says how much the floor leaves to save", () => {
    expect(judge(policy("plan+reactive", 84), 10)?.savingLimit).toBeCloseTo(1 / 6);
    const verdict = judge(policy("plan+reactive", 84), 10);
    if (verdict === undefined) throw new Error("Both were run.");
    const [line] = sensitivityLines({ sensitivity: [{ ...verdict, spreadMinutes: 720, staticSlots: 12, floor: 10 }] });
    expect(line).toContain("spread over 720 min, floor 10: no, saves 16.0 % of 12 static slots (at most 16.7 %");
  });
});
