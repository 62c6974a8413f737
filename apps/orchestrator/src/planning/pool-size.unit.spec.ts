import { PoolSize } from "./pool-size.js";

const pool = (more: Partial<ConstructorParameters<typeof PoolSize>[0]> = {}): PoolSize =>
  new PoolSize({ floor: 4, max: 16, shrinkAfterMs: 30_000, ...more });

describe("the size of a pool", () => {
  it("SEA-9: grows at once, to what is wanted beyond the workers elsewhere, at most to its maximum", () => {
    const size = pool();
    expect(size.next(4, 0, 0)).toBe(4);
    expect(size.next(12, 0, 5_000)).toBe(12);
    expect(size.next(100, 0, 10_000)).toBe(16);
    expect(pool().next(12, 6, 0)).toBe(6);
  });

  it("shrinks only after less was wanted for a while, never below its floor", () => {
    const size = pool();
    expect(size.next(12, 0, 0)).toBe(12);
    expect(size.next(0, 0, 5_000)).toBe(12);
    expect(size.next(0, 0, 30_000)).toBe(12);
    expect(size.next(0, 0, 30_001)).toBe(4);
  });

  it("a maximum at or below the floor keeps its size", () => {
    const size = pool({ max: 2 });
    expect([size.next(100, 0, 0), size.next(0, 50, 60_000)]).toEqual([4, 4]);
  });
});
