// What a broken file is told: the line, what is wrong, and never what stands in it.
import { readBookingsFile } from "./bookings-file.js";
import { kinds, type Kind } from "./columns.js";
import { materialOf, notesOf, rangeProblem } from "../backtest/facts.js";
import { holidaysOf } from "../backtest/holidays.js";
import { formatDay, parseDay } from "../generate/dates.js";
import type { InputProblem } from "./problem.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const bookingMap = "id=n,date=d,bookedOn=b,status=s,statusDate=t,segment=g";

const problemOf = (kind: Kind, content: string | Uint8Array, map: string): InputProblem | undefined => {
  const material = materialOf(kind, typeof content === "string" ? bytes(content) : content, map, []);
  return material.ok ? undefined : material.problems[0];
};

const booking = (...rows: readonly string[]): string => ["n,d,b,s,t,g", ...rows].join("\n");
const series = (...rows: readonly string[]): string => ["date,value", ...rows].join("\n");

describe("bookings as input", () => {
  const good = "1,2020-02-01,2020-01-01,Check-Out,2020-02-03,x";

  it("are read, whatever the spelling of their status", () => {
    const rows = ["Canceled", "cancelled", "No-Show", "no show", "NO_SHOW"].map(
      (status, at) => `${at + 2},2020-02-01,2020-01-01,${status},2020-01-20,`,
    );
    const material = materialOf("bookings", bytes(`\uFEFF${booking(good, ...rows)}`), bookingMap, []);
    if (!material.ok) throw new Error(material.problems[0]?.message);
    material.value.use(({ rows: count, actual, first, last }) => {
      expect([count, actual(18_293), actual(1), first, last]).toEqual([6, 1, 0, 18_293, 18_293]);
    });
  });

  it.each([
    ["2,2020-02-30,2020-01-01,Check-Out,2020-02-03,x", "date", "YYYY-MM-DD"],
    ["2,0202-02-01,2020-01-01,Check-Out,2020-02-03,x", "date", "before 1970"],
    ["2,2020-02-01,1 Jan 2020,Check-Out,2020-02-03,x", "date", "bookedOn"],
    ["2,2020-02-01,2000-01-01,Check-Out,2020-02-03,x", "date", "ten years"],
    ["2,2020-02-01,2020-02-02,Check-Out,2020-02-03,x", "order", "booked after its date"],
    ["2,2020-02-01,2020-01-01,Perhaps,2020-02-03,x", "status", "none of"],
    ["2,2020-02-01,2020-01-01,Canceled,,x", "date", "statusDate"],
    [",2020-02-01,2020-01-01,Check-Out,2020-02-03,x", "id", "empty id"],
    ["1,2020-02-01,2020-01-01,Check-Out,2020-02-03,x", "duplicate", "line 2"],
    ["2,2020-02-01", "csv", "number of columns"],
    ['2,2020-02-01,2020-01-01,"Check-Out,2020-02-03,x', "csv", "quote"],
    ['2,2020-02-01,2020-01-01,Check-Out,2020-02-03,x"y"', "csv", "quote"],
  ])("are refused with their line: %s", (row, code, part) => {
    const problem = problemOf("bookings", booking(good, row), bookingMap);
    expect(problem).toMatchObject({ code, line: 3 });
    expect(problem?.message).toContain(part);
    expect(problem?.message).not.toContain("Perhaps");
  });
});

describe("one reader for every command that takes bookings", () => {
  const fileOf = (...rows: readonly string[]) => readBookingsFile(bytes(booking(...rows)), bookingMap);

  it("SEA-6: knows one table of statuses, with cancellations and no-shows apart", () => {
    const statuses = ["Booked", "confirmed", "Check-In", "check out", "COMPLETED", "Canceled", "cancelled", "no show"];
    const file = fileOf(
      ...statuses.map((status, at) => `${at},2020-02-01,2020-01-01,${status},2020-01-20,"Family, large"`),
    );
    const rows = file.ok ? file.value.rows : [];
    expect(rows.map(({ cancelledDay, noShowDay }) => [cancelledDay, noShowDay])).toEqual([
      ...Array.from({ length: 5 }, () => [undefined, undefined]),
      [18_281, undefined],
      [18_281, undefined],
      [undefined, 18_281],
    ]);
    expect(rows[0]).toMatchObject({ day: 18_293, bookedDay: 18_262, segment: "Family, large" });
  });

  it("SEA-3: takes a cancellation or no-show of a day before the booking for one of the booking's day", () => {
    const file = fileOf("1,2020-02-01,2020-01-10,Canceled,2020-01-09,", "2,2020-02-01,2020-01-10,No-Show,2020-01-09,");
    expect(file.ok && file.value.rows.map(({ cancelledDay, noShowDay }) => cancelledDay ?? noShowDay)).toEqual([
      18_271, 18_271,
    ]);
  });

  it("tells the first five bad lines", () => {
    const file = fileOf(...Array.from({ length: 9 }, (_, at) => `${at},2020-02-30,2020-01-01,Booked,,`));
    expect(file.ok ? [] : file.problems.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6]);
  });

  it("tells until when it tells: bookings, cancellations and finished events, not the days of events to come", () => {
    const told = (...rows: readonly string[]): number => {
      const file = fileOf(...rows);
      return file.ok ? file.value.toldUntil : Number.NaN;
    };
    expect(told("1,2020-12-01,2020-01-01,Booked,2020-12-03,")).toBe(18_262);
    expect(told("1,2020-12-01,2020-01-01,No-Show,2020-12-01,")).toBe(18_262);
    expect(told("1,2020-12-01,2020-01-01,Canceled,2020-01-20,")).toBe(18_281);
    expect(told("1,2020-01-10,2020-01-01,Check-Out,2020-01-20,")).toBe(18_281);
    expect(told()).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe("a series as input", () => {
  it.each([
    [["2020-01-01,1", "2020-01-03,2"], "gap", 3, "2020-01-02 is missing"],
    [["2020-01-01,1", "2020-01-09,2"], "gap", 3, "2020-01-02 to 2020-01-08 are missing"],
    [["2020-01-01,1", "2020-01-01,2"], "duplicate", 3, "line 2"],
    [["2020-01-01,-1"], "value", 2, "negative"],
    [["2020-01-01,many"], "value", 2, "no number"],
    [["2020-01-01,"], "value", 2, "no number"],
    [["01/02/2020,3"], "date", 2, "YYYY-MM-DD"],
  ])("%j is refused as %s", (rows, code, line, part) => {
    const problem = problemOf("series", series(...rows), "date=date,value=value");
    expect(problem).toMatchObject({ code, line });
    expect(problem?.message).toContain(part);
  });

  it("may have its day in three columns, in any order of rows", () => {
    const text = "y,m,d,v\n2020,1,2,5\n2020,1,1,1.5e1\n";
    const material = materialOf("series", bytes(text), "year=y,month=m,day=d,value=v", []);
    if (!material.ok) throw new Error(material.problems[0]?.message);
    material.value.use(({ first, last, actual }) => expect([first, last, actual(first)]).toEqual([18_262, 18_263, 15]));
  });
});

describe("files that are no CSV", () => {
  it.each([
    ["latin-1", Uint8Array.from([...bytes("date,value\n2020-01-01,1\n"), 0xe9, 0x2c]), 3],
    ["UTF-16", Uint8Array.from([...bytes("d,v\n")].flatMap((byte) => [byte, 0])), 1],
  ])("%s is recognised", (_, content, line) => {
    expect(problemOf("series", content, "date=date,value=value")).toMatchObject({ code: "encoding", line });
  });

  it("an empty file has no header", () => {
    expect(problemOf("series", "", "date=date,value=value")).toMatchObject({ code: "empty" });
  });
});

describe("--map", () => {
  it.each<[Kind, string, string]>([
    ["bookings", "date", "pairs"],
    ["bookings", "date=d,colour=g", "no field"],
    ["bookings", "date=d,date=b", "twice"],
    ["bookings", "date=nope", "no column"],
    ["bookings", "date=d", "bookedOn"],
    ["bookings", "date=d,bookedOn=b,status=s", "together"],
    ["series", "value=d", "date or year"],
    ["series", "year=d,value=b", "month and day"],
    ["series", "year=d,month=b,day=s,date=t,value=g", "not both"],
  ])("for %s, %s is refused", (kind, map, part) => {
    expect(problemOf(kind, booking("1,1,1,1,1,1"), map)?.message).toContain(part);
    expect(problemOf(kind, "d,d\n1,1", kinds[kind].example.replace(/=\w+/g, "=d"))?.message).toContain(
      "more than once",
    );
  });
});

describe("the days asked for", () => {
  const facts = { first: 100, last: 300, rows: 5 };
  it.each([
    [200, 190, 7, "after --to"],
    [200, 301, 7, "after the last day"],
    [130, 200, 7, "too little history"],
  ])("from %d to %d at %d days is refused", (from, to, horizon, part) => {
    expect(rangeProblem(facts, from, to, horizon)).toContain(part);
  });

  it("need rows, and are fine with four weeks before the first origin", () => {
    expect(rangeProblem({ ...facts, rows: 0 }, 200, 250, 7)).toContain("no rows");
    expect(rangeProblem(facts, 134, 290, 7)).toBeUndefined();
  });
});

it("P-8: says what was left out, and until when the file tells", () => {
  const facts = { first: 100, strays: 0, toldUntil: 290 };
  expect(notesOf(facts, 290)).toEqual([]);
  expect(notesOf(facts, 291)).toEqual([expect.stringContaining("their figures are too good")]);
  expect(notesOf({ ...facts, strays: 2 }, 290)).toEqual([
    "2 rows before 1970-04-11 are left out: next to nothing beside what follows.",
  ]);
});

describe("--holidays", () => {
  it.each(["XX", "DE-ZZ", "DE-BY-XX"])("refuses %s by its name instead of taking the country's", (region) => {
    const found = holidaysOf(region, 16_000, 16_364);
    expect(found.ok ? [] : found.problems).toEqual([
      { code: "holidays", message: expect.stringContaining(`no holidays of ${region}`) as string },
    ]);
  });

  it("gives every day of a feast of several days, and asks for no more years than a calendar gives", () => {
    const days = (region: string, first: string, last: string) => {
      const found = holidaysOf(region, parseDay(first) ?? 0, parseDay(last) ?? 0);
      return found.ok ? found.value.map(({ day }) => formatDay(day)) : [];
    };
    expect(days("AE", "2027-03-01", "2027-03-31").filter((day) => day.startsWith("2027-03"))).toHaveLength(3);
    expect(days("US", "1980-01-01", "2014-12-31").at(-1)).toBe("2014-12-25");
  });

  it("gives the public holidays of a country, a state or a region by name", () => {
    const us = holidaysOf("US", 16_000, 16_364);
    expect(us.ok && us.value.some(({ name }) => name === "Thanksgiving Day")).toBe(true);
    const bavaria = holidaysOf("de-by", 16_000, 16_364);
    const augsburg = holidaysOf("DE-BY-A", 16_000, 16_364);
    expect(bavaria.ok && augsburg.ok && augsburg.value.length > bavaria.value.length).toBe(true);
  });
});
