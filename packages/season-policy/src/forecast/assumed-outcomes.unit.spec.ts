import { assumedMisses, assumedOutcomes, countChances } from "./assumed-outcomes.js";

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const meanOf = (chances: readonly number[]): number => sum(chances.map((chance, count) => chance * count));
const varianceOf = (chances: readonly number[]): number =>
  sum(chances.map((chance, count) => chance * (count - meanOf(chances)) ** 2));

describe("the chances of counts", () => {
  it.each([
    [0.05, 0.06],
    [3, 12],
    [8, 8],
    [29, 105],
  ])("have the mean %d and the variance %d that are asked for", (mean, variance) => {
    const chances = countChances(mean, variance);
    expect(sum(chances)).toBeCloseTo(1);
    expect(meanOf(chances)).toBeCloseTo(mean, 3);
    expect(varianceOf(chances) / variance).toBeCloseTo(1, 3);
  });

  it("are those of Poisson where variance and mean agree, and of a binomial that ends where it is smaller", () => {
    expect(countChances(0.5, 0.5)[2]).toBeCloseTo((Math.exp(-0.5) * 0.25) / 2);
    const coins = countChances(2, 1);
    expect(coins.length).toBe(5);
    expect(coins[2]).toBeCloseTo(6 / 16);
  });
});

describe("what is assumed of an outcome", () => {
  it("SEA-3: where 0.05 events a day are expected there is hardly ever one", () => {
    const { outcomes, chanceOf } = assumedOutcomes(0.05, Math.sqrt(1.1));
    expect(chanceOf(1)).toBeGreaterThan(0.03);
    expect(chanceOf(1)).toBeLessThan(0.05);
    expect(Array.from(outcomes)).toEqual([...Array<number>(assumedMisses - 1).fill(0), 1]);
  });

  it("SEA-3: small counts go over into large ones without a step", () => {
    const ends = [29.99, 30.01].map((point) => {
      const { outcomes, chanceOf } = assumedOutcomes(point, Math.sqrt(2 * point + 1));
      return { low: outcomes[2] ?? 0, high: outcomes[13] ?? 0, chance: chanceOf(40) };
    });
    const [small, normal] = ends as [(typeof ends)[0], (typeof ends)[0]];
    expect(Math.abs(small.low - normal.low)).toBeLessThan(2.5);
    expect(Math.abs(small.high - normal.high)).toBeLessThan(2.5);
    expect(Math.abs(small.chance - normal.chance)).toBeLessThan(0.1);
  });

  it("nothing comes where nothing is expected", () => {
    const { outcomes, chanceOf } = assumedOutcomes(0, 1);
    expect(Array.from(outcomes)).toEqual(Array(assumedMisses).fill(0));
    expect([chanceOf(0), chanceOf(1)]).toEqual([1, 0]);
  });
});
