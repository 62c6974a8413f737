import { dayInZone, formatDay, isTimeZone, parseDay } from "./civil-date.js";
import { fields, locateColumns, parseMap, type ColumnIndex } from "./columns.js";
import { Identities, madeUpEmail } from "./identity.js";
import { isRejection, readRow } from "./row.js";

const columns: ColumnIndex = new Map(fields.map((field, at) => [field, at]));
const good = ["B-1", "2027-06-12", "2026-01-02", "Check-Out", "2027-06-13", "a@example.test", "A & B"];
const withCell = (at: number, value: string) => readRow(2, good.with(at, value), columns);

describe("a row's values", () => {
  it("reads a good row", () => {
    expect(readRow(2, good, columns)).toEqual({
      line: 2,
      id: "B-1",
      date: parseDay("2027-06-12"),
      bookedOn: parseDay("2026-01-02"),
      state: "booked",
      statusDate: parseDay("2027-06-13"),
      email: "a@example.test",
      names: "A & B",
    });
  });

  it.each([
    [0, "", "id_missing"],
    [0, "a/b", "id_invalid"],
    [0, "x".repeat(129), "id_invalid"],
    [1, "", "date_missing"],
    [1, "2027-02-29", "date_invalid"],
    [1, "12.06.2027", "date_invalid"],
    [1, "0216-06-12", "date_invalid"],
    [1, "2027-6-12", "date_invalid"],
    [2, "soon", "booked_on_invalid"],
    [3, "", "status_unknown"],
    [3, "Perhaps", "status_unknown"],
    [3, "constructor", "status_unknown"],
    [4, "2027-13-01", "status_date_invalid"],
    [5, "nobody", "email_invalid"],
    [5, "a@b\r\nBcc: c@d", "email_invalid"],
    [5, "a b@example.test", "email_invalid"],
    [6, "A\u0000B", "names_invalid"],
    [6, "A\r\nBcc: c", "names_invalid"],
    [6, "x".repeat(201), "names_invalid"],
  ])("SEC-2: column %i holding %j is rejected as %s, and the value is not repeated", (at, value, code) => {
    const row = withCell(at, value);
    expect(row).toMatchObject({ line: 2, code });
    if (value.length > 3 && isRejection(row)) expect(row.message).not.toContain(value);
  });

  it.each(["canceled", "CANCELLED", "Cancelled"])("takes %s for cancelled", (status) => {
    expect(withCell(3, status)).toMatchObject({ state: "cancelled" });
  });

  it.each(["No-Show", "no-show", "Check-Out", "Booked", "confirmed", "Completed"])("takes %s for booked", (status) => {
    expect(withCell(3, status)).toMatchObject({ state: "booked" });
  });

  it("takes blanks around values away, and empty optional values for missing ones", () => {
    expect(withCell(1, " 2027-06-12 ")).toMatchObject({ date: parseDay("2027-06-12") });
    expect(readRow(2, ["B-1", "2027-06-12", "", "booked", "", "", ""], columns)).toMatchObject({
      bookedOn: undefined,
      statusDate: undefined,
      email: undefined,
      names: undefined,
    });
  });
});

describe("the map of columns", () => {
  it("finds mapped columns, also with blanks around the names", () => {
    const map = parseMap("date = event_date, id=booking_id");
    expect(map.ok && locateColumns(["booking_id", "event_date"], map.value)).toEqual({
      ok: true,
      value: new Map([
        ["date", 1],
        ["id", 0],
      ]),
    });
  });

  it("knows the usual names without a map", () => {
    const found = locateColumns(["booking_id", "event_date", "booked_on", "status", "status_date", "group"], undefined);
    expect(found.ok && [...found.value.keys()].toSorted()).toEqual(["bookedOn", "date", "id", "status", "statusDate"]);
  });

  it.each(["", "date", "=x", "date=", "date=a,date=b", "colour=x,date=a", "id=a"])("refuses %j", (text) => {
    expect(parseMap(text)).toMatchObject({ ok: false, error: { code: "usage" } });
  });

  it("refuses a column the file lacks or has twice", () => {
    const map = parseMap("date=d");
    for (const header of [["a"], ["d", "d"]]) {
      expect(map.ok && locateColumns(header, map.value)).toMatchObject({ ok: false, error: { code: "usage" } });
    }
  });
});

describe("days, zones and made-up addresses", () => {
  it("takes today where the wedding is", () => {
    const instant = Date.UTC(2026, 10, 24, 23, 30);
    expect(formatDay(dayInZone(instant, "UTC"))).toBe("2026-11-24");
    expect(formatDay(dayInZone(instant, "Asia/Kolkata"))).toBe("2026-11-25");
    expect(formatDay(dayInZone(instant, "America/New_York"))).toBe("2026-11-24");
  });

  it("knows zones by name only", () => {
    expect(["Europe/London", "UTC", "Mars/Olympus", "+02:00", ""].map(isTimeZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it("makes addresses nobody has, one for each id, also for ids that fit no address", () => {
    expect(madeUpEmail("B-1")).toBe("B-1@example.test");
    const odd = [".a", "a.", "a..b", "x".repeat(100)].map(madeUpEmail);
    expect(new Set(odd).size).toBe(4);
    for (const address of odd) expect(address).toMatch(/^w-[0-9a-f]{32}@example\.test$/);
  });

  it("rejects a repeated id, naming the line that counts", () => {
    const identities = new Identities();
    const row = readRow(2, good, columns);
    if (isRejection(row)) throw new Error("the row is good");
    expect(identities.of(row)).toEqual({ id: "B-1" });
    expect(identities.of({ ...row, line: 9 })).toMatchObject({ line: 9, code: "id_repeated" });
  });
});
