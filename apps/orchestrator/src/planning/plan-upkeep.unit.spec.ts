import type { CapacityPlan } from "@wedsync/season-policy";
import { bookingsDiffer, planHolds, type PlanTerms } from "./plan-upkeep.js";

const hour = 3_600_000;
const plan: CapacityPlan = {
  market: "uk",
  zone: "UTC",
  mode: "shadow",
  policyVersion: 1,
  from: 0,
  to: 10 * hour,
  floor: 0,
  cap: 5,
  serviceRatePerSlot: 1,
  steps: [
    { at: 0, slots: 1, reasons: [{ code: "floor" }] },
    { at: hour, slots: 5, reasons: [{ code: "forecast_load" }] },
  ],
};
const terms: PlanTerms = { mode: "shadow", cap: 5, serviceRatePerSlot: 1 };

describe("when to plan anew", () => {
  it.each([
    [[10, 10], [10, 10], false],
    [[10, 10], [11, 12], false],
    [[100, 0], [109, 0], false],
    [[100, 0], [111, 0], true],
    [[0, 0], [0, 4], true],
    [[1, 1, 1], [3, 3, 2], true],
    [[5], [0], true],
    [[], [1], false],
  ])("bookings of %j that become %j differ by more than noise: %p", (before, after, differ) => {
    expect(bookingsDiffer(before, after)).toBe(differ);
  });

  it("a plan holds as long as its terms and its time do", () => {
    expect(planHolds(plan, terms, [], 0)).toBe(true);
    expect(planHolds(plan, { ...terms, serviceRatePerSlot: 1.5 }, [], 0)).toBe(true);
    expect(planHolds(undefined, terms, [], 0)).toBe(false);
    expect(planHolds(plan, terms, [], 10 * hour)).toBe(false);
    for (const changed of [{ mode: "active" }, { cap: 6 }, { serviceRatePerSlot: 0.4 }] as const) {
      expect(planHolds(plan, { ...terms, ...changed }, [], 0)).toBe(false);
    }
    expect(planHolds(plan, { ...terms, serviceRatePerSlot: 2.1 }, [], 0)).toBe(false);
  });

  it("SEA-4: a plan does not hold when more is pending for an hour than its slots can do, unless it is at the cap", () => {
    expect(planHolds(plan, terms, [{ at: 0, executions: 3_600 }], 0)).toBe(true);
    expect(planHolds(plan, terms, [{ at: 0, executions: 3_601 }], 0)).toBe(false);
    expect(planHolds(plan, terms, [{ at: hour, executions: 1_000_000 }], 0)).toBe(true);
  });
});
