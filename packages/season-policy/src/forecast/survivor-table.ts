// How many bookings in hand survive until their day: shares counted over bookings whose day has come, by segment, size
// of the block, time since booking and days left, each cell drawn towards its coarser one.

/** Upper bounds (exclusive) of the classes; the last class is open. */
const leadBounds = [1, 3, 7, 14, 30, 60, 90, 120, 180, 270, 365];
const blockBounds = [2, 3, 5, 10, 20];
const leadClasses = leadBounds.length + 1;
const blockClasses = blockBounds.length + 1;

/** A cell counts as much as its parent when it holds this many bookings. */
const shrinkage = 10;
/** What is assumed before anything was seen: of ten bookings nine take place. */
const assumedShare = 0.9;

const classOf = (bounds: readonly number[], value: number): number => {
  let at = 0;
  while (at < bounds.length && value >= (bounds[at] as number)) at += 1;
  return at;
};

/** Shares of survivors at each number of days left. */
export interface SurvivorTable {
  /** Counts a booking that was in hand with `left` days to go, and whether it took place; `times` -1 takes it back. */
  readonly count: (left: number, cell: Cell, tookPlace: boolean, times?: number) => void;
  /** The chance that such a booking takes place, in (0, 1). */
  readonly share: (left: number, cell: Cell) => number;
}

/** Where a booking is counted: the whole, its segment, with its block's size, with its lead as well. */
export interface Cell {
  readonly segment: number;
  readonly block: number;
  readonly lead: number;
}

/** Classes of a booking: `segment` numbered from 0, `block` in bookings, `leadDays` between booking and event. */
export const cellOf = (segment: number, block: number, leadDays: number): Cell => ({
  segment,
  block: classOf(blockBounds, block),
  lead: classOf(leadBounds, leadDays),
});

/** An empty table for `segments` segments and up to `horizon` days left. */
export const createSurvivorTable = (segments: number, horizon: number): SurvivorTable => {
  const sizes = [1, segments, segments * blockClasses, segments * blockClasses * leadClasses];
  const seen = sizes.map((size) => new Float64Array(size * (horizon + 1)));
  const survived = sizes.map((size) => new Float64Array(size * (horizon + 1)));
  const place = (level: number, left: number, cell: Cell): number => {
    const withBlock = cell.segment * blockClasses + cell.block;
    const inLevel = [0, cell.segment, withBlock, withBlock * leadClasses + cell.lead][level] as number;
    return left * (sizes[level] as number) + inLevel;
  };
  const add = (list: Float64Array | undefined, at: number, by: number): void => {
    if (list !== undefined) list[at] = (list[at] as number) + by;
  };
  return {
    count: (left, cell, tookPlace, times = 1) => {
      for (let level = 0; level < sizes.length; level += 1) {
        const at = place(level, left, cell);
        add(seen[level], at, times);
        if (tookPlace) add(survived[level], at, times);
      }
    },
    share: (left, cell) => {
      let share = assumedShare;
      for (let level = 0; level < sizes.length; level += 1) {
        const at = place(level, left, cell);
        share = ((survived[level]?.[at] ?? 0) + shrinkage * share) / ((seen[level]?.[at] ?? 0) + shrinkage);
      }
      return share;
    },
  };
};
