import { marketDemand, reachDays, type Forecast, type LoadShape, type MarketDemand } from "./index.js";
import { dayNumber } from "./civil-time.js";
import { ms as at } from "./testing/instants.js";

const hour = 3_600_000;
const forecast: Forecast = {
  market: "uk",
  origin: "2027-06-01",
  model: "test",
  modelVersion: "1",
  days: [
    { date: "2027-06-05", expected: 4, intervals: [{ level: 0.8, lower: 3, upper: 6 }], busyProbability: 0.1 },
    { date: "2027-06-06", expected: 1, intervals: [], busyProbability: 0.1 },
  ],
};
const shape: LoadShape = {
  perEvent: [
    { dayOffset: -1, hour: 9, executions: 2 },
    { dayOffset: 2, hour: 12, executions: 1 },
  ],
  total: 3,
  events: 10,
};
const inHandOf = (counts: Readonly<Record<string, number>>): readonly number[] => {
  const list = Array.from({ length: 2 * reachDays }, () => 0);
  const first = dayNumber(forecast.origin) - reachDays;
  for (const [date, count] of Object.entries(counts)) list[dayNumber(date) - first] = count;
  return list;
};
const ask = (more: Partial<MarketDemand> = {}) =>
  marketDemand({
    zone: "Europe/London",
    forecast,
    inHand: inHandOf({}),
    shape,
    due: [],
    from: at("2027-06-01T00:00Z"),
    to: at("2027-07-01T00:00Z"),
    ...more,
  });

describe("the demand of a market by hour", () => {
  it("SEA-4: lays the forecast's events out by the load shape, in local hours", () => {
    expect(ask()).toEqual([
      { at: at("2027-06-04T08:00Z"), expected: 8, lower: 6, upper: 12 },
      { at: at("2027-06-05T08:00Z"), expected: 2, lower: 2, upper: 2 },
      { at: at("2027-06-07T11:00Z"), expected: 4, lower: 3, upper: 6 },
      { at: at("2027-06-08T11:00Z"), expected: 1, lower: 1, upper: 1 },
    ]);
  });

  it("events that are past or beyond the forecast count as they are booked", () => {
    const inHand = inHandOf({ "2027-05-31": 5, "2027-07-01": 3 });
    const demand = ask({ inHand });
    expect(demand).toContainEqual({ at: at("2027-06-02T11:00Z"), expected: 5, lower: 5, upper: 5 });
    expect(demand).toContainEqual({ at: at("2027-06-30T08:00Z"), expected: 6, lower: 6, upper: 6 });
  });

  it("SEA-4: is never below the work that is pending for an hour, with or without a shape", () => {
    const due = [{ at: at("2027-06-04T08:00Z"), executions: 50 }];
    expect(ask({ due })[0]).toEqual({ at: due[0]?.at, expected: 50, lower: 50, upper: 50 });
    expect(ask({ due, shape: undefined })).toEqual([{ at: due[0]?.at, expected: 50, lower: 50, upper: 50 }]);
  });

  it("a day is planned for what is booked on it where the forecast says less", () => {
    const [first] = ask({ inHand: inHandOf({ "2027-06-05": 9 }) });
    expect(first?.upper).toBe(18);
  });

  it("hours outside of those asked for are left out", () => {
    const from = at("2027-06-05T00:00Z");
    const due = [{ at: from - hour, executions: 1 }];
    expect(ask({ from, to: from + 24 * hour, due }).map((one) => one.at)).toEqual([at("2027-06-05T08:00Z")]);
  });
});
