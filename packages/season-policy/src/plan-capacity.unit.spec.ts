import { planCapacity, type HourlyLoad, type PlanRequest, type SeasonPolicy } from "./index.js";
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
      expect(plan.steps.map(({ slots }) => slots)).toEqual([1, 12, 1]);
      expect(iso(plan.steps[1]?.at ?? 0)).toBe(expected);
      expect(plan.steps[1]?.reasons.map(({ code }) => code)).toEqual([
        "forecast_load",
        "lead_time",
        "level",
        "season",
        "weekday",
      ]);
    }
  });
});
