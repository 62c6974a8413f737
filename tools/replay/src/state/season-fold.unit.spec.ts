import { capacityEvents } from "@wedsync/contracts/season-policy";
import { recorded } from "../testing/events.js";
import { exampleSeason } from "../testing/season.js";
import { SeasonFold } from "./season-fold.js";
import { seasonLines } from "./season-text.js";

const [demandForecast, capacityPlanned] = capacityEvents;
const [forecast, plan] = [demandForecast.example, capacityPlanned.example];
const folded = (...events: readonly ReturnType<typeof recorded>[]): SeasonFold => {
  const fold = new SeasonFold();
  for (const event of events) fold.see(event);
  return fold;
};
const all = folded(
  recorded("SeasonPolicyActivated", 1, { policy: exampleSeason(3) }),
  recorded("DemandForecast", 2),
  recorded("CapacityPlanned", 3),
);
/** Saturday, in the second step of the example plan. */
const saturday = Date.UTC(2027, 5, 12, 22, 59);

describe("RPL-2: season, forecast and capacity at an instant", () => {
  it("gives multiplier with its rules, the step in force and the forecast of the market's own day", () => {
    const { policy, markets } = all.state(saturday);
    expect(policy).toEqual({ name: "default", version: 3 });
    expect(markets["united-kingdom"]).toMatchObject({
      multiplier: 10,
      season: "peak",
      reasons: [{ code: "season" }, { code: "weekday" }, { code: "multiplier_cap" }],
      capacity: { slots: plan.steps[1]?.slots, mode: "shadow", policyVersion: 1 },
      forecast: {
        model: "pick-up",
        origin: "2027-06-01",
        day: { date: "2027-06-12", expected: forecast.days[0]?.expected },
      },
    });
    // A minute later it is Sunday in London, and the forecast says nothing of it.
    expect(all.state(saturday + 60_000).markets["united-kingdom"]?.forecast).toBeNull();
  });

  it("gives today from the forecast before it, and the next day where none reaches today", () => {
    const day = { ...forecast.days[0], intervals: [], busyProbability: 0 };
    const days = (...dates: readonly [string, number][]) =>
      dates.map(([date, expected]) => ({ ...day, date, expected }));
    const forecasts = [
      recorded("DemandForecast", 1, { origin: "2027-06-11", days: days(["2027-06-12", 7], ["2027-06-13", 8]) }),
      recorded("DemandForecast", 2, { origin: "2027-06-12", days: days(["2027-06-13", 9], ["2027-06-15", 10]) }),
    ];
    const dayAt = (at: number): unknown => folded(...forecasts).state(at).markets["united-kingdom"]?.forecast?.day;
    // A market without a policy and a plan has the days of UTC.
    expect(dayAt(saturday)).toMatchObject({ date: "2027-06-12", expected: 7 });
    expect(dayAt(saturday + 86_400_000)).toMatchObject({ date: "2027-06-13", expected: 9 });
    expect(dayAt(saturday + 2 * 86_400_000)).toMatchObject({ date: "2027-06-15", expected: 10 });
    expect(dayAt(saturday + 9 * 86_400_000)).toBeUndefined();
  });

  it("says it in a line a market", () => {
    const at = new Date(saturday).toISOString();
    expect(seasonLines(all.state(saturday), at)).toEqual([
      "season      policy default version 3",
      "  united-kingdom: demand x 10 (peak season x 5, Saturday x 3, no more than 10); 24 slots planned until 2027-07-12T00:00:00.000Z (shadow: nothing follows it, season policy version 1); forecast of 2027-06-12: 118.4 events, 104 to 131 with 80 % (pick-up 1, bookings up to 2027-06-01)",
    ]);
    expect(seasonLines(new SeasonFold().state(saturday), at)).toEqual(["season      no policy yet"]);
    const unplanned = folded(recorded("SeasonPolicyActivated", 1));
    expect(seasonLines(unplanned.state(saturday), at)[1]).toBe("  not planned for: united-kingdom x 10");
  });

  it("keeps the newest policy, plan and forecast, and a plan without a policy", () => {
    const fold = folded(recorded("CapacityPlanned", 1), recorded("CapacityPlanned", 2, { mode: "active" }));
    expect(fold.state(saturday).markets["united-kingdom"]).toMatchObject({
      multiplier: null,
      capacity: { mode: "active" },
      forecast: null,
    });
  });

  it("refuses a policy that fits its schema and makes no sense, with its position", () => {
    const policy = exampleSeason(1);
    const [name = ""] = Object.keys(policy.markets);
    const broken = { ...policy, markets: { [name]: { ...policy.markets[name], zone: "Atlantis/Harbour" } } };
    expect(() => folded(recorded("SeasonPolicyActivated", 7, { policy: broken }))).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: "event_poison", position: "7" }) }),
    );
  });
});
