import { readBookings } from "./bookings-file.js";
import { parseColumnMap } from "./column-map.js";
import { defaultJourney, parseJourney } from "./journey.js";

const mapped = parseColumnMap("date=when,bookedOn=made,status=state,statusDate=since,segment=kind");
const map = mapped.ok ? mapped.value : new Map();
const header = "when,made,state,since,kind";
const read = (...lines: readonly string[]) =>
  readBookings(new TextEncoder().encode([header, ...lines].join("\n")), map);
const good = "2027-06-12,2026-09-01,Confirmed,2026-09-01,Couple";

describe("the bookings of a simulation", () => {
  it("are read with their cancellations and segments", () => {
    const rows = read(good, '2027-06-12,2026-09-01,CANCELLED,2027-01-02,"Family, large"', "");
    expect(rows).toEqual({
      ok: true,
      value: [
        { day: 20_981, bookedDay: 20_697, cancelledDay: undefined, segment: "Couple" },
        { day: 20_981, bookedDay: 20_697, cancelledDay: 20_820, segment: "Family, large" },
      ],
    });
  });

  it.each([
    ["a date that does not exist", "2027-02-30,2026-09-01,Confirmed,2026-09-01,x", "line 3: the date"],
    ["a booking after its date", "2026-06-12,2026-09-01,Confirmed,2026-09-01,x", "line 3: bookedOn lies after"],
    ["an unknown status", "2027-06-12,2026-09-01,Perhaps,2026-09-01,x", "line 3: the status is none of"],
    ["a cancellation without a day", "2027-06-12,2026-09-01,Canceled,,x", "line 3: statusDate"],
    ["a cancellation before the booking", "2027-06-12,2026-09-01,Canceled,2026-08-01,x", "line 3: statusDate lies"],
    ["missing columns", "2027-06-12,2026-09-01", "line 3: 2 columns, but the header has 5"],
    ["an unclosed quote", '2027-06-12,2026-09-01,Confirmed,2026-09-01,"x', "line 3: not a CSV record"],
  ])("refuse %s with its line and without its value", (_what, line, problem) => {
    const rows = read(good, line);
    expect(rows.ok ? "" : rows.problems.join("\n")).toContain(problem);
    expect(rows.ok ? "" : rows.problems.join("\n")).not.toContain("Perhaps");
  });

  it("name the line that is not UTF-8, and the columns that are not there", () => {
    const latin = Buffer.concat([Buffer.from(`${header}\n${good}\n`), Buffer.from("2027-06-12,\xe9,,,\n", "latin1")]);
    expect(readBookings(latin, map)).toMatchObject({
      ok: false,
      problems: [expect.stringContaining("line 3: not UTF-8")],
    });
    const other = readBookings(Buffer.from("a,b\n1,2\n"), map);
    expect(other.ok ? "" : other.problems[0]).toContain(
      'line 1: there is no column "when" (--map date); there are a, b',
    );
    expect(readBookings(Buffer.from(""), map)).toMatchObject({ ok: false });
  });

  it("need a map of known fields, each once, with dates and bookings", () => {
    for (const wrong of [
      "date",
      "date=a",
      "date=a,bookedOn=b,date=c",
      "date=a,bookedOn=b,colour=c",
      "date=a,bookedOn=b,status=c",
    ]) {
      expect(parseColumnMap(wrong).ok).toBe(false);
    }
  });
});

describe("the journey of a simulation", () => {
  it("is read from JSON, steps at booking and around the day", () => {
    const steps = [
      { key: "hello", at: "booking" },
      { key: "soon", at: { day: -30, time: "09:00" }, tier: "low" },
    ];
    expect(parseJourney(JSON.stringify({ steps }))).toEqual({
      ok: true,
      value: [
        { key: "hello", day: null, time: "09:00", tier: "normal" },
        { key: "soon", day: -30, time: "09:00", tier: "low" },
      ],
    });
    expect(defaultJourney.flatMap(({ day }) => day ?? [])).toEqual([-180, -90, -30, -7, -1, 3]);
  });

  it.each([
    ["{", "not JSON"],
    ['{"steps":[]}', "steps"],
    ['{"steps":[{"key":"a","at":{"day":-1,"time":"24:00"}}]}', "steps.0.at"],
    ['{"steps":[{"key":"a","at":"booking"},{"key":"a","at":"booking"}]}', "key a"],
  ])("refuses %s", (text, problem) => {
    const journey = parseJourney(text);
    expect(journey.ok ? "" : journey.problems.join("\n")).toContain(problem);
  });
});
