// The conformance suite of the projection store port: state, checkpoint and parked streams are one transaction, or nothing.
import type { Checkpoint, ParkedStream, ProjectionStore } from "../projection.js";
import type { TestApi } from "./test-api.js";

/** A store, and a scratch table of numbers by text key that its transactions can write. */
export interface ProjectionStoreUnderTest<Transaction> {
  readonly store: ProjectionStore<Transaction>;
  /** Writes a number inside a transaction. */
  readonly put: (transaction: Transaction, key: string, value: number) => Promise<void>;
  /** Reads what is committed; undefined for an unknown key. */
  readonly get: (key: string) => Promise<number | undefined>;
  /** Frees what `create` took. */
  readonly close?: () => Promise<void>;
}

export interface ProjectionStoreSuite<Transaction> {
  readonly name: string;
  /** Called by each test. May give the same store each time; names, keys and streams are fresh. */
  readonly create: () => Promise<ProjectionStoreUnderTest<Transaction>>;
  /** A fresh UUID, lower case. */
  readonly newId: () => string;
}

const start: Checkpoint = { epoch: 0, position: 0n, generation: 1 };
const at = (position: bigint, more: Partial<Checkpoint> = {}): Checkpoint => ({
  epoch: 1,
  position,
  generation: 1,
  ...more,
});

/** Registers the suite; an adapter calls it in its own spec. */
export function describeProjectionStore<Transaction>(
  { describe, it, expect }: TestApi,
  { name: title, create, newId }: ProjectionStoreSuite<Transaction>,
): void {
  const test = (name: string, body: (subject: ProjectionStoreUnderTest<Transaction>) => Promise<void>): void =>
    it(name, async () => {
      const subject = await create();
      try {
        await body(subject);
      } finally {
        await subject.close?.();
      }
    });
  const parkedAt = (position: bigint, stream = newId()): ParkedStream => ({
    stream,
    position,
    type: "Noted",
    reason: "TypeError",
  });
  const nothing = async (): Promise<void> => undefined;

  describe(`${title} is a projection store`, () => {
    test("an unknown projection stands at the start of generation 1, with nothing parked", async ({ store }) => {
      expect(await store.load(newId())).toStrictEqual({ checkpoint: start, parked: [] });
    });

    test("LOG-4: state, checkpoint and parked streams appear together", async ({ store, put, get }) => {
      const [name, key, parked] = [newId(), newId(), parkedAt(6n)];
      const outcome = await store.commit(name, start, at(7n), [parked], async (transaction) => {
        await put(transaction, key, 1);
        expect(await get(key)).toEqual(undefined);
      });
      expect(outcome).toEqual("committed");
      expect(await get(key)).toEqual(1);
      expect(await store.load(name)).toStrictEqual({ checkpoint: at(7n), parked: [parked] });
    });

    test("LOG-4: when the work throws, nothing is stored and its own error is thrown on", async ({
      store,
      put,
      get,
    }) => {
      const [name, key] = [newId(), newId()];
      const failure = new Error("the work failed");
      const outcome = await store
        .commit(name, start, at(7n), [parkedAt(6n)], async (transaction) => {
          await put(transaction, key, 1);
          throw failure;
        })
        .catch((error: unknown) => error);
      expect(outcome === failure).toEqual(true);
      expect(await get(key)).toEqual(undefined);
      expect(await store.load(name)).toStrictEqual({ checkpoint: start, parked: [] });
      expect(await store.commit(name, start, at(7n), [], nothing)).toEqual("committed");
    });

    test("LOG-4: a commit whose expected checkpoint is not the stored one is lost and writes nothing", async (subject) => {
      const { store, put, get } = subject;
      const name = newId();
      await store.commit(name, start, at(7n), [], nothing);
      for (const stale of [start, at(6n), at(8n), at(7n, { epoch: 2 }), at(7n, { generation: 2 })]) {
        const key = newId();
        const work = async (transaction: Transaction) => await put(transaction, key, 1);
        expect(await store.commit(name, stale, at(9n), [parkedAt(8n)], work)).toEqual("lost");
        expect(await get(key)).toEqual(undefined);
      }
      expect(await store.load(name)).toStrictEqual({ checkpoint: at(7n), parked: [] });
    });

    test("LOG-4: of runners that commit the same batch at once, one wins and the state has it once", async (subject) => {
      const { store, put, get } = subject;
      const [name, key] = [newId(), newId()];
      let from = start;
      for (let round = 1; round <= 5; round += 1) {
        const next = at(BigInt(round));
        const outcomes = await Promise.all(
          [1, 2, 3, 4].map(async (runner) => {
            const work = async (transaction: Transaction) => await put(transaction, key, round * 10 + runner);
            return { runner, outcome: await store.commit(name, from, next, [], work) };
          }),
        );
        const winners = outcomes.filter(({ outcome }) => outcome === "committed");
        expect(winners.length).toEqual(1);
        expect(await get(key)).toEqual(round * 10 + (winners[0]?.runner ?? 0));
        from = next;
      }
    });

    test("LOG-4: a rebuild raises the generation, and the runner of the old one loses", async ({ store }) => {
      const name = newId();
      await store.commit(name, start, at(7n), [], nothing);
      const rebuilt: Checkpoint = { epoch: 0, position: 0n, generation: 2 };
      expect(await store.commit(name, at(7n), rebuilt, [], nothing)).toEqual("committed");
      expect(await store.commit(name, at(7n), at(8n), [], nothing)).toEqual("lost");
      expect(await store.commit(name, rebuilt, at(8n, { generation: 2 }), [], nothing)).toEqual("committed");
      expect((await store.load(name)).checkpoint).toStrictEqual(at(8n, { generation: 2 }));
    });

    test("LOG-4: parked streams stay parked, are listed by position, and keep their first reason", async ({
      store,
    }) => {
      const name = newId();
      const [late, early] = [parkedAt(9_007_199_254_740_993n), parkedAt(3n)];
      await store.commit(name, start, at(9_007_199_254_740_993n), [late, early], nothing);
      const again = { ...parkedAt(9_007_199_254_740_995n, early.stream), reason: "RangeError" };
      await store.commit(name, at(9_007_199_254_740_993n), at(9_007_199_254_740_996n), [again], nothing);
      expect((await store.load(name)).parked).toStrictEqual([early, late]);
    });

    test("projections of different names know nothing of each other", async ({ store, put, get }) => {
      const [one, other, key] = [newId(), newId(), newId()];
      const write = (value: number) => async (transaction: Transaction) => await put(transaction, key, value);
      await store.commit(one, start, at(7n), [parkedAt(7n)], write(1));
      expect(await store.load(other)).toStrictEqual({ checkpoint: start, parked: [] });
      expect(await store.commit(other, start, at(2n), [], write(2))).toEqual("committed");
      expect((await store.load(one)).checkpoint).toStrictEqual(at(7n));
      expect(await get(key)).toEqual(2);
    });
  });
}
