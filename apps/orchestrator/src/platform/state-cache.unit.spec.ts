// The races of a cache: a change during a read, callers that share one, a read that fails.
import type { LoadedState } from "@wedsync/event-log";
import { StateCache } from "./state-cache.js";

type Answer = LoadedState<number>;
const answer = (state: number): Answer => ({ ok: true, state, version: state }) as Answer;

/** A cache whose reads a test answers one by one. */
const open = () => {
  const reads: PromiseWithResolvers<Answer>[] = [];
  const cache = new StateCache<number>({
    load: async () => {
      const read = Promise.withResolvers<Answer>();
      reads.push(read);
      return await read.promise;
    },
    isWorthKeeping: (state) => state > 0,
    max: 10,
  });
  return { cache, reads };
};

describe("folded states in memory", () => {
  it("are read once for all who ask at the same time, and held afterwards", async () => {
    const { cache, reads } = open();
    const both = [cache.get("s"), cache.get("s")];
    reads[0]?.resolve(answer(1));
    expect(await Promise.all(both)).toStrictEqual([answer(1), answer(1)]);
    expect(await cache.get("s")).toStrictEqual(answer(1));
    expect(reads).toHaveLength(1);
  });

  it("are not held when the stream changed while they were read, and nobody joins that read any more", async () => {
    const { cache, reads } = open();
    const early = cache.get("s");
    cache.forget("s");
    const late = cache.get("s");
    reads[1]?.resolve(answer(2));
    expect(await late).toStrictEqual(answer(2));
    // The older read comes last, and takes nothing back.
    reads[0]?.resolve(answer(1));
    expect(await early).toStrictEqual(answer(1));
    expect(await cache.get("s")).toStrictEqual(answer(2));
    expect(reads).toHaveLength(2);
  });

  it("are read anew after a change, and all of them after a clear, also those under way", async () => {
    const { cache, reads } = open();
    const first = cache.get("s");
    reads[0]?.resolve(answer(1));
    await first;
    cache.forget("s");
    const second = cache.get("s");
    cache.clear();
    reads[1]?.resolve(answer(2));
    await second;
    void cache.get("s");
    expect(reads).toHaveLength(3);
  });

  it("are not held when there is no such state yet, or when the read failed; then the next one asks again", async () => {
    const { cache, reads } = open();
    const none = cache.get("s");
    reads[0]?.resolve(answer(0));
    await none;
    const failing = cache.get("s");
    reads[1]?.reject(new Error("the database is away"));
    await expect(failing).rejects.toThrow("away");
    const again = cache.get("s");
    reads[2]?.resolve(answer(3));
    expect(await again).toStrictEqual(answer(3));
  });
});
