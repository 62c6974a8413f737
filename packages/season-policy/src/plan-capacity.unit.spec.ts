import {
  capacityHours,
  isSeasonError,
  planCapacity,
  planDefaults,
  stepAt,
  type HourlyLoad,
  type PlanRequest,
  type SeasonPolicy,
} from "./index.js";
import { iso, ms } from "./testing/instants.js";
import { policyOf } from "./testing/policy.js";

const hour = 3_600_000;
const policy: SeasonPolicy = policyOf();
/** 10 executions an hour and 3,000 on the Saturday from local midnight on. */
function surge(saturday: string, offsetHours: number): PlanRequest {
  const midnight = ms(`${saturday}T00:00Z`) - offsetHours * hour;
  const from = midnight - 72 * hour;
  const hourlyLoad: HourlyLoad[] = Array.from({ length: 120 }, (_, index) => {
    const at = from + index * hour;
    const upper = at >= midnight && at < midnight + 24 * hour ? 3_000 : 10;
    return { at, expected: upper * 0.9, lower: upper * 0.8, upper };
  });
  return {
    policy,
    market: "uk",
    zone: "Europe/London",
    from,
    to: from + 120 * hour,
    hourlyLoad,
    serviceRatePerSlot: 0.1,
    current: 1,
    floor: 1,
    cap: 20,
    leadTimeMs: 7 * hour,
    mode: "active",
  };
}

describe("the capacity plan", () => {
  it.each([
    ["before the clocks go forward", "2027-03-27", 0, "2027-03-26T17:00:00Z"],
    ["after it", "2027-04-03", 1, "2027-04-02T16:00:00Z"],
    ["before they go back", "2027-10-30", 1, "2027-10-29T16:00:00Z"],
    ["after it", "2027-11-06", 0, "2027-11-05T17:00:00Z"],
  ])("SEA-4: scales up on Friday 17:00 local before a Saturday surge, %s", (_when, saturday, offset, expected) => {
    for (const switchTimes of [undefined, ["17:00"]]) {
      const request = surge(saturday, offset);
      const plan = planCapacity(
        switchTimes === undefined ? request : { ...request, switchTimes, leadTimeMs: 2 * hour, holdMs: 0 },
      );
      expect(plan.steps.map(({ slots }) => slots)).toEqual([1, 19, 1]);
      expect(iso(plan.steps[1]?.at ?? 0)).toBe(expected);
      expect(plan.steps[1]?.reasons.map(({ code }) => code)).toEqual(["forecast_load", "lead_time", "level"]);
    }
  });

  const from = ms("2027-06-14T00:00Z");
  const plan = (uppers: readonly number[], changes: Partial<PlanRequest> = {}) =>
    planCapacity({
      ...surge("2027-06-19", 1),
      from,
      to: from + uppers.length * hour,
      hourlyLoad: uppers.map((upper, index) => ({ at: from + index * hour, expected: upper, lower: 0, upper })),
      serviceRatePerSlot: 1 / 3_600,
      targetUtilisation: 1,
      levelFactor: 1,
      leadTimeMs: 0,
      holdMs: 0,
      ...changes,
    });
  const shape = (made: ReturnType<typeof plan>) => made.steps.map(({ at, slots }) => [(at - from) / hour, slots]);
  const codesAt = (made: ReturnType<typeof plan>, at: number) =>
    stepAt(made, from + at * hour).reasons.map(({ code }) => code);

  it("SEA-4: a capacity that is needed again soon stays: fewer steps", () => {
    const busyTwice = [1, 8, 1, 1, 8, 1, 1, 1, 1];
    expect(shape(plan(busyTwice))).toEqual([
      [0, 1],
      [1, 8],
      [2, 1],
      [4, 8],
      [5, 1],
    ]);
    const held = plan(busyTwice, { holdMs: 3 * hour });
    expect(shape(held)).toEqual([
      [0, 1],
      [1, 8],
      [5, 1],
    ]);
    expect(shape(plan([8, 1, 1, 5, 1, 1, 1], { holdMs: 3 * hour }))).toEqual([
      [0, 8],
      [1, 5],
      [4, 1],
    ]);
  });

  it("SEA-4: levels make few steps of a slow rise", () => {
    const rise = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(plan(rise).steps).toHaveLength(10);
    const levels = plan(rise, { levelFactor: 2 });
    expect(shape(levels)).toEqual([
      [0, 1],
      [1, 2],
      [2, 4],
      [4, 8],
      [8, 16],
    ]);
    expect(codesAt(levels, 4)).toEqual(["forecast_load", "level"]);
  });

  it("SEA-4: floor and cap hold and say so", () => {
    const made = plan([0, 50, 0], { floor: 2, cap: 20 });
    expect(shape(made)).toEqual([
      [0, 2],
      [1, 20],
      [2, 2],
    ]);
    expect(codesAt(made, 0)).toEqual(["floor"]);
    expect(codesAt(made, 1)).toEqual(["forecast_load", "cap"]);
  });

  it("SEA-4: a ramp begins earlier and ends later, and never gives less than is needed", () => {
    const made = plan([1, 1, 1, 9, 1, 1, 1], { ramp: { upPerStep: 4, downPerStep: 5 } });
    expect(shape(made)).toEqual([
      [0, 1],
      [2, 5],
      [3, 9],
      [4, 4],
      [5, 1],
    ]);
    expect(codesAt(made, 2)).toEqual(["forecast_load", "ramp_limit"]);
    expect(shape(plan([9, 9, 9], { ramp: { upPerStep: 4, downPerStep: 4 } }))).toEqual([
      [0, 5],
      [1, 9],
    ]);
  });

  it("SEA-4: hours without a forecast count by the season's multiplier", () => {
    const made = planCapacity({
      ...surge("2027-06-19", 1),
      hourlyLoad: [],
      baselinePerHour: 36,
      serviceRatePerSlot: 0.01,
      targetUtilisation: 1,
      levelFactor: 1,
      leadTimeMs: 0,
    });
    // A peak weekday has 5x, its weekend the cap of 10x: 180 and 360 executions an hour, 36 an hour each slot.
    expect(made.steps.map(({ slots }) => slots)).toEqual([5, 10]);
    expect(iso(made.steps[1]?.at ?? 0)).toBe("2027-06-18T23:00:00Z");
    expect(made.steps[1]?.reasons.map(({ code }) => code)).toEqual([
      "baseline_load",
      "season",
      "weekday",
      "multiplier_cap",
    ]);
  });

  it("SEA-4: names the season only where it made the load, and says so where there is none", () => {
    const made = plan([5, 0, 0, 0], { floor: 0, baselinePerHour: 0 });
    expect(codesAt(made, 0)).toEqual(["forecast_load"]);
    expect(codesAt(made, 1)).toEqual(["no_load"]);
    expect(codesAt(plan([0], { floor: 0 }), 0)).toEqual(["no_load"]);
    const mixed = plan([900], { to: from + 2 * hour, baselinePerHour: 1 });
    expect(codesAt(mixed, 0)).not.toContain("season");
    expect(codesAt(mixed, 1)).toEqual(["baseline_load", "season", "weekday"]);
  });

  it("SEA-4: what nobody names is planned with the defaults", () => {
    const { targetUtilisation, leadTimeMs, holdMs, levelFactor } = planDefaults;
    const { leadTimeMs: _lead, ...request } = surge("2027-06-19", 1);
    expect(planCapacity(request)).toEqual(
      planCapacity({ ...request, targetUtilisation, leadTimeMs, holdMs, levelFactor }),
    );
    expect(planCapacity({ ...request, targetUtilisation: 0.8 })).not.toEqual(planCapacity(request));
  });

  it("SEA-4: a market that needs one slot now and then has few steps", () => {
    // Mails at 09:00 and some at noon, every day: one slot each time.
    const uppers = Array.from({ length: 30 * 24 }, (_, index) => ([8, 9, 12, 20].includes(index % 24) ? 1 : 0));
    expect(plan(uppers, { floor: 0, holdMs: 3 * hour, leadTimeMs: hour / 4 }).steps).toHaveLength(3);
  });

  it("SEA-6: capacity hours of any part, before and after the steps too", () => {
    const { steps } = plan([1, 4, 4, 1]);
    const between = (begin: number, end: number) => capacityHours(steps, from + begin * hour, from + end * hour);
    expect([between(0, 4), between(0.5, 1.5), between(-5, 1), between(3, 6), between(2, 2)]).toEqual([
      10, 2.5, 1, 3, 0,
    ]);
  });

  it.each([
    [{ zone: "Mars/Olympus" }, "zone_unknown"],
    [{ market: "mars" }, "market_unknown"],
    [{ floor: 3, cap: 2 }, "range_invalid"],
    [{ floor: 0.5 }, "range_invalid"],
    [{ from: from + 0.5 }, "range_invalid"],
    [{ serviceRatePerSlot: 0 }, "range_invalid"],
    [{ to: from }, "range_invalid"],
    [{ targetUtilisation: 1.1 }, "range_invalid"],
    [{ levelFactor: 0.9 }, "range_invalid"],
    [{ ramp: { upPerStep: 0, downPerStep: 1 } }, "range_invalid"],
    [{ ramp: { upPerStep: 1.5, downPerStep: Infinity } }, "range_invalid"],
    [{ current: 1.5 }, "range_invalid"],
    [{ switchTimes: ["5 pm"] }, "range_invalid"],
    [{ switchTimes: [] }, "range_invalid"],
    [{ hourlyLoad: [{ at: from + 1, expected: 1, lower: 1, upper: 1 }] }, "range_invalid"],
    [{ hourlyLoad: [{ at: from, expected: 1, lower: 1, upper: Number.NaN }] }, "range_invalid"],
  ])("SEA-4: refuses %j with the code %s", (changes, code) => {
    const failure = (() => {
      try {
        return plan([1], changes);
      } catch (error) {
        return error;
      }
    })();
    expect(isSeasonError(failure) && failure.code).toBe(code);
  });

  it("a plan without steps is refused when it is read", () => {
    expect(() => stepAt({ steps: [] }, from)).toThrow("at least one step");
  });
});
