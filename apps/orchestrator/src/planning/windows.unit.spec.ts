import type { CapacityPlan, Forecast } from "@wedsync/season-policy";
import { windowsOf } from "./windows.js";

const hour = 3_600_000;
const from = Date.parse("2027-06-01T00:00:00Z");
const plan: CapacityPlan = {
  market: "uk",
  zone: "UTC",
  mode: "shadow",
  policyVersion: 1,
  from,
  to: from + 72 * hour,
  floor: 0,
  cap: 50,
  serviceRatePerSlot: 1,
  steps: [
    { at: from, slots: 20, reasons: [{ code: "forecast_load" }] },
    { at: from + 10 * hour, slots: 0, reasons: [{ code: "floor" }] },
    { at: from + 30 * hour, slots: 20, reasons: [{ code: "forecast_load" }] },
  ],
};
const forecastOf = (busy: Readonly<Record<string, number>>): Forecast => ({
  market: "uk",
  origin: "2027-05-31",
  model: "test",
  modelVersion: "1",
  days: ["2027-06-01", "2027-06-02", "2027-06-03"].map((date) => ({
    date,
    expected: 5,
    intervals: [],
    busyProbability: busy[date] ?? 0,
  })),
});
const ask = (more: Partial<Parameters<typeof windowsOf>[0]> = {}) =>
  windowsOf({
    plan,
    forecast: forecastOf({}),
    due: [],
    moduleTypes: ["email", "sms"],
    durationMs: 2 * hour,
    now: from,
    ...more,
  });

describe("maintenance and freeze windows", () => {
  it("SEA-7: maintenance is where the plan needs next to nothing and little is pending", () => {
    const due = [{ market: "uk", at: from + 10 * hour, executions: 3 }];
    const { maintenance, freeze } = ask({ due });
    expect(freeze).toEqual([]);
    expect(maintenance.length).toBeGreaterThan(0);
    for (const window of maintenance) {
      expect(window.from).toBeGreaterThan(from + 10 * hour);
      expect(window.to).toBeLessThanOrEqual(from + 30 * hour);
    }
  });

  it("SEA-7: modules of every type are frozen on the days that are more likely busy than not", () => {
    const { maintenance, freeze } = ask({ forecast: forecastOf({ "2027-06-01": 0.9, "2027-06-02": 0.5 }) });
    expect(freeze.map(({ moduleType, firstDay, lastDay }) => [moduleType, firstDay, lastDay])).toEqual([
      ["email", "2027-06-01", "2027-06-02"],
      ["sms", "2027-06-01", "2027-06-02"],
    ]);
    expect(maintenance).toEqual([]);
  });

  it("what is past is no window, and without a forecast nothing is frozen", () => {
    const { maintenance, freeze } = ask({ now: from + 25 * hour, forecast: undefined });
    expect(freeze).toEqual([]);
    for (const window of maintenance) expect(window.from).toBeGreaterThanOrEqual(from + 25 * hour);
    expect(ask({ now: from + 100 * hour }).maintenance).toEqual([]);
  });
});
