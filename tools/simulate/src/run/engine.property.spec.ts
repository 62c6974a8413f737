import { capacityHours } from "@wedsync/season-policy";
import { defaultDispatchPolicy, tierRank } from "@wedsync/scheduler";
import * as fc from "fast-check";
import type { CapacityController } from "./capacity-controller.js";
import { staticCapacity } from "./controllers.js";
import { runSeason } from "./engine.js";
import { demandOf, type WorkOfTest } from "./testing/demand-of.js";
import { finish } from "./testing/finish.js";

const hour = 3_600_000;
const tier = fc.constantFrom("critical", "high", "normal", "low");
const work: fc.Arbitrary<WorkOfTest> = fc.record({
  due: fc.integer({ min: 0, max: 600_000 }),
  serviceMs: fc.integer({ min: 1, max: 60_000 }),
  tier,
  vendor: fc.integer({ min: 0, max: 2 }),
});
const works = fc.array(work, { minLength: 1, maxLength: 80 });

/** Capacity that jumps between sizes at given times. */
const jumping = (sizes: readonly number[], everyMs: number): CapacityController => ({
  initial: sizes[0] ?? 1,
  decide: ({ now }) => sizes[Math.floor(now / everyMs) % sizes.length] ?? 1,
  nextAt: ({ now }) => (Math.floor(now / everyMs) + 1) * everyMs,
});

interface Started {
  readonly due: number;
  readonly from: number;
  readonly to: number;
  readonly rank: number;
}

const trace = (given: readonly WorkOfTest[], controller: CapacityController, bootMs: number) => {
  const demand = demandOf(given);
  const starts = new Map<number, number>();
  const order: number[] = [];
  const result = finish(
    runSeason(demand, controller, {
      from: 0,
      to: hour,
      bootMs,
      onStart: (execution, now) => {
        order.push(execution);
        starts.set(execution, now);
      },
    }),
  );
  const started = order.map((execution): Started => {
    const from = starts.get(execution) ?? 0;
    const rank = tierRank(demand.steps[demand.step[execution] ?? 0]?.tier ?? "normal");
    return { due: demand.due[execution] ?? 0, from, to: from + (demand.serviceMs[execution] ?? 0), rank };
  });
  return { demand, order, started, result };
};

describe("the season on a simulated clock", () => {
  it("SEA-4: starts each execution exactly once, and never before it is due", () => {
    fc.assert(
      fc.property(works, fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 5 }), (given, sizes) => {
        const { order, started, result } = trace(given, jumping(sizes, 45_000), 20_000);
        expect(order.toSorted((a, b) => a - b)).toEqual([...given.keys()]);
        expect(result.started).toBe(given.length);
        for (const { due, from } of started) expect(from).toBeGreaterThanOrEqual(due);
      }),
    );
  });

  it("SEA-4: conserves work: nothing due waits while a slot outside the reserve is idle, critical work while any is", () => {
    fc.assert(
      fc.property(works, fc.integer({ min: 1, max: 8 }), (given, slots) => {
        const { started } = trace(given, staticCapacity(slots), 0);
        const open = slots - Math.floor(slots * defaultDispatchPolicy.criticalReserve);
        for (const { due, from, rank } of started) {
          if (from === due) continue;
          // Something of this rank waited from `due` to `from`: at every instant between, its slots must have been taken.
          for (const at of [due, ...started.map(({ to }) => to).filter((to) => to > due && to < from)]) {
            const running = started.filter((other) => other.from <= at && other.to > at).length;
            expect(running).toBeGreaterThanOrEqual(rank === 0 ? slots : open);
          }
        }
      }),
    );
  });

  it("SEA-4: more constant capacity never makes the mean wait longer, where one queue is served in order", () => {
    const alike = fc.array(
      fc.record({ due: fc.integer({ min: 0, max: 600_000 }), serviceMs: fc.integer({ min: 1, max: 60_000 }) }),
      { minLength: 1, maxLength: 80 },
    );
    fc.assert(
      fc.property(alike, fc.integer({ min: 1, max: 8 }), (given, slots) => {
        const [fewer, more] = [slots, slots + 1].map(
          (count) => trace(given, staticCapacity(count), 0).result.waits.normal.meanMs,
        );
        expect(more).toBeLessThanOrEqual(fewer ?? 0);
      }),
    );
  });

  it("SEA-6: accounts capacity exactly: every slot is paid from its order to its leaving, and never fewer than run", () => {
    fc.assert(
      fc.property(works, fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 5 }), (given, sizes) => {
        const { started, result } = trace(given, jumping(sizes, 45_000), 20_000);
        const { capacity } = result;
        const paidAt = (at: number): number => capacity.findLast((change) => change.at <= at)?.slots ?? 0;
        for (const { from } of started) {
          const running = started.filter((other) => other.from <= from && other.to > from).length;
          expect(paidAt(from)).toBeGreaterThanOrEqual(running);
        }
        // Stepped by hand: the sum over single milliseconds' edges must be the integral.
        let slotMs = 0;
        capacity.forEach(({ at, slots }, index) => {
          slotMs += slots * (Math.min(capacity[index + 1]?.at ?? hour, hour) - Math.min(at, hour));
        });
        const steps = capacity.map((change) => ({ ...change, reasons: [] }));
        expect(capacityHours(steps, 0, hour)).toBeCloseTo(slotMs / hour, 9);
        for (const [index, { at, slots }] of capacity.entries()) {
          expect(slots).toBeGreaterThan(0);
          if (index > 0) expect(at).toBeGreaterThan(capacity[index - 1]?.at ?? 0);
        }
      }),
    );
  });

  it("is the same for the same demand and policy", () => {
    fc.assert(
      fc.property(works, fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 5 }), (given, sizes) => {
        const [one, two] = [1, 2].map(() => trace(given, jumping(sizes, 45_000), 20_000));
        expect(two?.order).toEqual(one?.order);
        expect(two?.result).toEqual(one?.result);
      }),
    );
  });
});
