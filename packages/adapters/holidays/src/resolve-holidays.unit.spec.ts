import { namedHolidays, resolveHolidays } from "./index.js";

const daysOf = (calendar: string, fromYear = 2027, toYear = fromYear) => {
  const found = resolveHolidays({ calendars: [calendar], fromYear, toYear });
  return found.ok ? (found.holidays[calendar]?.days ?? []) : [];
};
const publicDays = (calendar: string, year?: number): readonly string[] =>
  daysOf(calendar, year)
    .filter(({ type }) => type === "public")
    .map(({ date }) => date);

describe("the holidays of a calendar", () => {
  it("SEA-2: England's public holidays of 2027, substitutes included", () => {
    expect(publicDays("GB-ENG")).toEqual([
      "2027-01-01",
      "2027-03-26",
      "2027-03-29",
      "2027-05-03",
      "2027-05-31",
      "2027-08-30",
      "2027-12-25",
      "2027-12-26",
      "2027-12-27",
      "2027-12-28",
    ]);
  });

  it("SEA-2: a state has days that its country has not", () => {
    expect(publicDays("DE")).not.toContain("2027-01-06");
    expect(publicDays("DE-BY")).toContain("2027-01-06");
    expect(publicDays("DE-BY-A")).toContain("2027-08-08");
  });

  it("SEA-2: a feast that begins at sunset counts for its days by name, each of them", () => {
    const eid = publicDays("AE").filter((date) => date.startsWith("2027-03"));
    expect(eid).toEqual(["2027-03-09", "2027-03-10", "2027-03-11"]);
  });

  it("a day is one day although the clocks change on it", () => {
    // Easter Sunday 2027 in Germany has 23 hours.
    expect(daysOf("DE").filter(({ date }) => date >= "2027-03-27" && date <= "2027-03-30")).toEqual([
      { date: "2027-03-28", type: "observance" },
      { date: "2027-03-29", type: "public" },
    ]);
  });

  it("covers every year asked for, and no other", () => {
    const days = daysOf("US", 2027, 2029).map(({ date }) => date);
    expect(new Set(days.map((date) => date.slice(0, 4)))).toEqual(new Set(["2027", "2028", "2029"]));
    expect(days).toEqual(days.toSorted());
  });

  it.each(["XX", "GB-QQ", "DE-BY-Q", "", "gb"])("refuses the unknown calendar %p by its name", (calendar) => {
    expect(resolveHolidays({ calendars: ["GB", calendar], fromYear: 2027, toYear: 2027 })).toMatchObject({
      ok: false,
      issues: [{ code: "calendar_unknown", calendar }],
    });
  });

  it.each([
    [2027, 2026],
    [1899, 1900],
    [2090, 2101],
    [2027, 2047],
    [2027.5, 2028],
  ])("refuses the years %p to %p", (fromYear, toYear) => {
    expect(resolveHolidays({ calendars: ["GB"], fromYear, toYear })).toMatchObject({
      ok: false,
      issues: [{ code: "years_invalid" }],
    });
  });
});

describe("the holidays of a calendar by name", () => {
  const named = (calendar: string, fromYear = 2027, toYear = fromYear) => namedHolidays({ calendar, fromYear, toYear });

  it("SEA-3: bear the same name every year, and each day of a feast of several days is there", () => {
    const thanksgiving = named("US", 2016, 2018);
    expect(thanksgiving.ok && thanksgiving.days.filter(({ name }) => name === "Thanksgiving Day")).toEqual([
      { date: "2016-11-24", type: "public", name: "Thanksgiving Day" },
      { date: "2017-11-23", type: "public", name: "Thanksgiving Day" },
      { date: "2018-11-22", type: "public", name: "Thanksgiving Day" },
    ]);
    const emirates = named("AE");
    const eid = emirates.ok ? emirates.days.filter(({ date }) => date.startsWith("2027-03")) : [];
    expect(eid.map(({ date }) => date)).toEqual(["2027-03-09", "2027-03-10", "2027-03-11"]);
    expect(new Set(eid.map(({ name }) => name)).size).toBe(3);
  });

  it.each(["XX", "DE-ZZ", "DE-BY-XX"])(
    "SEA-3: refuses %s by its name, never with the whole country's days",
    (calendar) => {
      expect(named(calendar)).toMatchObject({ ok: false, issues: [{ code: "calendar_unknown", calendar }] });
    },
  );

  it("refuses years out of order", () => {
    expect(named("GB", 2028, 2027)).toMatchObject({ ok: false, issues: [{ code: "years_invalid" }] });
  });
});
