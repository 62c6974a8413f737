import { moveWork, planWork } from "./plan-work.js";
import { aWork, day, email, hour, monthBefore, monthBeforeAt, wedding } from "./testing/work.js";

const days = { highDaysBefore: 7, criticalDaysBefore: 1, criticalUntilHour: 6 };
const later = {
  ...wedding,
  market: "ireland",
  scheduleVersion: 2,
  schedule: { date: "2026-07-04", endDate: "2026-07-05", zone: "Europe/Dublin" },
};

describe("work", () => {
  it("SCH-13: has its due time, its time limits and its tier window resolved once", () => {
    const planned = planWork(monthBefore, wedding, email, 6, 0);
    expect(planned).toEqual({ ok: true, work: aWork() });
    expect(aWork()).toMatchObject({
      dueAt: monthBeforeAt,
      deadline: monthBeforeAt + 4 * hour,
      expiresAt: monthBeforeAt + 24 * hour,
      attempts: 0,
      lost: 0,
    });
    expect(planWork({ kind: "day", day: 0, time: "9" }, wedding, email, 6, 0)).toMatchObject({ code: "time_invalid" });
  });

  it("SCH-4 SCH-13: relative times and the tier window follow a moved wedding, fixed instants stay", () => {
    const moved = moveWork(aWork(), monthBefore, later, days);
    expect(moved).toMatchObject({
      market: "ireland",
      zone: "Europe/Dublin",
      scheduleVersion: 2,
      dueAt: monthBeforeAt + 14 * day,
      deadline: monthBeforeAt + 14 * day + 4 * hour,
      expiresAt: monthBeforeAt + 15 * day,
    });
    expect(moved.window.criticalUntil - aWork().window.criticalUntil).toBe(15 * day);
    const { window, scheduleVersion, market, zone, ...rest } = moveWork(
      aWork(),
      { kind: "at", at: monthBeforeAt },
      later,
      days,
    );
    expect({ window, scheduleVersion, market, zone }).toEqual({
      window: moved.window,
      scheduleVersion: 2,
      market: "ireland",
      zone: "Europe/Dublin",
    });
    expect(aWork()).toMatchObject(rest);
  });

  it("INVARIANTS 17: a move never brings a retry forward, and SCENARIOS 7: what is too old by the new date still expires", () => {
    const backingOff = aWork({ attempts: 1, dueAt: monthBeforeAt + hour });
    const allowance = { deadlineMs: 4 * hour, expiryMs: 24 * hour };
    const earlier = { ...later, schedule: { ...wedding.schedule, date: "2026-05-01", endDate: "2026-05-01" } };
    const moved = moveWork(backingOff, monthBefore, earlier, days, allowance);
    expect(moved.dueAt).toBe(backingOff.dueAt);
    expect(moved.expiresAt).toBe(monthBeforeAt - 50 * day + 24 * hour);
    expect(moveWork(backingOff, monthBefore, later, days, allowance)).toMatchObject({
      dueAt: monthBeforeAt + 14 * day,
      deadline: monthBeforeAt + 14 * day + 4 * hour,
      expiresAt: monthBeforeAt + 15 * day,
    });
  });

  it("a rule that no longer makes sense leaves the instants as they were; only the schedule follows", () => {
    const odd = moveWork(aWork(), { kind: "day", day: 0, time: "99:99" }, later, days);
    expect(odd).toMatchObject({ dueAt: monthBeforeAt, deadline: monthBeforeAt + 4 * hour, scheduleVersion: 2 });
  });
});
