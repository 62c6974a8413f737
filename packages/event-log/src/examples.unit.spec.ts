import { lines as fiveLines } from "../examples/five-lines.js";
import { lines as seats } from "../examples/seats.js";

it("LIB-1: the README's five lines append once and read back", () => {
  expect(fiveLines).toEqual(["first: position 1", "second: version_conflict", 'read: TableOpened {"seats":2}']);
});

it("LIB-1: the README's decider accepts, repeats quietly, refuses, and feeds a read model", () => {
  expect(seats).toEqual([
    "TableOpened",
    "SeatTaken",
    "nothing to do",
    "refused: full",
    'caught_up at 2: [{"taken":1}]',
  ]);
});
