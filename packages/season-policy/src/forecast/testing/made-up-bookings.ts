// Bookings for the specs of forecasting: a weekly rhythm, a summer, leads, cancellations, no-shows and groups, all from
// a hash, so that the same arguments give the same bookings.
import type { BookingRecord } from "../port.js";

/** A number in [0, 1) from whole numbers. */
export const chance = (...parts: readonly number[]): number => {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    hash = Math.imul(hash ^ (part & 0xffff), 0x01000193);
    hash = Math.imul(hash ^ (part >>> 16), 0x01000193);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 13), 0x5bd1e995);
  return ((hash ^ (hash >>> 15)) >>> 0) / 4_294_967_296;
};

/** Expected bookings of a day: Saturdays (day 2 mod 7) are full, summers fuller. */
export const expectedOn = (day: number, size: number): number => {
  const season = 1 + 0.6 * Math.sin((2 * Math.PI * day) / 365.25);
  return size * season * (((day % 7) + 7) % 7 === 2 ? 2.5 : 0.75);
};

/** Bookings for `days` days from `first` on; about `size` a day, one in five is released again. */
export const madeUpBookings = (first: number, days: number, size: number, seed = 1): readonly BookingRecord[] => {
  const records: BookingRecord[] = [];
  for (let day = first; day < first + days; day += 1) {
    const count = Math.floor(expectedOn(day, size) + 2 * chance(seed, day, 1) - 0.5);
    for (let at = 0; at < count; at += 1) {
      const lead = Math.floor(-25 * Math.log(1 - chance(seed, day, at, 2)));
      const segment = at % 4 === 0 ? "group" : "single";
      const fate = chance(seed, day, at, 3);
      const record = { day, bookedOn: day - lead, segment };
      if (fate < 0.15) records.push({ ...record, releasedOn: day - Math.floor(lead * chance(seed, day, at, 4)) });
      else if (fate < 0.2) records.push({ ...record, releasedOn: day });
      else records.push(record);
    }
  }
  return records;
};
