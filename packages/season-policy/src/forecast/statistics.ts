// Small order statistics and means, shared by the forecasters.

/** The mean of values[from..to), both clipped to the array; undefined when nothing is left. */
export const meanOf = (values: ArrayLike<number>, from = 0, to = values.length): number | undefined => {
  const start = Math.max(0, from);
  const end = Math.min(values.length, to);
  if (end <= start) return undefined;
  let sum = 0;
  for (let at = start; at < end; at += 1) sum += values[at] as number;
  return sum / (end - start);
};

/**
 * The quantile of ascending values, interpolated linearly between order statistics (type 7 of Hyndman and Fan, 1996).
 * `share` is in [0, 1]; the list is not empty.
 */
export const quantileOf = (ascending: ArrayLike<number>, share: number): number => {
  const place = (ascending.length - 1) * share;
  const below = Math.floor(place);
  const low = ascending[below] ?? 0;
  const high = ascending[Math.min(below + 1, ascending.length - 1)] ?? low;
  return low + (high - low) * (place - below);
};

/** Values in ascending order, as a new list. */
export const ascending = (values: ArrayLike<number>, from = 0, to = values.length): Float64Array => {
  const start = Math.max(0, from);
  const sorted = new Float64Array(Math.max(0, Math.min(to, values.length) - start));
  // Copied by hand: a list that is built by a callback costs more than its sorting.
  for (let at = 0; at < sorted.length; at += 1) sorted[at] = values[start + at] as number;
  return sorted.sort();
};
