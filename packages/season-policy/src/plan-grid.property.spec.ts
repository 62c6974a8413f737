import * as fc from "fast-check";
import { addDays, instantOf, localDate } from "./civil-time.js";
import { planCells } from "./plan-grid.js";
import { ms } from "./testing/instants.js";

const zones = fc.constantFrom(
  "Europe/London",
  "America/New_York",
  "America/Santiago",
  "Africa/Cairo",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "UTC",
);
const times = fc.uniqueArray(fc.integer({ min: 0, max: 1_439 }), { minLength: 1, maxLength: 12 });
const wall = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");

describe("the cells of a plan", () => {
  it("SEA-4: change at the local times that are named, on days with a change of clocks too", () => {
    const from = fc.integer({ min: ms("2027-01-01T00:00Z"), max: ms("2027-12-31T00:00Z") });
    fc.assert(
      fc.property(zones, times, from, fc.integer({ min: 1, max: 40 }), (zone, minutes, start, days) => {
        const end = start + days * 86_400_000;
        const expected = new Set<number>();
        for (let day = localDate(start, zone); day <= localDate(end, zone); day = addDays(day, 1)) {
          for (const minute of minutes) expected.add(instantOf(day, minute, zone));
        }
        const inside = [...expected].filter((at) => at > start && at < end).sort((a, b) => a - b);
        expect(planCells(start, end, zone, minutes.map(wall)).map((cell) => cell.from)).toEqual([start, ...inside]);
      }),
    );
  });
});
