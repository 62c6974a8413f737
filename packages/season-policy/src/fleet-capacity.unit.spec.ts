import { fleetCapacity, type CapacityPlan, type FleetQuestion } from "./index.js";

const hour = 3_600_000;
const planOf = (market: string, slots: readonly number[], more: Partial<CapacityPlan> = {}): CapacityPlan => ({
  market,
  zone: "UTC",
  mode: "active",
  policyVersion: 1,
  from: 0,
  to: slots.length * hour,
  floor: 0,
  cap: 100,
  serviceRatePerSlot: 1,
  steps: slots.map((count, index) => ({ at: index * hour, slots: count, reasons: [{ code: "forecast_load" }] })),
  ...more,
});
const ask = (more: Partial<FleetQuestion>) =>
  fleetCapacity({
    plans: [planOf("a", [10, 40]), planOf("b", [5, 20])],
    mode: "active",
    floor: 4,
    cap: 50,
    now: 0,
    backlog: { count: 0, oldestAgeMs: 0 },
    arrivalRate: 0,
    ratePerSlot: 1,
    ...more,
  });

describe("the capacity of all workers", () => {
  it("SEA-4: is the sum of the markets' plans while they are active, inside floor and cap", () => {
    expect(ask({}).slots).toBe(15);
    expect(ask({ now: hour })).toMatchObject({ slots: 50, planned: 50 });
    expect(ask({ floor: 30 }).slots).toBe(30);
  });

  it("SEA-4: is the floor in shadow mode, and the plan is shown beside it", () => {
    expect(ask({ mode: "shadow", now: hour })).toMatchObject({ slots: 4, planned: 50 });
  });

  it("plans that have not begun or have ended say nothing", () => {
    expect(ask({ now: 2 * hour })).toMatchObject({ slots: 4, planned: 4 });
    expect(ask({ plans: [planOf("a", [10], { from: hour, to: 2 * hour })] }).planned).toBe(4);
    expect(ask({ plans: [] })).toMatchObject({ slots: 4, planned: 4 });
  });

  it("SEA-9: a queue of 1,000, or one that waits for a minute, adds to the plan, up to the cap", () => {
    expect(ask({ backlog: { count: 999, oldestAgeMs: 59_999 } }).slots).toBe(15);
    expect(ask({ backlog: { count: 1_000, oldestAgeMs: 0 } }).slots).toBeGreaterThan(15);
    expect(ask({ backlog: { count: 1, oldestAgeMs: 60_000 } }).slots).toBe(16);
    expect(ask({ backlog: { count: 1_000_000, oldestAgeMs: 0 } }).slots).toBe(50);
  });

  it("a cap below the floor is the floor", () => {
    expect(ask({ floor: 60 }).slots).toBe(60);
  });
});
