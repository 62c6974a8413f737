// What is believed about the outcome of a forecast before any forecast of its kind was seen to miss. Small counts are not
// normal: of 0.05 events a day 95 in 100 days have none, and no spread around 0.05 says so.

/** Deviations of large counts in units of spread: normal, half as wide again as expected. */
const deviations = [-2.9, -2.1, -1.6, -1.2, -0.9, -0.6, -0.3, -0.1, 0.1, 0.3, 0.6, 0.9, 1.2, 1.6, 2.1, 2.9];
const widening = 1.5;
/** From this many expected events on a count is as good as normal. */
const large = 30;
/** What is left in the tail of a distribution when its table ends. */
const negligible = 1e-9;

/** How many misses the assumption weighs as much as. */
export const assumedMisses = deviations.length;

/** What is assumed of one outcome. */
export interface AssumedOutcomes {
  /** `assumedMisses` outcomes that stand for equal shares of chance, ascending. */
  readonly outcomes: ArrayLike<number>;
  /** The chance of `threshold` or more. */
  readonly chanceOf: (threshold: number) => number;
}

/**
 * The chances of 0, 1, 2, ... for a count of this mean and variance (both > 0): negative binomial, Poisson or binomial,
 * as the variance is above, at or below the mean. H. H. Panjer, ASTIN Bulletin 12 (1981): p(k) = p(k - 1) (a + b / k).
 */
export const countChances = (mean: number, variance: number): readonly number[] => {
  const a = 1 - mean / variance;
  const b = mean * (1 - a) - a;
  // Near a = 0 the general formula divides nothing by nothing, and the Poisson distribution is its limit.
  const chances = [Math.abs(a) < 1e-6 ? Math.exp(-mean) : (1 - a) ** ((a + b) / a)];
  let total = chances[0] as number;
  for (let count = 1; total < 1 - negligible; count += 1) {
    const next = (chances[count - 1] as number) * (a + b / count);
    // A binomial distribution ends, and rounding may keep any sum from reaching one.
    if (next <= 0 || (count > mean && next < negligible * negligible)) break;
    chances.push(next);
    total += next;
  }
  return chances.map((chance) => chance / total);
};

const fromNormal = (point: number, spread: number): AssumedOutcomes => {
  const outcomes = deviations.map((deviation) => point + spread * deviation);
  return {
    outcomes,
    // Half a count below, since counts are whole and these outcomes are not.
    chanceOf: (threshold) => outcomes.filter((outcome) => outcome >= threshold - 0.5).length / outcomes.length,
  };
};

const fromCounts = (point: number, spread: number): AssumedOutcomes => {
  if (point <= 0) {
    return { outcomes: new Float64Array(assumedMisses), chanceOf: (threshold) => (threshold <= 0 ? 1 : 0) };
  }
  // A spread holds one event for rounding, which is no doubt about the count; and the fewer events are expected, the
  // more they come one by one, with the variance of chance alone.
  const doubt = widening ** 2 * Math.max(0, spread ** 2 - 1);
  const chances = countChances(point, point + ((doubt - point) * point) / (1 + point));
  const outcomes = new Float64Array(assumedMisses);
  let count = 0;
  let below = chances[0] as number;
  for (let at = 0; at < outcomes.length; at += 1) {
    while (below < (at + 0.5) / outcomes.length && count + 1 < chances.length) {
      count += 1;
      below += chances[count] as number;
    }
    outcomes[at] = count;
  }
  return {
    outcomes,
    chanceOf: (threshold) => chances.slice(Math.max(0, Math.ceil(threshold))).reduce((sum, chance) => sum + chance, 0),
  };
};

/** What is assumed where `point` is expected with `spread` (as in `Residuals`). */
export const assumedOutcomes = (point: number, spread: number): AssumedOutcomes =>
  point < large ? fromCounts(point, spread) : fromNormal(point, spread);
