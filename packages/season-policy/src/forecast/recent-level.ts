// The level of a series today: how much an average day has, told by the newest days. Long windows are steady and nearly
// always right; after a collapse or a recovery they lag for months, so a short one takes over while it errs clearly less.

/** Each way to tell the level is the mean over windows of so many days; the first is the usual one. */
const ways: readonly (readonly number[])[] = [[28, 91], [14]];
/** The level of the last year counts as much as so many average days: where nothing is expected a handful says little. */
const cushion = 1;
/** A way is judged by what it said of so many newest days, on the day before each. */
const judged = 28;
/** Another way must err less than this share of the usual one's errors, or it is taken for luck. */
const clearly = 0.7;

/** What the level of a day is told from; index 0 is the first day. */
export interface LevelFacts {
  /** The values up to today. */
  readonly values: readonly number[];
  /** The expected ratio of a day to the level, >= 0. */
  readonly ratioOf: (at: number) => number;
  /** The mean of the last year. */
  readonly usual: number;
}

/**
 * The level under which the misses of the last `days` days sum to least: the median of value over ratio, each day
 * weighing as much as is expected of it. A plain median would be ruled by the days on which the house is closed.
 */
const levelOver = ({ values, ratioOf, usual }: LevelFacts, days: number): number => {
  const told = [{ level: usual, weight: cushion }];
  let total = cushion;
  for (let at = Math.max(0, values.length - days); at < values.length; at += 1) {
    const weight = ratioOf(at);
    if (weight <= 0) continue;
    told.push({ level: (values[at] as number) / weight, weight });
    total += weight;
  }
  told.sort((a, b) => a.level - b.level);
  let below = 0;
  for (const { level, weight } of told) {
    below += weight;
    if (below >= total / 2) return level;
  }
  return usual;
};

/** Tells the level of each day in turn. */
export interface RecentLevel {
  /** The level after the last of the values; to be asked once for each day, in order. */
  readonly next: (facts: LevelFacts) => number;
}

/** A level that has not seen anything yet. */
export const createRecentLevel = (): RecentLevel => {
  const misses = ways.map((): number[] => []);
  let levels: readonly number[] | undefined;
  return {
    next: (facts) => {
      const { values, ratioOf } = facts;
      const today = values.length - 1;
      for (const [way, level] of (levels ?? []).entries()) {
        const off = misses[way] as number[];
        off.push(Math.abs((values[today] as number) - level * ratioOf(today)));
        if (off.length > judged) off.shift();
      }
      levels = ways.map((windows) => windows.reduce((sum, days) => sum + levelOver(facts, days), 0) / windows.length);
      const errors = misses.map((off) => off.reduce((sum, miss) => sum + miss, 0));
      let best = 0;
      let least = clearly * (errors[0] as number);
      for (const [way, error] of errors.entries()) {
        if (error >= least) continue;
        best = way;
        least = error;
      }
      return levels[best] as number;
    },
  };
};
