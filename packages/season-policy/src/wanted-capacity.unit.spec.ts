import { defaultThresholds, planCapacity, wantedCapacity, wantedEveryMs, type PlanMode } from "./index.js";
import { ms } from "./testing/instants.js";
import { policyOf } from "./testing/policy.js";

const hour = 3_600_000;
const from = ms("2027-06-14T00:00Z");
const planIn = (mode: PlanMode) =>
  planCapacity({
    policy: policyOf(),
    market: "uk",
    zone: "Europe/London",
    from,
    to: from + 4 * hour,
    hourlyLoad: [{ at: from + hour, expected: 9_000, lower: 8_000, upper: 11_520 }],
    serviceRatePerSlot: 1,
    targetUtilisation: 0.8,
    current: 2,
    floor: 2,
    cap: 20,
    leadTimeMs: 0,
    holdMs: 0,
    levelFactor: 1,
    mode,
  });
const quiet = { count: 0, oldestAgeMs: 0 };
const wanted = (
  mode: PlanMode,
  backlog: { count: number; oldestAgeMs: number },
  arrivalRate = 0,
  now = from + 1.5 * hour,
) => wantedCapacity({ plan: planIn(mode), now, backlog, arrivalRate });
const codes = (answer: ReturnType<typeof wanted>) => answer.reasons.map(({ code }) => code);

describe("the capacity wanted now", () => {
  it("SEA-5 U15: an active plan is the floor of it, a shadow plan has no part", () => {
    expect(wanted("active", quiet)).toMatchObject({ slots: 4, planned: 4 });
    expect(wanted("shadow", quiet)).toMatchObject({ slots: 2, planned: 4 });
    expect(codes(wanted("active", quiet))).toEqual(["planned"]);
    expect(codes(wanted("shadow", quiet))).toEqual(["shadow_plan"]);
  });

  it("SEA-9: 1,000 waiting raise it at once, by what drains them in time", () => {
    expect(wanted("active", { count: 999, oldestAgeMs: 1_000 }, 3).slots).toBe(4);
    const breached = wanted("active", { count: 1_000, oldestAgeMs: 1_000 }, 3);
    // 1,000 in 300 s at 1/s a slot: 4 slots beside the 4 of the plan.
    expect(breached.slots).toBe(8);
    expect(codes(breached)).toEqual(["planned", "backlog_count", "lag_adds"]);
    expect(wanted("shadow", { count: 1_000, oldestAgeMs: 1_000 }, 3).slots).toBe(7);
  });

  it("SEA-9: one that waits too long raises it as well, and the caller asks often enough for 10 s", () => {
    const breached = wanted("active", { count: 1, oldestAgeMs: defaultThresholds.oldestAgeMs });
    expect(breached.slots).toBe(5);
    expect(codes(breached)).toEqual(["planned", "backlog_age", "lag_adds"]);
    expect(wanted("active", { count: 0, oldestAgeMs: 1e6 }).slots).toBe(4);
    expect(2 * wantedEveryMs).toBeLessThanOrEqual(10_000);
  });

  it("SEA-9 U15: the cap wins", () => {
    const breached = wanted("active", { count: 1_000_000, oldestAgeMs: 1_000 });
    expect(breached.slots).toBe(20);
    expect(codes(breached)).toEqual(["planned", "backlog_count", "lag_adds", "cap"]);
  });

  it("SEA-5: a plan that has ended keeps its last step and says so", () => {
    expect(codes(wanted("active", quiet, 0, from + 5 * hour))).toEqual(["planned", "plan_ended"]);
    expect(wanted("active", quiet, 0, from - hour)).toMatchObject({ slots: 2 });
  });

  it("refuses a backlog below nothing", () => {
    expect(() => wanted("active", { count: -1, oldestAgeMs: 0 })).toThrow("backlog.count");
    expect(() => wanted("active", quiet, Number.NaN)).toThrow("arrivalRate");
  });
});
