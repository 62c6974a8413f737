import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { instantOf, startOfDay } from "./civil-time.js";
import { minute } from "./testing/work.js";
import { wallClock, zones } from "./testing/wall-clock.js";

const from1975 = 157_766_400_000;
const to2037 = 2_114_380_800_000;

/** Local times around the clock changes of all zones, a gap or an overlap more often than not. */
const nearChange = fc
  .record({
    zone: fc.constantFrom(...zones),
    after: fc.integer({ min: from1975, max: to2037 }),
    minutes: fc.integer({ min: -90, max: 90 }),
  })
  .map(({ zone, after, minutes }) => {
    const start = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(zone);
    const change = start.getTimeZoneTransition("next");
    const around = change === null || change.epochMilliseconds > to2037 ? start : change;
    const local = around.toPlainDateTime().add({ minutes });
    const time = local.toPlainTime().toString().slice(0, 5);
    return { zone, date: local.toPlainDate().toString(), time };
  });

/** How far a clock was ever set back, in steps that all of its changes are made of. */
const earlierCopies = Array.from({ length: 26 * 12 }, (_, index) => (index + 1) * 5 * minute);

function checkRule(date: string, offset: number, time: string, zone: string): void {
  const instant = instantOf(date, offset, time, zone);
  const target = Temporal.PlainDate.from(date).add({ days: offset }).toString();
  const wanted = `${target} ${time}`;
  const shown = wallClock(instant, zone);
  if (shown === wanted) {
    expect(earlierCopies.filter((back) => wallClock(instant - back, zone) === wanted)).toEqual([]);
  } else {
    // A gap: the clock jumped over the time at exactly this instant.
    expect(shown > wanted).toBe(true);
    expect(wallClock(instant - 1, zone) < wanted).toBe(true);
  }
}

it("U10 SCH-4: a local time is its first occurrence, or the first valid instant after a gap, in every zone", () => {
  fc.assert(
    fc.property(nearChange, ({ zone, date, time }) => checkRule(date, 0, time, zone)),
    { numRuns: 1_500 },
  );
});

it("U10 SCH-4: T-30 09:00 is nine o'clock on the day 30 days before, in every zone", () => {
  const date = fc
    .integer({ min: 0, max: 22_000 })
    .map((days) => Temporal.PlainDate.from("1976-01-01").add({ days }).toString());
  fc.assert(
    fc.property(fc.constantFrom(...zones), date, (zone, weddingDay) => checkRule(weddingDay, -30, "09:00", zone)),
    { numRuns: 500 },
  );
});

it("U10: the rule is exact at the very changes: many gaps and many overlaps are seen", () => {
  let [gaps, overlaps] = [0, 0];
  for (const { zone, date, time } of fc.sample(nearChange, { numRuns: 1_500, seed: 7 })) {
    const instant = instantOf(date, 0, time, zone);
    if (wallClock(instant, zone) !== `${date} ${time}`) gaps += 1;
    else if ([30, 60, 120].some((back) => wallClock(instant + back * minute, zone) === `${date} ${time}`))
      overlaps += 1;
  }
  expect(gaps).toBeGreaterThan(60);
  expect(overlaps).toBeGreaterThan(60);
});

it("SCH-1: a local day begins at its first instant, in every zone", () => {
  fc.assert(
    fc.property(nearChange, ({ zone, date }) => {
      const start = startOfDay(date, 0, zone);
      expect(wallClock(start, zone) >= `${date} 00:00`).toBe(true);
      expect(wallClock(start - 1, zone) < `${date} 00:00`).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
