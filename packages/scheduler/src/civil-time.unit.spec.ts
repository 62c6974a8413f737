import {
  dateOfDay,
  dayNumber,
  instantOf,
  isValidDate,
  isValidZone,
  localTime,
  startOfDay,
  zoneName,
} from "./civil-time.js";
import { hour } from "./testing/work.js";

describe("local time", () => {
  it("U10: a time inside the gap of a clock change is the first valid instant after it", () => {
    // London, 29 March 2026: 01:00 becomes 02:00.
    const change = instantOf("2026-03-29", 0, "00:59", "Europe/London") + 60_000;
    expect(instantOf("2026-03-29", 0, "01:00", "Europe/London")).toBe(change);
    expect(instantOf("2026-03-29", 0, "01:30", "Europe/London")).toBe(change);
    expect(instantOf("2026-03-29", 0, "02:00", "Europe/London")).toBe(change);
    // Lord Howe Island moves by half an hour.
    const lordHowe = instantOf("2026-10-04", 0, "02:30", "Australia/Lord_Howe");
    expect(instantOf("2026-10-04", 0, "02:10", "Australia/Lord_Howe")).toBe(lordHowe);
  });

  it("U10: a time that comes twice is the first of the two", () => {
    // London, 25 October 2026: 02:00 becomes 01:00, so 01:30 is 23:30 + 2 h first and an hour later again.
    const before = instantOf("2026-10-25", 0, "00:30", "Europe/London");
    expect(instantOf("2026-10-25", 0, "01:30", "Europe/London")).toBe(before + hour);
    expect(instantOf("2026-10-25", 0, "02:30", "Europe/London")).toBe(before + 3 * hour);
  });

  it("a day that the calendar of a place left out begins with the day after it", () => {
    // Samoa went from 29 to 31 December 2011.
    expect(startOfDay("2011-12-30", 0, "Pacific/Apia")).toBe(startOfDay("2011-12-31", 0, "Pacific/Apia"));
    expect(instantOf("2011-12-30", 0, "09:00", "Pacific/Apia")).toBe(startOfDay("2011-12-31", 0, "Pacific/Apia"));
  });

  it("a day begins after midnight where the clock changes at midnight", () => {
    // Beirut, 29 March 2026: 00:00 becomes 01:00.
    expect(startOfDay("2026-03-29", 0, "Asia/Beirut")).toBe(instantOf("2026-03-29", 0, "01:00", "Asia/Beirut"));
  });

  it("days are counted on the calendar, over leap days and ends of years", () => {
    expect(instantOf("2028-03-30", -30, "09:00", "UTC")).toBe(instantOf("2028-02-29", 0, "09:00", "UTC"));
    expect(instantOf("2027-03-30", -30, "09:00", "UTC")).toBe(instantOf("2027-02-28", 0, "09:00", "UTC"));
    expect(instantOf("2026-01-01", -1, "09:00", "UTC")).toBe(instantOf("2025-12-31", 0, "09:00", "UTC"));
  });
});

describe("what is checked at the door", () => {
  it("a zone is an IANA name that this runtime knows, never an offset", () => {
    expect(["Europe/London", "UTC", "America/Argentina/Ushuaia", "Asia/Calcutta"].map(isValidZone)).toEqual(
      Array.from({ length: 4 }, () => true),
    );
    expect(["Europe/Lundon", "+02:00", "", "Europe/London\n", "2", "Europe"].map(isValidZone)).toEqual(
      Array.from({ length: 6 }, () => false),
    );
  });

  it("a date is a day of the calendar from 1970 on", () => {
    expect(["2028-02-29", "1970-01-01", "9999-12-31"].map(isValidDate)).toEqual([true, true, true]);
    expect(
      ["2027-02-29", "2026-13-01", "2026-6-1", "1969-12-31", "20260601", "2026-06-31", ""].map(isValidDate),
    ).toEqual(Array.from({ length: 7 }, () => false));
  });
});

it("U8: another spelling of a zone is the same zone, another name of it is not", () => {
  expect(["europe/london", "EUROPE/LONDON", "utc"].map(zoneName)).toEqual(["Europe/London", "Europe/London", "UTC"]);
  expect(zoneName("Asia/Calcutta")).toBe("Asia/Calcutta");
  expect(() => zoneName("Europe/Lundon")).toThrow(RangeError);
});

describe("days and hours of a place", () => {
  it("SCH-1: numbers days from 1970-01-01, across leap days, and back", () => {
    expect(dayNumber("1970-01-01")).toBe(0);
    expect(dayNumber("2028-03-01") - dayNumber("2028-02-28")).toBe(2);
    expect(dateOfDay(dayNumber("9999-12-31"))).toBe("9999-12-31");
    expect(dateOfDay(-1)).toBe("1969-12-31");
  });

  it("SCH-1: gives the local day and hour of an instant, also on a quarter-hour offset and across the date line", () => {
    const at = instantOf("2027-06-11", 0, "22:30", "UTC");
    expect(localTime(at, "Europe/London")).toEqual({ day: dayNumber("2027-06-11"), hour: 23 });
    expect(localTime(at, "Pacific/Kiritimati")).toEqual({ day: dayNumber("2027-06-12"), hour: 12 });
    expect(localTime(at, "Asia/Kathmandu")).toEqual({ day: dayNumber("2027-06-12"), hour: 4 });
    expect(localTime(at + 899_999, "Asia/Kathmandu")).toEqual(localTime(at, "Asia/Kathmandu"));
    expect(localTime(at - 900_000, "Asia/Kathmandu")).toEqual({ day: dayNumber("2027-06-12"), hour: 4 });
    const change = instantOf("2027-03-28", 0, "01:00", "UTC");
    expect(localTime(change - 1, "Europe/London").hour).toBe(0);
    expect(localTime(change, "Europe/London").hour).toBe(2);
  });
});
