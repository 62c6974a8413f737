import { tiers, type Tier } from "@wedsync/contracts/scheduler";
import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { tierAt, tierRank, tierWindowOf, type TierDays } from "./tier.js";
import { day, hour } from "./testing/work.js";
import { wallClock, zones } from "./testing/wall-clock.js";

const date = fc
  .integer({ min: 0, max: 22_000 })
  .map((days) => Temporal.PlainDate.from("1976-01-01").add({ days }).toString());
const scheduled = fc.record({
  zone: fc.constantFrom(...zones),
  date,
  more: fc.integer({ min: 0, max: 4 }),
  own: fc.constantFrom<Tier>(...tiers),
});
const days: TierDays = { highDaysBefore: 7, criticalDaysBefore: 1, criticalUntilHour: 6 };
const plus = (from: string, count: number): string => Temporal.PlainDate.from(from).add({ days: count }).toString();

it("SCH-1 S16: the tier is what the calendar on the wall says, at any time around any wedding in any zone", () => {
  fc.assert(
    fc.property(scheduled, fc.integer({ min: -12 * 24 * 60, max: 8 * 24 * 60 }), (wedding, minutes) => {
      const { zone, own } = wedding;
      const endDate = plus(wedding.date, wedding.more);
      const window = tierWindowOf({ date: wedding.date, endDate, zone }, days);
      const now = window.criticalFrom + day + minutes * 60_000;
      const wall = wallClock(now, zone);
      // A clock that was set back may show a time again: what is over stays over.
      if (wallClock(window.criticalUntil, zone) > wall && now >= window.criticalUntil) return;
      const over = wall >= `${plus(endDate, 1)} 06:00`;
      const expected = over
        ? own
        : wall >= `${plus(wedding.date, -1)} 00:00`
          ? "critical"
          : wall >= `${plus(wedding.date, -7)} 00:00` && own !== "critical"
            ? "high"
            : own;
      expect(tierAt(now, window, own).tier).toBe(expected);
    }),
    { numRuns: 1_500 },
  );
});

it("SCH-1: work only rises as the wedding comes near, and changes exactly when it said it would", () => {
  fc.assert(
    fc.property(scheduled, (wedding) => {
      const window = tierWindowOf(
        { date: wedding.date, endDate: plus(wedding.date, wedding.more), zone: wedding.zone },
        days,
      );
      let now = window.highFrom - 30 * day;
      const seen: Tier[] = [];
      for (let step = tierAt(now, window, wedding.own); ; step = tierAt(now, window, wedding.own)) {
        seen.push(step.tier);
        if (step.changesAt === null) break;
        expect(step.changesAt).toBeGreaterThan(now);
        expect(tierAt(step.changesAt - 1, window, wedding.own)).toEqual(step);
        now = step.changesAt;
      }
      const ranks = seen.slice(0, -1).map(tierRank);
      expect(ranks).toEqual(ranks.toSorted((one, other) => other - one));
      expect(seen.at(-1)).toBe(wedding.own);
    }),
    { numRuns: 300 },
  );
});

it("SCH-1: moving a wedding by whole weeks inside one clock moves its window by as much", () => {
  fc.assert(
    fc.property(scheduled, fc.integer({ min: -52, max: 52 }), (wedding, weeks) => {
      const of = (first: string) =>
        tierWindowOf({ date: first, endDate: plus(first, wedding.more), zone: wedding.zone }, days);
      const [before, after] = [of(wedding.date), of(plus(wedding.date, weeks * 7))];
      // A clock change in between is at most a few hours, a change of the date line a day.
      expect(Math.abs(after.criticalFrom - before.criticalFrom - weeks * 7 * day)).toBeLessThanOrEqual(25 * hour);
      expect(after.criticalUntil).toBeGreaterThan(after.criticalFrom);
      expect(after.criticalFrom).toBeGreaterThan(after.highFrom);
    }),
    { numRuns: 300 },
  );
});
