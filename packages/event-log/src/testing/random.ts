// Reproducible randomness for random histories: this layer takes no library, and a failing run must be repeatable by its seed.

export interface Random {
  /** An integer from 0 to `below` - 1. */
  readonly int: (below: number) => number;
  /** One of the given values; a value that is given twice comes twice as often. */
  readonly pick: <Value>(...values: readonly [Value, ...Value[]]) => Value;
}

/** A 32-bit counter stepped by the golden ratio and mixed by multiply-xorshift; good enough to vary tests, for nothing else. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const int = (below: number): number => {
    state = (state + 0x9e37_79b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0_aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
  return { int, pick: (...values) => values[int(values.length)] ?? values[0] };
}
