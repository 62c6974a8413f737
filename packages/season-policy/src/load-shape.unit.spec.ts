import { dailyEventsOf, hourlyLoad, learnLoadShape, type DailyEvents, type LoadShape } from "./index.js";
import { iso } from "./testing/instants.js";

const day = (date: string, expected: number, lower = expected, upper = expected): DailyEvents => ({
  date,
  expected,
  lower,
  upper,
});
const shapeOf = (...cells: readonly (readonly [number, number, number])[]): LoadShape =>
  learnLoadShape(
    cells.map(([dayOffset, hour, executions]) => ({ dayOffset, hour, executions })),
    1,
  );
const loadOf = (events: readonly DailyEvents[], shape: LoadShape, zone: string) =>
  hourlyLoad(events, shape, { zone }).map(({ at, expected }) => [iso(at), expected]);

describe("a load shape", () => {
  it("SEA-3: is the mean work of an event by day offset and local hour", () => {
    const counts = [
      { dayOffset: 0, hour: 8, executions: 30 },
      { dayOffset: -30, hour: 9, executions: 10 },
      { dayOffset: -30, hour: 9, executions: 10 },
      { dayOffset: -1, hour: 23, executions: 0 },
      { dayOffset: -1, hour: 0, executions: 5 },
    ];
    expect(learnLoadShape(counts, 10)).toEqual({
      events: 10,
      total: 5.5,
      perEvent: [
        { dayOffset: -30, hour: 9, executions: 2 },
        { dayOffset: -1, hour: 0, executions: 0.5 },
        { dayOffset: 0, hour: 8, executions: 3 },
      ],
    });
  });

  it("SEA-3: takes work that was asked for years before its event, when it was booked", () => {
    const { total } = learnLoadShape([{ dayOffset: -1_200, hour: 10, executions: 2 }], 4);
    expect(total).toBe(0.5);
  });

  it.each([
    [{ dayOffset: 0.5, hour: 1, executions: 1 }, 1],
    [{ dayOffset: 0, hour: 24, executions: 1 }, 1],
    [{ dayOffset: 0, hour: 1, executions: -1 }, 1],
    [{ dayOffset: 4_000, hour: 1, executions: 1 }, 1],
    [{ dayOffset: 0, hour: 1, executions: 1 }, 0],
  ])("refuses the count %j of %p events", (count, events) => {
    expect(() => learnLoadShape([count], events)).toThrow();
  });
});

describe("the load by hour", () => {
  it("SEA-4: lays each event's work around its day in local hours, and adds up", () => {
    const shape = shapeOf([-1, 9, 2], [0, 9, 1]);
    expect(loadOf([day("2027-06-19", 10), day("2027-06-20", 100)], shape, "Europe/London")).toEqual([
      ["2027-06-18T08:00:00Z", 20],
      ["2027-06-19T08:00:00Z", 210],
      ["2027-06-20T08:00:00Z", 100],
    ]);
  });

  it("SEA-4: a skipped local hour counts at the change, a repeated one at its first occurrence", () => {
    const shape = shapeOf([0, 0, 1], [0, 1, 1], [0, 2, 1]);
    expect(loadOf([day("2027-03-28", 1)], shape, "Europe/London")).toEqual([
      ["2027-03-28T00:00:00Z", 1],
      ["2027-03-28T01:00:00Z", 2],
    ]);
    expect(loadOf([day("2027-10-31", 1)], shape, "Europe/London")).toEqual([
      ["2027-10-30T23:00:00Z", 1],
      ["2027-10-31T00:00:00Z", 1],
      ["2027-10-31T02:00:00Z", 1],
    ]);
  });

  it("SEA-4: in a zone whose hours begin between UTC hours, work is shared by overlap", () => {
    expect(loadOf([day("2027-06-19", 4)], shapeOf([0, 9, 1]), "Asia/Kathmandu")).toEqual([
      ["2027-06-19T03:00:00Z", 3],
      ["2027-06-19T04:00:00Z", 1],
    ]);
  });

  it("SEA-4: intervals are widest when errors go together and narrowest when they are independent", () => {
    const shape = shapeOf([0, 9, 1], [1, 9, 1]);
    const events = [day("2027-06-19", 10, 7, 14), day("2027-06-20", 10, 6, 13)];
    const middle = (errorCorrelation?: number) =>
      hourlyLoad(events, shape, {
        zone: "UTC",
        ...(errorCorrelation === undefined ? {} : { errorCorrelation }),
      })[1];
    expect(middle()).toMatchObject({ expected: 20, lower: 13, upper: 27 });
    expect(middle(0)).toMatchObject({ expected: 20, lower: 15, upper: 25 });
    expect(middle(0.5)?.upper).toBeCloseTo(20 + Math.sqrt(0.5 * 49 + 0.5 * 25));
  });

  it.each([
    [[day("2027-02-29", 1)], "UTC", 1],
    [[day("2027-01-01", 1, 2, 1)], "UTC", 1],
    [[day("2027-01-01", 2, 1, 1)], "UTC", 1],
    [[day("2027-01-01", -1)], "UTC", 1],
    [[], "Mars/Olympus", 1],
    [[], "UTC", 1.5],
  ])("refuses what it cannot lay out", (events, zone, errorCorrelation) => {
    expect(() => hourlyLoad(events, shapeOf([0, 9, 1]), { zone, errorCorrelation })).toThrow();
  });
});

describe("a recorded forecast", () => {
  const dayOf = (expected: number, lower: number, upper: number) => ({
    date: "2027-06-19",
    expected,
    intervals: [
      { level: 0.5, lower: 9, upper: 11 },
      { level: 0.8, lower, upper },
    ],
    busyProbability: 0.5,
  });

  it("SEA-4: becomes the load's input with the interval asked for", () => {
    expect(dailyEventsOf({ days: [dayOf(10, 8, 13)] })).toEqual([day("2027-06-19", 10, 8, 13)]);
    expect(dailyEventsOf({ days: [dayOf(10, 8, 13)] }, 0.5)).toEqual([day("2027-06-19", 10, 9, 11)]);
    expect(dailyEventsOf({ days: [dayOf(10, 11, 9)] })).toEqual([day("2027-06-19", 10, 10, 10)]);
    expect(() => dailyEventsOf({ days: [dayOf(10, 8, 13)] }, 0.9)).toThrow("no interval of level 0.9");
  });
});
