import { defaultThresholds, type CapacityPlan } from "@wedsync/season-policy";
import type { CapacityView } from "./capacity-controller.js";
import { plannedCapacity, plannedWithLag, reactiveCapacity } from "./controllers.js";
import { runSeason } from "./engine.js";
import type { PlanBook } from "./plan-book.js";
import { Stabiliser } from "./stabiliser.js";
import { demandOf } from "./testing/demand-of.js";
import { finish } from "./testing/finish.js";

const hour = 3_600_000;
const minute = 60_000;

const bookOf = (...steps: readonly { readonly at: number; readonly slots: number }[]): PlanBook => {
  const plan: CapacityPlan = {
    market: "europe",
    zone: "UTC",
    mode: "active",
    policyVersion: 1,
    from: 0,
    to: 24 * hour,
    floor: 1,
    cap: 50,
    serviceRatePerSlot: 0.1,
    steps: steps.map((step) => ({ ...step, reasons: [] })),
  };
  return {
    from: 0,
    plans: [plan],
    planAt: () => plan,
    nextChangeAt: (now) => steps.find(({ at }) => at > now)?.at ?? Number.POSITIVE_INFINITY,
  };
};

const fleet = { floor: 1, cap: 50, thresholds: defaultThresholds };

const view = (part: Partial<CapacityView>): CapacityView => ({
  now: 0,
  waiting: 0,
  running: 0,
  target: 1,
  oldestAgeMs: () => 0,
  arrivalsPerSecond: () => 0,
  ...part,
});

describe("capacity policies", () => {
  it("hold the highest wish of the stabilisation window", () => {
    const stabiliser = new Stabiliser(100);
    const wishes = [
      [0, 5],
      [10, 2],
      [110, 3],
      [120, 1],
      [220, 1],
      [330, 1],
    ] as const;
    expect(wishes.map(([at, slots]) => stabiliser.settle(at, slots))).toEqual([5, 5, 5, 3, 3, 1]);
  });

  it("SEA-9: the plan is a floor, a backlog adds to it within 10 s, the cap wins", () => {
    const controller = plannedWithLag(bookOf({ at: 0, slots: 4 }), fleet, 0);
    expect(controller.decide(view({ target: 4 }))).toBe(4);
    const late = view({ now: 5_000, waiting: 30, oldestAgeMs: () => 90_000, target: 4 });
    expect(controller.decide(late)).toBeGreaterThan(4);
    expect(controller.nextAt(late, Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(10_000);
    expect(controller.decide(view({ now: 10_000, waiting: 90_000, oldestAgeMs: () => 90_000, target: 9 }))).toBe(50);
  });

  it("SEA-9: what the plan did not foresee is worked off sooner with the backlog's part than without", () => {
    const surge = demandOf(Array.from({ length: 2_000 }, (_, index) => ({ due: index * 300, serviceMs: 10_000 })));
    const options = { from: 0, to: hour, bootMs: minute };
    const book = bookOf({ at: 0, slots: 2 });
    const alone = finish(runSeason(surge, plannedCapacity(book, fleet, 5 * minute), options));
    const both = finish(runSeason(surge, plannedWithLag(book, fleet, 5 * minute), options));
    expect(alone.waits.normal.p50Ms).toBeGreaterThan(30 * minute);
    expect(both.waits.normal.maxMs).toBeLessThan(15 * minute);
    expect(both.scalings).toBeGreaterThan(0);
  });

  it("SEA-4: the plan is followed to its steps, and given back after the stabilisation window", () => {
    const quiet = demandOf([{ due: 3 * hour, serviceMs: 1 }]);
    const book = bookOf({ at: 0, slots: 2 }, { at: hour, slots: 8 }, { at: 2 * hour, slots: 3 });
    const { capacity } = finish(
      runSeason(quiet, plannedCapacity(book, fleet, 5 * minute), { from: 0, to: 4 * hour, bootMs: minute }),
    );
    expect(capacity.map(({ slots }) => slots)).toEqual([2, 8, 3]);
    expect(capacity[1]?.at).toBe(hour);
    expect((capacity[2]?.at ?? 0) - 2 * hour).toBeGreaterThanOrEqual(5 * minute);
    expect((capacity[2]?.at ?? 0) - 2 * hour).toBeLessThanOrEqual(5 * minute + 10_000);
  });

  it("SEA-4: the plans' slots are never below the fleet's floor", () => {
    const controller = plannedCapacity(bookOf({ at: 0, slots: 0 }, { at: hour, slots: 8 }), { ...fleet, floor: 3 }, 0);
    expect(controller.initial).toBe(3);
    expect(controller.decide(view({ now: hour }))).toBe(8);
  });

  it("the reactive policy follows the queue between floor and cap, at its polls", () => {
    const controller = reactiveCapacity({ floor: 2, cap: 20, perSlot: 5, pollMs: 30_000, stabilisationMs: 0 });
    expect(controller.initial).toBe(2);
    expect(controller.decide(view({ waiting: 20, running: 6 }))).toBe(6);
    expect(controller.decide(view({ now: 1, waiting: 2_000 }))).toBe(20);
    expect(controller.nextAt(view({ now: 1, waiting: 1 }), 1e9)).toBe(30_000);
    expect(controller.nextAt(view({ now: 1, target: 2 }), 100_000)).toBe(120_000);
  });
});
