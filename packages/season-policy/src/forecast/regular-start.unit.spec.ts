import { regularStart } from "./regular-start.js";

const days = (from: number, length: number, each: number): readonly number[] =>
  Array.from({ length }, (_, at) => from + at * each);

describe("the regular start of a history", () => {
  it("SEA-3: leaves out stray rows before a long pause, however many pauses there are", () => {
    expect(regularStart([-5_000, 10, 10, 500, ...days(2_000, 400, 1)])).toEqual({ first: 2_000, strays: 4 });
    // Three days after the opening it is as clear.
    expect(regularStart([1_000, 2_000, ...days(2_000, 60, 0.05)])).toEqual({ first: 2_000, strays: 1 });
  });

  it("SEA-3: keeps every season of a house that closes in winter, on its first day open as well", () => {
    const seasons = [0, 365, 730].flatMap((opening) => days(opening, 26, 7));
    expect(regularStart(seasons)).toEqual({ first: 0, strays: 0 });
    expect(regularStart([...seasons, ...days(1_095, 3, 0)])).toEqual({ first: 0, strays: 0 });
  });

  it("keeps a house whose events are rare, and one that began slowly", () => {
    expect(regularStart(days(0, 12, 100))).toEqual({ first: 0, strays: 0 });
    expect(regularStart([...days(0, 30, 10), ...days(300, 300, 1)])).toEqual({ first: 0, strays: 0 });
  });

  it("has no first day without events", () => {
    expect(regularStart([])).toEqual({ first: undefined, strays: 0 });
  });
});
