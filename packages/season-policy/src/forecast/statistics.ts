// Small order statistics and means, shared by the forecasters.

/** The mean of values[from..to), both clipped to the array; undefined when nothing is left. */
export const meanOf = (values: ArrayLike<number>, from = 0, to = values.length): number | undefined => {
  const start = Math.max(0, from);
  const end = Math.min(values.length, to);
  if (end <= start) return undefined;
  let sum = 0;
  for (let at = start; at < end; at += 1) sum += values[at] ?? 0;
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
export const ascending = (values: ArrayLike<number>, from = 0, to = values.length): Float64Array =>
  Float64Array.from({ length: Math.max(0, Math.min(to, values.length) - Math.max(0, from)) }, (_, at) =>
    Number(values[Math.max(0, from) + at]),
  ).sort();

/** The median of values[from..to), clipped to the array; undefined when nothing is left. */
export const medianOf = (values: ArrayLike<number>, from = 0, to = values.length): number | undefined => {
  const sorted = ascending(values, from, to);
  return sorted.length === 0 ? undefined : quantileOf(sorted, 0.5);
};
