// A year of real bookings, planned month by month from what came: the upper bound of what planning can save. The data are not
// part of this repository.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sharedDataFolder } from "@wedsync/test";
import {
  costReport,
  defaultProfile,
  hourlyLoad,
  learnLoadShape,
  planCapacity,
  resolvePolicy,
  type CapacityPlan,
} from "./index.js";
import { addDays, startOfDay } from "./civil-time.js";

const zone = "Europe/Lisbon";
const market = "resort";

/** Events a day that were not cancelled. */
function eventsByDay(): ReadonlyMap<string, number> {
  const days = new Map<string, number>();
  for (const line of readFileSync(join(sharedDataFolder(), "bookings-resort", "bookings.csv"), "utf8")
    .trim()
    .split("\n")
    .slice(1)) {
    const [, date = "", , , , status] = line.split(",");
    if (status !== "Canceled") days.set(date, (days.get(date) ?? 0) + 1);
  }
  return days;
}

describe("a year of a resort's bookings", () => {
  it("SEA-6: capacity that follows the demand costs at least 60 % less than a static peak outside the peak season", () => {
    const made = resolvePolicy({
      name: "default",
      version: 1,
      markets: { [market]: { ...defaultProfile, zone } },
      years: { from: 2016, to: 2017 },
    });
    if (!made.ok) throw new Error(JSON.stringify(made.issues));
    // Ten executions around each event, most of them on its day, over the hours in which people are awake.
    const shape = learnLoadShape(
      Array.from({ length: 14 }, (_, hour) => [
        { dayOffset: -7, hour: hour + 8, executions: 1 },
        { dayOffset: -1, hour: hour + 8, executions: 3 },
        { dayOffset: 0, hour: hour + 8, executions: 6 },
      ]).flat(),
      14,
    );
    const days = [...eventsByDay()].map(([date, count]) => ({ date, expected: count, lower: count, upper: count }));
    const load = hourlyLoad(days, shape, { zone });
    const plans: CapacityPlan[] = [];
    for (let first = "2016-07-01"; first < "2017-07-01"; first = addDays(first, 30)) {
      plans.push(
        planCapacity({
          policy: made.policy,
          market,
          zone,
          from: startOfDay(first, zone),
          to: startOfDay(addDays(first, 30), zone),
          hourlyLoad: load,
          serviceRatePerSlot: 1 / 3_600,
          current: 1,
          floor: 1,
          cap: 1_000,
          leadTimeMs: 3_600_000,
          mode: "active",
        }),
      );
    }
    const staticPeak = Math.max(...plans.flatMap(({ steps }) => steps.map(({ slots }) => slots)));
    const report = costReport({ policy: made.policy, plan: plans, staticPeak, pricePerSlotHour: 1 });
    const saving = Object.fromEntries(report.seasons.map((season) => [season.season, season.saving]));
    expect(saving["off"]).toBeGreaterThanOrEqual(0.6);
    expect(report.total.saving).toBeGreaterThanOrEqual(0.5);
  });
});
