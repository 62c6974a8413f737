import { readdirSync, readFileSync } from "node:fs";
import { decisionTimes } from "../examples/decision-times.js";
import { lines as firstLines } from "../examples/first-decisions.js";
import { runOverLog } from "../examples/over-a-log.js";
import { lines } from "../examples/saturday-surge.js";

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

it("LIB-1: the README's example prints what the README says", () => {
  expect(lines).toEqual([
    "Saturday: 10x, season and weekday and multiplier_cap",
    "Fri 00:00: 2 slots, floor",
    "Fri 02:00: 7 slots, forecast_load",
    "Fri 10:00: 2 slots, floor",
    "Fri 17:00: 48 slots, forecast_load",
    "Sat 01:00: 2 slots, floor",
  ]);
});

it("LIB-1: plain functions answer as the README shows", () => {
  expect(firstLines).toEqual(["10x in peak: season, weekday, multiplier_cap", "2 slots from 17:00 on: forecast_load"]);
});

it("LIB-1: over a log, a policy is activated, a market planned and what is wanted follows", async () => {
  expect(await runOverLog()).toEqual([
    "touched: london",
    "planned: 19 slots at most",
    "wanted with a backlog: 6",
    "known to a follower: true",
  ]);
});

it("LIB-1: every block of code in the README stands in an example that runs", () => {
  const folder = "../examples/";
  const examples = readdirSync(new URL(folder, import.meta.url)).map((file) => text(folder + file));
  const blocks = [...text("../README.md").matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block = ""]) => block.trim());
  expect(blocks.length).toBeGreaterThan(1);
  for (const block of blocks) expect(examples.some((example) => example.includes(block))).toBe(true);
});

it("SEA-4 P-7: the time of a decision can be measured; how long it is fails no test", () => {
  const { plan, quarterly, wanted } = decisionTimes(10);
  for (const { p50, p99 } of [plan, quarterly, wanted]) expect(p99).toBeGreaterThanOrEqual(p50);
});
