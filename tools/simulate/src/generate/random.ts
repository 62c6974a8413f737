// Seeded randomness for the generators: the same seed gives the same file on every machine and in every run.
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

export interface Random {
  /** A whole number in [low, high]. */
  readonly int: (low: number, high: number) => number;
  /** A number in [0, 1). */
  readonly float: () => number;
  /** One of the values; there must be at least one. */
  readonly pick: <T>(values: readonly T[]) => T;
  /** An index, drawn in proportion to its weight; weights are >= 0 and not all 0. */
  readonly weighted: (weights: readonly number[]) => number;
  /** A standard normal value (Box and Muller, 1958). */
  readonly normal: () => number;
}

/** `seed` is a 32-bit whole number; others are taken modulo 2^32. */
export const createRandom = (seed: number): Random => {
  const generator = xoroshiro128plus(seed | 0);
  const float = (): number => uniformFloat64(generator);
  const int = (low: number, high: number): number => uniformInt(generator, low, high);
  return {
    int,
    float,
    pick: <T>(values: readonly T[]): T => values[int(0, values.length - 1)] as T,
    weighted: (weights) => {
      let left = float() * weights.reduce((sum, weight) => sum + weight, 0);
      let last = 0;
      for (const [index, weight] of weights.entries()) {
        if (weight > 0) last = index;
        left -= weight;
        if (left < 0 && weight > 0) return index;
      }
      return last;
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - float())) * Math.cos(2 * Math.PI * float()),
  };
};
