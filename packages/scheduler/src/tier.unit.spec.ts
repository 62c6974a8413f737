import type { TierWindow } from "@wedsync/contracts/scheduler";
import { instantOf } from "./civil-time.js";
import { tierAt, tierRank, tierWindowOf, type TierDays } from "./tier.js";

const days: TierDays = { highDaysBefore: 7, criticalDaysBefore: 1, criticalUntilHour: 6 };
const window = (date: string, zone: string, endDate = date): TierWindow => tierWindowOf({ date, endDate, zone }, days);
/** Tier of normal work at a local time of the wedding's own zone. */
const at = (local: string, zone: string, of: TierWindow): string => {
  const [date = "", time = ""] = local.split(" ");
  return tierAt(instantOf(date, 0, time, zone), of, "normal").tier;
};

describe("tiers", () => {
  it("SCH-1: the wedding day and the day before are critical, the seven days before are high, the rest is the module's", () => {
    const london = "Europe/London";
    const of = window("2026-06-20", london);
    const seen = [
      "2026-06-12 23:59",
      "2026-06-13 00:00",
      "2026-06-18 23:59",
      "2026-06-19 00:00",
      "2026-06-20 12:00",
      "2026-06-21 05:59",
      "2026-06-21 06:00",
    ].map((local) => at(local, london, of));
    expect(seen).toEqual(["normal", "high", "high", "critical", "critical", "critical", "normal"]);
  });

  it("S16: a wedding of three days stays critical until six in the morning after the last", () => {
    const zone = "Asia/Kolkata";
    const of = window("2026-12-04", zone, "2026-12-06");
    expect(
      ["2026-12-02 23:59", "2026-12-03 00:00", "2026-12-05 03:00", "2026-12-07 05:59", "2026-12-07 06:00"].map(
        (local) => at(local, zone, of),
      ),
    ).toEqual(["high", "critical", "critical", "critical", "normal"]);
  });

  it("SCH-1: on both sides of the date line the place's own calendar counts", () => {
    const [kiritimati, pagoPago] = ["Pacific/Kiritimati", "Pacific/Pago_Pago"];
    const [early, late] = [window("2026-06-20", kiritimati), window("2026-06-20", pagoPago)];
    // 14 h ahead and 11 h behind: the same day is critical 25 hours later.
    expect(late.criticalFrom - early.criticalFrom).toBe(25 * 3_600_000);
    const now = instantOf("2026-06-19", 0, "08:00", kiritimati);
    expect([tierAt(now, early, "low").tier, tierAt(now, late, "low").tier]).toEqual(["critical", "high"]);
  });

  it("SCH-1: days are local days, whether they have 23, 24 or 25 hours", () => {
    const london = "Europe/London";
    const spring = window("2026-03-29", london);
    const autumn = window("2026-10-25", london);
    const hours = ({ criticalFrom, criticalUntil }: TierWindow) => (criticalUntil - criticalFrom) / 3_600_000;
    expect([hours(spring), hours(window("2026-06-20", london)), hours(autumn)]).toEqual([53, 54, 55]);
    expect([at("2026-03-30 05:59", london, spring), at("2026-10-26 05:59", london, autumn)]).toEqual([
      "critical",
      "critical",
    ]);
  });

  it("SCH-1: a wedding on or after a leap day", () => {
    const of = window("2028-03-01", "Europe/Paris");
    expect(
      ["2028-02-22 23:59", "2028-02-23 00:00", "2028-02-28 23:59", "2028-02-29 00:00"].map((local) =>
        at(local, "Europe/Paris", of),
      ),
    ).toEqual(["normal", "high", "high", "critical"]);
    expect(at("2028-02-29 12:00", "Europe/Paris", window("2028-02-29", "Europe/Paris"))).toBe("critical");
  });

  it("SCH-1: the window raises a module's own tier and never lowers it", () => {
    const of = window("2026-06-20", "UTC");
    const tiersAt = (now: number) =>
      (["critical", "high", "normal", "low"] as const).map((own) => tierAt(now, of, own).tier);
    expect(tiersAt(of.highFrom - 1)).toEqual(["critical", "high", "normal", "low"]);
    expect(tiersAt(of.highFrom)).toEqual(["critical", "high", "high", "high"]);
    expect(tiersAt(of.criticalFrom)).toEqual(["critical", "critical", "critical", "critical"]);
  });

  it("a decision says why, and when it changes next", () => {
    const of = window("2026-06-20", "UTC");
    expect(tierAt(0, of, "low")).toEqual({
      tier: "low",
      reasons: [{ code: "module_default" }],
      changesAt: of.highFrom,
    });
    expect(tierAt(of.highFrom, of, "low")).toEqual({
      tier: "high",
      reasons: [{ code: "event_week", params: { changesAt: of.criticalFrom } }],
      changesAt: of.criticalFrom,
    });
    expect(tierAt(of.criticalFrom, of, "low")).toEqual({
      tier: "critical",
      reasons: [{ code: "event_day_near", params: { changesAt: of.criticalUntil } }],
      changesAt: of.criticalUntil,
    });
    expect(tierAt(of.criticalFrom, of, "critical").reasons).toEqual([{ code: "module_default" }]);
    expect(tierAt(of.criticalUntil, of, "low")).toEqual({
      tier: "low",
      reasons: [{ code: "after_event" }],
      changesAt: null,
    });
  });

  it("a policy whose high days lie inside the critical ones goes straight to critical", () => {
    const of = tierWindowOf(
      { date: "2026-06-20", endDate: "2026-06-20", zone: "UTC" },
      { highDaysBefore: 0, criticalDaysBefore: 2, criticalUntilHour: 0 },
    );
    expect(tierAt(of.criticalFrom - 1, of, "normal")).toMatchObject({ tier: "normal", changesAt: of.criticalFrom });
    expect(tierAt(of.criticalFrom, of, "normal").tier).toBe("critical");
    expect(of.criticalUntil).toBe(instantOf("2026-06-21", 0, "00:00", "UTC"));
  });

  it("ranks go from the most urgent to the least", () => {
    expect((["critical", "high", "normal", "low"] as const).map(tierRank)).toEqual([0, 1, 2, 3]);
  });
});
