import { lines as fiveLines } from "../examples/five-lines.js";
import { lines as overALog } from "../examples/over-a-log.js";

it("LIB-1: the README's five lines choose what starts next", () => {
  expect(fiveLines).toEqual([
    "now: critical",
    "critical until: 1782018000000",
    "start: today (critical, critical_first)",
    "start: a month before July (normal, tier_order)",
  ]);
});

it("LIB-1: the README's scheduler books, accepts, dispatches and moves over a log", () => {
  expect(overALog).toEqual([
    "accepted: scheduled",
    "the same key again: repeated",
    "claimed: ExecutionStarted",
    "done: succeeded",
    "a moved wedding's claim: guard_refused",
  ]);
});
