import { renderPlot } from "./render-plot.js";
import { reportPage } from "./page.js";
import type { Plot } from "./plots.js";
import type { Report } from "./report.js";
import { count, duration, table } from "./text.js";

const wait = { started: 1, meanMs: 0, p50Ms: 0, p95Ms: 0, p99Ms: 0, p999Ms: 0, maxMs: 0, missed: 0 };
const report: Report = {
  file: "b.csv",
  bookings: 1,
  season: { from: "2026-01-01", to: "2026-12-31", timeZone: "Europe/Lisbon", market: "<img src=x>", executions: 1 },
  assumptions: {
    scale: 1,
    seed: 1,
    journey: [{ key: "a", day: null, time: "09:00", tier: "normal" }],
    spreadMinutes: 60,
    officeHours: { from: "09:00", to: "21:00" },
    serviceMs: 1,
    serviceSigma: 0,
    leadMs: 1,
    floor: 1,
    cap: 2,
    planAt: "17:00",
    targetUtilisation: 0.5,
    reactive: { perSlot: 5, pollMs: 1 },
    stabilisationMs: 1,
    thresholds: { count: 1, oldestAgeMs: 1, drainWithinMs: 1 },
    pricePerSlotHour: 1,
  },
  staticPeak: { slots: 1, met: true, waitGoalMs: 1, busiestWeek: { from: 0, to: 1 } },
  plans: 1,
  policies: [
    {
      name: "plan",
      waits: { critical: wait, high: wait, normal: wait, low: wait },
      started: 4,
      expired: 0,
      withdrawn: 0,
      scalings: 0,
      slotHours: 1,
      maxSlots: 1,
      cost: 1,
      staticCost: 1,
      saving: 0,
      seasons: [],
    },
  ],
  verdict: undefined,
  sensitivity: [],
  notes: ["<script>alert(1)</script> & more"],
};

const plot: Plot = {
  name: "waits",
  title: "A <b>title</b>",
  summary: 'Says "much"',
  option: () => ({ xAxis: { type: "category", data: ["<a>"] }, yAxis: {}, series: [{ type: "bar", data: [1] }] }),
};

describe("the page", () => {
  it("escapes every value and contains its plots", () => {
    const page = reportPage(report, [plot]);
    expect(page).not.toMatch(/<script|<img|<b>/);
    expect(page).toContain("&lt;script&gt;");
    expect(page).toContain("Says &#34;much&#34;");
    expect(page.match(/<svg/g)).toHaveLength(2);
  });

  it("draws plots whose texts are escaped", () => {
    expect(renderPlot(plot, "wide")).toContain("&lt;a&gt;");
  });
});

describe("figures as text", () => {
  it("have units a person reads", () => {
    expect([0, 999, 1_500, 90_000, 5_400_000].map(duration)).toEqual(["0 ms", "999 ms", "1.5 s", "1.5 min", "1.5 h"]);
    expect([0.05, 12, 1_234_567.8].map(count)).toEqual(["0.05", "12", "1,234,568"]);
    expect(
      table(
        ["a", "b"],
        [
          ["x", "10"],
          ["long", "9"],
        ],
      ),
    ).toBe("a      b\nx     10\nlong   9");
  });
});
