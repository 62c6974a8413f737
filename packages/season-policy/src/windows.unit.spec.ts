import {
  freezeWindows,
  hourlyLoad,
  learnLoadShape,
  maintenanceWindows,
  type HourlyLoad,
  type MaintenanceOptions,
} from "./index.js";
import { iso, ms } from "./testing/instants.js";

const hour = 3_600_000;
const from = ms("2027-06-14T00:00Z");
const to = from + 30 * 24 * hour;
/** Quiet from 02:00 to 05:00 UTC, quietest on the 20th. */
const load: readonly HourlyLoad[] = Array.from({ length: 30 * 24 }, (_, index) => {
  const ofDay = index % 24;
  const day = Math.floor(index / 24);
  const upper = ofDay >= 2 && ofDay < 5 ? (day === 6 ? 1 : 5 + (day % 3)) : 100;
  return { at: from + index * hour, expected: upper, lower: upper, upper };
});
const search = (changes: Partial<MaintenanceOptions> = {}) =>
  maintenanceWindows(load, { from, to, durationMs: 2 * hour, zone: "Europe/London", freeze: [], ...changes });
const begins = (changes: Partial<MaintenanceOptions> = {}) => search(changes).map((window) => iso(window.from));

describe("maintenance windows", () => {
  it("SEA-7: are the quietest, do not overlap, and give their reasons", () => {
    expect(search({ count: 2 })).toEqual([
      {
        from: ms("2027-06-20T02:00Z"),
        to: ms("2027-06-20T04:00Z"),
        expected: 2,
        busiestHour: 1,
        reasons: [{ code: "quiet", params: { expected: 2, busiestHour: 1, limit: 25 } }],
      },
      expect.objectContaining({ from: ms("2027-06-14T02:00Z"), expected: 10 }),
    ]);
  });

  it("SEA-7: are looked for in all of the load when no range is given", () => {
    const options = { durationMs: 2 * hour, zone: "Europe/London", freeze: [] };
    expect(maintenanceWindows(load.toReversed(), options)).toEqual(search());
    expect(maintenanceWindows([], options)).toEqual([]);
  });

  it("SEA-7: never meet a freeze, nor a busy hour", () => {
    const freeze = [{ from: ms("2027-06-20T00:00Z"), to: ms("2027-06-21T00:00Z") }];
    expect(begins({ freeze })).not.toContain("2027-06-20T02:00:00Z");
    expect(search({ freeze })[0]?.reasons.map(({ code }) => code)).toEqual(["quiet", "outside_freeze"]);
    expect(begins({ durationMs: 4 * hour })).toEqual([]);
    expect(begins({ freeze: [{ from, to }] })).toEqual([]);
    expect(begins({ durationMs: 4 * hour, safeShare: 1 })).toHaveLength(3);
  });

  it("SEA-7: begin inside the local times asked for, also over midnight", () => {
    // 02:00 to 04:00 UTC is 03:00 to 05:00 in London.
    expect(begins({ startBetween: { from: "04:00", to: "05:00" }, durationMs: hour })[0]).toBe("2027-06-20T03:00:00Z");
    expect(begins({ startBetween: { from: "08:00", to: "09:00" } })).toEqual([]);
    expect(begins({ startBetween: { from: "23:00", to: "03:30" }, durationMs: hour })[0]).toBe("2027-06-20T02:00:00Z");
  });

  it("SEA-7: hours without load are quiet, and a window may end with half an hour", () => {
    const found = maintenanceWindows([], {
      from,
      to: from + 3 * hour,
      durationMs: 1.5 * hour,
      zone: "UTC",
      freeze: [],
    });
    expect(found.map((window) => [window.from, window.to, window.expected])).toEqual([[from, from + 1.5 * hour, 0]]);
  });

  it.each([
    { durationMs: 0 },
    { durationMs: 25 * hour },
    { to: from + 100 * 24 * hour },
    { zone: "Mars" },
    { count: 0 },
    { startBetween: { from: "2 am", to: "05:00" } },
  ])("refuses %j", (changes) => {
    expect(() => search(changes)).toThrow();
  });
});

describe("freeze windows", () => {
  const options = { market: "uk", zone: "Europe/London", moduleTypes: ["email"], busyThreshold: 100 };
  const days = [
    { date: "2027-06-20", expected: 120 },
    { date: "2027-06-18", expected: 99 },
    { date: "2027-06-19", expected: 100 },
    { date: "2027-06-26", expected: 300, busyProbability: 0.4 },
    { date: "2027-07-03", expected: 1, busyProbability: 0.5 },
  ];

  it("SEA-7 B10: only days above the busy threshold, one window for days that follow each other", () => {
    expect(freezeWindows(days, options)).toEqual([
      {
        market: "uk",
        moduleType: "email",
        firstDay: "2027-06-19",
        lastDay: "2027-06-20",
        from: ms("2027-06-18T23:00Z"),
        to: ms("2027-06-20T23:00Z"),
        reasons: [
          { code: "busy_day", params: { date: "2027-06-19", expected: 100, threshold: 100 } },
          { code: "busy_day", params: { date: "2027-06-20", expected: 120, threshold: 100 } },
        ],
      },
      {
        market: "uk",
        moduleType: "email",
        firstDay: "2027-07-03",
        lastDay: "2027-07-03",
        from: ms("2027-07-02T23:00Z"),
        to: ms("2027-07-03T23:00Z"),
        reasons: [{ code: "probably_busy_day", params: { date: "2027-07-03", probability: 0.5, threshold: 0.5 } }],
      },
    ]);
  });

  it("SEA-7 B10: the scope is market and module type; a day with a clock change is frozen whole", () => {
    const two = freezeWindows([{ date: "2027-03-28", expected: 100 }], { ...options, moduleTypes: ["email", "sms"] });
    expect(two.map(({ moduleType }) => moduleType)).toEqual(["email", "sms"]);
    expect((two[0]?.to ?? 0) - (two[0]?.from ?? 0)).toBe(23 * hour);
    expect(freezeWindows([], options)).toEqual([]);
  });

  it("SEA-7: maintenance is found beside the freezes of a forecast", () => {
    const shape = learnLoadShape([{ dayOffset: 0, hour: 12, executions: 4 }], 1);
    const events = days.map(({ date, expected }) => ({ date, expected, lower: expected, upper: expected }));
    const freeze = freezeWindows(days, options);
    const found = maintenanceWindows(hourlyLoad(events, shape, { zone: options.zone }), {
      from: ms("2027-06-18T23:00Z"),
      to: ms("2027-06-21T12:00Z"),
      durationMs: 2 * hour,
      zone: options.zone,
      freeze,
    });
    expect(found.map((window) => iso(window.from))[0]).toBe("2027-06-20T23:00:00Z");
    expect(
      found.every((window) => freeze.every((frozen) => frozen.to <= window.from || frozen.from >= window.to)),
    ).toBe(true);
  });

  it("refuses a threshold of nothing", () => {
    expect(() => freezeWindows(days, { ...options, busyThreshold: 0 })).toThrow("busyThreshold");
  });
});
