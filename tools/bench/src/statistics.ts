// Medians and quantiles of few values: what a noisy machine can honestly be asked for.

/**
 * The quantile by linear interpolation between the two nearest values (type 7 of Hyndman and Fan, 1996).
 * @param share 0 to 1
 * @returns NaN for no values
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Median of the ratios round by round: a slow round of the machine slows both sides and falls out. */
export function medianRatio(values: readonly number[], baseline: readonly number[]): number {
  const ratios: number[] = [];
  for (const [round, value] of values.entries()) {
    const other = baseline[round];
    if (other !== undefined && other !== 0) ratios.push(value / other);
  }
  return median(ratios);
}

/** Smallest and largest value, for the reader to see the spread. */
export function range(values: readonly number[]): { readonly low: number; readonly high: number } {
  return { low: Math.min(...values), high: Math.max(...values) };
}
