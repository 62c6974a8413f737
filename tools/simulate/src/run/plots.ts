// What the plots show, as chart options. Two layouts: wide for a screen, narrow for a phone.
import { tiers } from "@wedsync/contracts/scheduler";
import type { LocalTime } from "./local-time.js";
import type { Report } from "./report.js";
import { capacityIn, loadIn } from "./series.js";
import type { PolicyName, SeasonResult } from "./simulate-season.js";
import { count } from "./text.js";

export type Layout = "wide" | "narrow";

export interface Plot {
  /** Name of its file, without the ending. */
  readonly name: (typeof plotNames)[number];
  readonly title: string;
  /** What it shows, for those who do not see it. */
  readonly summary: string;
  readonly option: (layout: Layout) => Readonly<Record<string, unknown>>;
}

const dayMs = 86_400_000;
const binMs = 600_000;

const colours: Readonly<Record<PolicyName | "load", string>> = {
  load: "#b9c0cc",
  "static-peak": "#5b6573",
  reactive: "#d1690e",
  plan: "#b9a7f2",
  "plan+reactive": "#0b7a75",
};

/** Names of the plots' files, without the ending. */
export const plotNames = ["load-and-capacity-year", "load-and-capacity-peak-week", "waits"] as const;

/** The plots of a report: the year, the busiest week, the waits. */
export const plotsOf = (report: Report, result: SeasonResult, time: LocalTime): readonly Plot[] => [
  yearPlot(report, result, time),
  weekPlot(report, result, time),
  waitsPlot(report),
];

function yearPlot(report: Report, result: SeasonResult, time: LocalTime): Plot {
  const first = time.hourOf(result.from).day;
  const days = time.hourOf(result.to - 1).day - first + 1;
  const edges = Array.from({ length: days + 1 }, (_, day) => time.at(first + day, "00:00"));
  const xs = edges.slice(0, -1).map((_, day) => (first + day) * dayMs);
  const points = (values: readonly number[]): Points => values.map((slots, day) => [xs[day] ?? 0, slots]);
  return {
    name: "load-and-capacity-year",
    title: "Work and capacity over the year",
    summary:
      "Slots that the work falling due keeps busy, and slots paid for under each policy, on the average of each day.",
    option: (layout) =>
      timePlot(layout, "slots, mean of the day", [
        areaSeries("work due", points(loadIn(result.demand, edges))),
        ...result.policies.map(({ name, capacity }) => lineSeries(name, points(capacityIn(capacity, edges)), false)),
      ]),
  };
}

function weekPlot(report: Report, result: SeasonResult, time: LocalTime): Plot {
  const { from, to } = report.staticPeak.busiestWeek;
  const edges = Array.from({ length: Math.floor((to - from) / binMs) + 1 }, (_, bin) => from + bin * binMs);
  const local = (at: number): number => {
    const { day, hour } = time.hourOf(at);
    return day * dayMs + hour * 3_600_000 + (at % 3_600_000);
  };
  const points = (values: readonly number[]): Points => values.map((slots, bin) => [local(edges[bin] ?? 0), slots]);
  return {
    name: "load-and-capacity-peak-week",
    title: "Work and capacity in the busiest week",
    summary:
      "Slots that the work falling due keeps busy, and slots paid for under each policy, every ten minutes, local time.",
    option: (layout) =>
      timePlot(layout, "slots", [
        areaSeries("work due", points(loadIn(result.demand, edges))),
        ...result.policies.map(({ name, capacity }) => lineSeries(name, points(capacityIn(capacity, edges)), "end")),
      ]),
  };
}

function waitsPlot(report: Report): Plot {
  const bars = tiers.flatMap((tier) =>
    (
      [
        ["p99", "p99Ms"],
        ["max", "maxMs"],
      ] as const
    ).map(([label, figure]) => ({ label: `${tier} ${label}`, tier, figure })),
  );
  const labels = bars.map(({ label }) => label);
  return {
    name: "waits",
    title: "Waits from due to start, by tier",
    summary:
      "The wait that 99 % of the executions stay under, and the longest one, by tier and policy. No bar: no wait.",
    option: (layout) => {
      const isWide = layout === "wide";
      const categories = {
        type: "category",
        data: labels,
        inverse: !isWide,
        axisLabel: { ...text(layout), interval: 0 },
        axisTick: { alignWithLabel: true },
      };
      const values = {
        type: "log",
        min: 1,
        name: "wait (logarithmic)",
        nameLocation: "middle",
        nameGap: isWide ? 60 : 34,
        nameTextStyle: text(layout),
        axisLabel: { ...text(layout), formatter: waitTick, hideOverlap: true },
        splitLine,
      };
      return {
        ...frame(layout),
        grid: { left: isWide ? 90 : 92, right: 24, top: isWide ? 56 : 84, bottom: isWide ? 40 : 56 },
        xAxis: isWide ? categories : values,
        yAxis: isWide ? values : categories,
        series: report.policies.map(({ name, waits }) => ({
          type: "bar",
          name,
          itemStyle: { color: colours[name] },
          data: bars.map(({ tier, figure }) => {
            const ms = waits[tier][figure];
            return ms > 0 ? ms : null;
          }),
        })),
      };
    },
  };
}

type Points = readonly (readonly [number, number])[];

/** Days by name: a week is easier to find one's way in than the numbers of a month. */
const timeTicks = { year: "{MMM} {yyyy}", month: "{MMM}", day: "{ee} {d} {MMM}", hour: "{HH}:{mm}" };

/** Powers of ten stay round in seconds, which they would not in minutes and hours. */
const waitTick = (ms: number): string => (ms < 1_000 ? `${ms} ms` : `${count(ms / 1_000)} s`);

const splitLine = { lineStyle: { color: "#e6e9ee" } };

const text = (layout: Layout) => ({ color: "#39424e", fontSize: layout === "wide" ? 13 : 11 });

const frame = (layout: Layout) => ({
  animation: false,
  useUTC: true,
  backgroundColor: "#ffffff",
  textStyle: { fontFamily: "system-ui, sans-serif" },
  legend: { top: 8, left: "center", textStyle: text(layout), itemGap: layout === "wide" ? 20 : 10 },
});

function timePlot(layout: Layout, unit: string, series: readonly object[]) {
  const isWide = layout === "wide";
  return {
    ...frame(layout),
    grid: { left: isWide ? 70 : 50, right: 20, top: isWide ? 64 : 104, bottom: 36 },
    xAxis: {
      type: "time",
      axisLabel: { ...text(layout), hideOverlap: true, formatter: timeTicks },
      splitNumber: isWide ? 12 : 4,
    },
    yAxis: {
      type: "value",
      name: unit,
      nameTextStyle: { ...text(layout), align: "left" },
      axisLabel: text(layout),
      splitLine,
    },
    series,
  };
}

const areaSeries = (name: string, data: Points) => ({
  type: "line",
  name,
  data,
  symbol: "none",
  itemStyle: { color: colours.load },
  lineStyle: { width: 0 },
  areaStyle: { color: colours.load, opacity: 0.9 },
});

const lineSeries = (name: PolicyName, data: Points, step: "end" | false) => ({
  type: "line",
  name,
  data,
  step,
  symbol: "none",
  itemStyle: { color: colours[name] },
  // Where the backlog adds nothing, the platform's line lies on the plan's: the wider one shows beside it.
  lineStyle: { width: name === "plan" ? 5 : 1.8, type: name === "static-peak" ? "dashed" : "solid" },
});
