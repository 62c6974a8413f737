import { checkSchedule, dueAtOf } from "./due-at.js";
import { monthBefore, monthBeforeAt, wedding } from "./testing/work.js";

const { schedule } = wedding;

describe("due times", () => {
  it("SCH-4: at once, at an instant, or relative to the wedding in its own zone", () => {
    expect(dueAtOf({ kind: "now" }, schedule, 17)).toEqual({ ok: true, dueAt: 17 });
    expect(dueAtOf({ kind: "at", at: 99 }, schedule, 17)).toEqual({ ok: true, dueAt: 99 });
    expect(dueAtOf(monthBefore, schedule, 17)).toEqual({ ok: true, dueAt: monthBeforeAt });
    // 09:00 in London is in summer time on 21 May: 08:00 UTC.
    expect(monthBeforeAt).toBe(dueAtUtc("2026-05-21", "08:00"));
  });

  it("SCH-4 S17: another zone is another instant", () => {
    const moved = dueAtOf(monthBefore, { ...schedule, zone: "America/New_York" }, 17);
    expect(moved.ok && moved.dueAt - monthBeforeAt).toBe(5 * 3_600_000);
  });

  it("a time of day is HH:MM", () => {
    for (const time of ["24:00", "9:00", "09:60", "0900", ""])
      expect(dueAtOf({ kind: "day", day: 0, time }, schedule, 17)).toMatchObject({ ok: false, code: "time_invalid" });
    expect(dueAtOf({ kind: "day", day: 0, time: "23:59" }, schedule, 17).ok).toBe(true);
  });

  it("U8: an unknown zone, an impossible date and an end before the start never get further", () => {
    const codeOf = (more: object) => {
      const checked = checkSchedule({ ...schedule, ...more });
      return checked.ok ? "ok" : checked.code;
    };
    expect(codeOf({})).toBe("ok");
    expect(codeOf({ zone: "Europe/Lundon" })).toBe("zone_unknown");
    expect(codeOf({ date: "2027-02-29" })).toBe("date_invalid");
    expect(codeOf({ endDate: "2026-06-31" })).toBe("date_invalid");
    expect(codeOf({ endDate: "2026-06-19" })).toBe("end_before_start");
    expect(checkSchedule(schedule, "2025-02-30")).toMatchObject({ code: "booked_on_invalid" });
    expect(checkSchedule(schedule, "2025-02-28")).toEqual({ ok: true });
    expect(dueAtOf(monthBefore, { ...schedule, zone: "+01:00" }, 17)).toMatchObject({ code: "zone_unknown" });
  });

  it("SCH-1: a wedding lasts 31 days at most: its work is critical until the last one", () => {
    expect(checkSchedule({ ...schedule, endDate: "2026-07-20" })).toEqual({ ok: true });
    expect(checkSchedule({ ...schedule, endDate: "2026-07-21" })).toMatchObject({ code: "too_long" });
  });

  it("U8: nothing is due after the year 9999", () => {
    const last = { date: "9999-12-31", endDate: "9999-12-31", zone: "UTC" };
    expect(dueAtOf({ kind: "day", day: 0, time: "23:59" }, last, 17).ok).toBe(true);
    expect(dueAtOf({ kind: "day", day: 1, time: "00:00" }, last, 17)).toMatchObject({ code: "due_too_far" });
    expect(dueAtOf({ kind: "at", at: 253_402_300_800_000 }, schedule, 17)).toMatchObject({ code: "due_too_far" });
  });

  const dueAtUtc = (date: string, time: string): number => {
    const due = dueAtOf({ kind: "day", day: 0, time }, { date, endDate: date, zone: "UTC" }, 0);
    return due.ok ? due.dueAt : Number.NaN;
  };
});
