// The bookings as they became known, day by day. Whatever a forecast learns goes through `advance`, which reads a row
// only when its day has come: what is not yet known cannot be seen from here.
import { cellOf, createSurvivorTable } from "./survivor-table.js";
import type { BookingRecord } from "./port.js";

/** Days over which fresh bookings are counted as the pace. */
export const paceDays = 28;

/** What is in hand for one target day. */
export interface InHand {
  /** Bookings that exist and are not released. */
  readonly count: number;
  /** How many of them are expected to take place. */
  readonly expected: number;
  /** Variance of that, were they independent. */
  readonly variance: number;
  /** How many of them were booked within the last `paceDays`. */
  readonly fresh: number;
}

/** A window onto the facts known at the end of `today`. */
export interface BookingLedger {
  readonly today: () => number;
  /** Takes in everything that became known on the next day; answers the past days whose demand that changed. */
  readonly advance: () => readonly number[];
  /** Events of a day from the first up to today, as known today. */
  readonly demand: (day: number) => number;
  /** Bookings of a past day that came in with less than `lead` days to go and took place. */
  readonly pickedUp: (day: number, lead: number) => number;
  /** In hand today for a later day. */
  readonly inHand: (day: number) => InHand;
  /** For each lead from 0: fresh bookings (the last `paceDays`) made at most so many days ahead that still stand. */
  readonly pace: () => Float64Array;
}

interface Row {
  readonly day: number;
  readonly bookedOn: number;
  readonly releasedOn: number;
  readonly segment: number;
}

const never = Number.POSITIVE_INFINITY;

const groupBy = (rows: readonly Row[], keyOf: (row: Row) => number): ReadonlyMap<number, Row[]> => {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
};

const readRows = (records: readonly BookingRecord[]): { readonly rows: readonly Row[]; readonly segments: number } => {
  // Numbered by name, not by appearance: a segment that appears later must not change the order of sums.
  const names = [...new Set(records.map(({ segment = "" }) => segment))].sort();
  const numbers = new Map(names.map((name, at) => [name, at]));
  const rows = records.map(({ day, bookedOn, releasedOn = never, segment = "" }) => ({
    day,
    bookedOn,
    releasedOn,
    segment: numbers.get(segment) as number,
  }));
  // One block's rows stand together, so that its size is a count of neighbours.
  rows.sort((a, b) => a.day - b.day || a.bookedOn - b.bookedOn || a.segment - b.segment || a.releasedOn - b.releasedOn);
  return { rows, segments: Math.max(names.length, 1) };
};

/** Calls `visit` for each row of one day in hand at the end of `at`, with the size of its block then. */
const eachInHand = (rows: readonly Row[], at: number, visit: (row: Row, block: number) => void): void => {
  for (let from = 0; from < rows.length;) {
    const first = rows[from] as Row;
    if (first.bookedOn > at) return;
    let to = from;
    let standing = 0;
    for (; to < rows.length; to += 1) {
      const row = rows[to] as Row;
      if (row.bookedOn !== first.bookedOn || row.segment !== first.segment) break;
      if (row.releasedOn > at) standing += 1;
    }
    for (; from < to; from += 1) {
      const row = rows[from] as Row;
      if (row.releasedOn > at) visit(row, standing);
    }
  }
};

/** A ledger that stands on the day before `start`; `horizon` is how many days ahead it learns survival for. */
export const createBookingLedger = (
  records: readonly BookingRecord[],
  start: number,
  horizon: number,
): BookingLedger => {
  const { rows, segments } = readRows(records);
  const byDay = groupBy(rows, (row) => row.day);
  // Facts about a day that came after it: late entries and late releases.
  const lateEntries = groupBy(
    rows.filter((row) => row.bookedOn > row.day),
    (row) => row.bookedOn,
  );
  const lateReleases = groupBy(
    rows.filter((row) => row.releasedOn !== never && row.releasedOn > row.day),
    (row) => Math.max(row.releasedOn, row.bookedOn),
  );
  const survivors = createSurvivorTable(segments, horizon);
  const stride = horizon + 1;
  const pickUps = new Map<number, Float64Array>();
  let today = start - 1;

  const resolve = (day: number): void => {
    const counts = new Float64Array(stride + 1);
    const ofDay = byDay.get(day) ?? [];
    for (const row of ofDay) {
      if (row.bookedOn > day || row.releasedOn <= day) continue;
      const lead = Math.min(row.day - row.bookedOn, stride);
      counts[lead] = (counts[lead] as number) + 1;
    }
    pickUps.set(day, counts);
    for (let left = 1; left <= horizon; left += 1) {
      eachInHand(ofDay, day - left, (row, block) =>
        survivors.count(left, cellOf(row.segment, block, row.day - row.bookedOn), row.releasedOn > day),
      );
    }
  };
  /** A booking entered after its day. */
  const enterLate = (row: Row): void => {
    const counts = pickUps.get(row.day);
    if (counts === undefined) return;
    counts[0] = (counts[0] as number) + 1;
  };
  /** An event that was believed to have taken place turns out not to have. */
  const releaseLate = (row: Row): void => {
    const counts = pickUps.get(row.day);
    if (counts === undefined) return;
    const lead = Math.min(Math.max(row.day - row.bookedOn, 0), stride);
    counts[lead] = (counts[lead] as number) - 1;
    for (let left = 1; left <= horizon; left += 1) {
      eachInHand(byDay.get(row.day) as readonly Row[], row.day - left, (other, block) => {
        if (other !== row) return;
        const cell = cellOf(row.segment, block, row.day - row.bookedOn);
        survivors.count(left, cell, true, -1);
        survivors.count(left, cell, false);
      });
    }
  };

  return {
    today: () => today,
    advance: () => {
      today += 1;
      resolve(today);
      const entered = (lateEntries.get(today) ?? []).filter((row) => row.releasedOn > today);
      const released = (lateReleases.get(today) ?? []).filter((row) => row.bookedOn < row.releasedOn);
      entered.forEach(enterLate);
      released.forEach(releaseLate);
      return [...entered, ...released].map((row) => row.day).filter((day) => pickUps.has(day));
    },
    demand: (day) => (pickUps.get(day) as Float64Array).reduce((sum, count) => sum + count, 0),
    pickedUp: (day, lead) => {
      const counts = pickUps.get(day) as Float64Array;
      let sum = 0;
      for (let at = 0; at < lead; at += 1) sum += counts[at] as number;
      return sum;
    },
    inHand: (day) => {
      const left = Math.min(day - today, horizon);
      const result = { count: 0, expected: 0, variance: 0, fresh: 0 };
      eachInHand(byDay.get(day) ?? [], today, (row, block) => {
        const share = survivors.share(left, cellOf(row.segment, block, row.day - row.bookedOn));
        result.count += 1;
        result.expected += share;
        result.variance += share * (1 - share);
        if (row.bookedOn > today - paceDays) result.fresh += 1;
      });
      return result;
    },
    pace: () => {
      const counts = new Float64Array(stride);
      for (let day = today - paceDays + 1; day <= today + horizon; day += 1) {
        for (const row of byDay.get(day) ?? []) {
          const lead = Math.max(row.day - row.bookedOn, 0);
          const fresh = row.bookedOn <= today && row.bookedOn > today - paceDays && row.releasedOn > today;
          if (fresh && lead <= horizon) counts[lead] = (counts[lead] as number) + 1;
        }
      }
      for (let lead = 1; lead <= horizon; lead += 1) {
        counts[lead] = (counts[lead] as number) + (counts[lead - 1] as number);
      }
      return counts;
    },
  };
};
