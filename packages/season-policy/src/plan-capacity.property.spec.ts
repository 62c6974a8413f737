import * as fc from "fast-check";
import {
  capacityHours,
  planCapacity,
  planDefaults,
  stepAt,
  wantedCapacity,
  type HourlyLoad,
  type PlanRequest,
} from "./index.js";
import { ms } from "./testing/instants.js";
import { policyOf } from "./testing/policy.js";

const hour = 3_600_000;
const from = ms("2027-03-25T00:00Z");
const loads = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 20_000, noNaN: true })), {
  minLength: 1,
  maxLength: 120,
});
const hourly = (uppers: readonly number[]): readonly HourlyLoad[] =>
  uppers.map((upper, index) => ({ at: from + index * hour, expected: upper, lower: 0, upper }));
const maybe = <Key extends string, Value>(key: Key, value: fc.Arbitrary<Value>) =>
  fc
    .option(value, { nil: undefined })
    .map((given) => (given === undefined ? {} : ({ [key]: given } as Record<Key, Value>)));
const settings = fc
  .tuple(
    fc.record({
      serviceRatePerSlot: fc.double({ min: 0.05, max: 5, noNaN: true }),
      current: fc.integer({ min: 0, max: 200 }),
      leadTimeMs: fc.integer({ min: 0, max: 24 }).map((hours) => hours * hour),
      holdMs: fc.integer({ min: 0, max: 12 }).map((hours) => hours * hour),
      levelFactor: fc.double({ min: 1, max: 2, noNaN: true }),
      zone: fc.constantFrom("Europe/London", "Asia/Kolkata", "America/New_York"),
      baselinePerHour: fc.constantFrom(0, 300),
      mode: fc.constantFrom("shadow" as const, "active" as const),
    }),
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: 0, max: 150 }),
    maybe(
      "ramp",
      fc.record({ upPerStep: fc.integer({ min: 1, max: 50 }), downPerStep: fc.integer({ min: 1, max: 50 }) }),
    ),
    maybe("switchTimes", fc.constantFrom(["17:00"], ["06:00", "17:00", "22:30"])),
    fc.integer({ min: 1, max: 100 }),
  )
  .map(([rest, floor, more, ramp, switchTimes, hours]): Omit<PlanRequest, "hourlyLoad"> => ({
    policy: policyOf(),
    market: "uk",
    from: from + hour / 2,
    to: from + hours * hour + hour / 2,
    floor,
    cap: floor + more,
    ...rest,
    ...ramp,
    ...switchTimes,
  }));

describe("any capacity plan", () => {
  it("SEA-4: stays inside [floor, cap], begins with its start, and every later step changes the slots and says why", () => {
    fc.assert(
      fc.property(settings, loads, (rest, uppers) => {
        const plan = planCapacity({ ...rest, hourlyLoad: hourly(uppers) });
        expect(plan.steps[0]?.at).toBe(rest.from);
        plan.steps.forEach((step, index) => {
          expect(step.slots).toBeGreaterThanOrEqual(rest.floor);
          expect(step.slots).toBeLessThanOrEqual(rest.cap);
          expect(step.reasons.length).toBeGreaterThan(0);
          if (index === 0) return;
          expect(step.at).toBeGreaterThan(plan.steps[index - 1]?.at ?? 0);
          expect(step.at).toBeLessThan(rest.to);
          expect(step.slots).not.toBe(plan.steps[index - 1]?.slots);
        });
      }),
    );
  });

  it("SEA-4: more bookings never plan less capacity, in no hour", () => {
    fc.assert(
      fc.property(
        settings,
        loads,
        fc.array(fc.double({ min: 0, max: 20_000, noNaN: true }), { maxLength: 120 }),
        (rest, uppers, more) => {
          const less = planCapacity({ ...rest, hourlyLoad: hourly(uppers) });
          const higher = planCapacity({
            ...rest,
            hourlyLoad: hourly(uppers.map((upper, index) => upper + (more[index] ?? 0))),
          });
          for (let at = rest.from; at < rest.to; at += hour / 2) {
            expect(stepAt(higher, at).slots).toBeGreaterThanOrEqual(stepAt(less, at).slots);
          }
        },
      ),
    );
  });

  it("SEA-4: is ready for each hour before it begins, unless the cap or the ramp from now forbids it", () => {
    fc.assert(
      fc.property(settings, loads, (rest, uppers) => {
        const hourlyLoad = hourly(uppers);
        const { ramp: _ramp, ...free } = rest;
        const { leadTimeMs = planDefaults.leadTimeMs } = rest;
        const plan = planCapacity({ ...free, hourlyLoad });
        for (const { at, upper } of hourlyLoad) {
          if (at < rest.from || at >= rest.to) continue;
          const needed = Math.min(
            rest.cap,
            Math.ceil(upper / 3_600 / rest.serviceRatePerSlot / planDefaults.targetUtilisation - 1e-9),
          );
          for (const before of [0, leadTimeMs / 2, leadTimeMs]) {
            const then = Math.max(rest.from, at - before);
            expect(stepAt(plan, then).slots).toBeGreaterThanOrEqual(needed);
          }
        }
      }),
    );
  });

  it("SEA-4: no step is larger than the ramp allows, but where floor or cap decide", () => {
    fc.assert(
      fc.property(settings, loads, (rest, uppers) => {
        const plan = planCapacity({ ...rest, hourlyLoad: hourly(uppers) });
        const { upPerStep, downPerStep } = rest.ramp ?? { upPerStep: 1e9, downPerStep: 1e9 };
        plan.steps.slice(1).forEach((step, index) => {
          const change = step.slots - (plan.steps[index]?.slots ?? 0);
          expect(change).toBeLessThanOrEqual(upPerStep);
          if (rest.current <= rest.cap) expect(change).toBeGreaterThanOrEqual(-downPerStep);
        });
      }),
    );
  });

  it("SEA-4: a slot or so does not come and go more often than once a day, unless a ramp begins it earlier", () => {
    fc.assert(
      fc.property(settings, loads, (rest, uppers) => {
        const { ramp: _ramp, ...free } = rest;
        const { steps } = planCapacity({ ...free, hourlyLoad: hourly(uppers) });
        const gone = steps.filter(({ slots }, index) => index > 0 && slots < planDefaults.smallSlots);
        gone.forEach(({ at }) => {
          const back = steps.find((step) => step.at > at && step.slots >= planDefaults.smallSlots);
          if (back !== undefined) expect(back.at - at).toBeGreaterThanOrEqual(24 * hour);
        });
      }),
    );
  });

  it("SEA-4: the order of the hours does not matter, and the same request gives the same plan", () => {
    fc.assert(
      fc.property(settings, loads, (rest, uppers) => {
        const hourlyLoad = hourly(uppers);
        const plan = planCapacity({ ...rest, hourlyLoad });
        expect(planCapacity({ ...rest, hourlyLoad: hourlyLoad.toReversed() })).toEqual(plan);
      }),
    );
  });

  it("SEA-6: capacity hours add up over any cut", () => {
    fc.assert(
      fc.property(settings, loads, fc.double({ min: 0, max: 1, noNaN: true }), (rest, uppers, share) => {
        const { steps } = planCapacity({ ...rest, hourlyLoad: hourly(uppers) });
        const cut = Math.round(rest.from + share * (rest.to - rest.from));
        const parts = capacityHours(steps, rest.from, cut) + capacityHours(steps, cut, rest.to);
        expect(parts).toBeCloseTo(capacityHours(steps, rest.from, rest.to), 6);
        expect(parts).toBeGreaterThanOrEqual((rest.floor * (rest.to - rest.from)) / hour - 1e-6);
      }),
    );
  });
});

describe("the wanted capacity", () => {
  const backlog = fc.record({
    count: fc.integer({ min: 0, max: 100_000 }),
    oldestAgeMs: fc.integer({ min: 0, max: 1e7 }),
  });
  it("SEA-9 SEA-5: the plan is its floor, the cap wins, and more backlog or arrivals never give fewer slots", () => {
    fc.assert(
      fc.property(
        settings,
        loads,
        backlog,
        backlog,
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (rest, uppers, one, more, rate, faster) => {
          const plan = planCapacity({ ...rest, hourlyLoad: hourly(uppers) });
          const now = rest.from + hour;
          const less = wantedCapacity({ plan, now, backlog: one, arrivalRate: rate });
          const higher = wantedCapacity({
            plan,
            now,
            backlog: { count: one.count + more.count, oldestAgeMs: one.oldestAgeMs + more.oldestAgeMs },
            arrivalRate: rate + faster,
          });
          expect(less.slots).toBeGreaterThanOrEqual(plan.mode === "active" ? stepAt(plan, now).slots : plan.floor);
          expect(less.slots).toBeLessThanOrEqual(plan.cap);
          expect(higher.slots).toBeGreaterThanOrEqual(less.slots);
        },
      ),
    );
  });
});
