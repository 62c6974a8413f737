// What a suite needs of a test runner, so that it runs under any that looks like jest. Nothing else of a runner may be used here.

export interface Matchers {
  /** Deep equality; undefined properties count as absent. */
  toEqual(expected: unknown): void;
  /** Deep equality, undefined properties included. */
  toStrictEqual(expected: unknown): void;
}

export type Expect = (actual: unknown) => Matchers;

/** Pass the runner's own: `{ describe, it, expect }`. */
export interface TestApi {
  readonly describe: (name: string, body: () => void) => void;
  readonly it: (name: string, body: () => Promise<void>) => void;
  readonly expect: Expect;
}
