// Variants side by side: A B C, A B C, ... so that whatever else the machine does hits all of them alike.

export interface Variant {
  readonly name: string;
  /** One round; resolves to its figure. */
  run(): Promise<number>;
}

export interface RoundsOptions {
  readonly rounds: number;
  readonly signal: AbortSignal;
  /** Called after each variant of each round. */
  readonly onStep?: (name: string) => void;
}

/** Figures of one variant, one a round; or why there are none. */
export type Figures =
  | { readonly ok: true; readonly values: readonly number[] }
  | { readonly ok: false; readonly reason: string };

/** Runs the variants in turns. One that fails is not tried again and does not keep the others from going on. */
export async function interleave(
  variants: readonly Variant[],
  { rounds, signal, onStep }: RoundsOptions,
): Promise<ReadonlyMap<string, Figures>> {
  const values = new Map<string, number[]>(variants.map(({ name }) => [name, []]));
  const failed = new Map<string, string>();
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, run } of variants) {
      signal.throwIfAborted();
      if (!failed.has(name)) {
        try {
          values.get(name)?.push(await run());
        } catch (error) {
          signal.throwIfAborted();
          failed.set(name, error instanceof Error ? error.message : String(error));
        }
      }
      onStep?.(name);
    }
  }
  return new Map(
    variants.map(({ name }): readonly [string, Figures] => {
      const reason = failed.get(name);
      return [name, reason === undefined ? { ok: true, values: values.get(name) ?? [] } : { ok: false, reason }];
    }),
  );
}
