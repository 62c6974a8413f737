// Following the log: the second way to run a projection (projection-runner.unit.spec.ts has the first).
import { createMemoryProjectionStore } from "./memory-projection-store.js";
import { catchUp, runProjection, type RunnerState } from "./projection-runner.js";
import { createTallyLog, sums, tally } from "./tally.fixture.js";

function world() {
  const { log, add } = createTallyLog();
  const store = createMemoryProjectionStore();
  return { log, add, store, options: { reader: log, store, projection: tally } };
}

const caughtUp = (position: bigint) => ({ status: "caught_up", position });

describe("following", () => {
  /** Runs a projection until a state that satisfies `until`, and gives all states. */
  function follow(
    options: ReturnType<typeof world>["options"] & { batch?: number; rest?: () => Promise<unknown> },
    until: (state: RunnerState) => boolean,
  ) {
    const controller = new AbortController();
    const states: RunnerState[] = [];
    const onState = (state: RunnerState) => {
      states.push(state);
      if (until(state)) controller.abort();
    };
    const ended = runProjection({ ...options, signal: controller.signal, onState });
    /** Until it has told of a position for the first time. */
    const reached = async (position: bigint) => {
      while (states.at(-1)?.position !== position) await Promise.resolve();
    };
    return { states, ended, reached };
  }

  it("LOG-4: what is written later is applied, and the end is its last state", async () => {
    const { add, store, options } = world();
    await add("a", "Added", 1);
    const { states, ended, reached } = follow({ ...options, batch: 1 }, (state) => state.position === 3n);
    await reached(1n);
    await add("b", "Added", 2);
    await add("a", "Added", 3);
    expect(await ended).toStrictEqual({ status: "running", position: 3n });
    expect(states.at(-1)).toStrictEqual(await ended);
    expect(states[0]?.status).toBe("caught_up");
    expect(sums(store)).toEqual({ a: 4, b: 2 });
  });

  it("LOG-4: what is written while it rests comes in one transaction; a reader that is behind does not rest", async () => {
    const { add, store, options } = world();
    const sizes: number[] = [];
    const write: typeof tally.write = async (changes, transaction) => {
      sizes.push(changes.length);
      await tally.write(changes, transaction);
    };
    let rests = 0;
    const rest = async () => {
      rests += 1;
      if (rests === 1) for (let each = 0; each < 5; each += 1) await add("a", "Added", 1);
    };
    const following = { ...options, projection: { ...tally, write }, batch: 4, rest };
    const { ended, reached } = follow(following, (state) => state.position === 6n);
    await reached(0n);
    await add("a", "Added", 1);
    expect(await ended).toStrictEqual({ status: "running", position: 6n });
    expect(sizes).toEqual([1, 4, 1]);
    expect(rests).toBe(2);
    expect(sums(store)).toEqual({ a: 6 });
  });

  it("nobody need listen, and a signal that aborted before ends it caught up", async () => {
    const { add, options } = world();
    await add("a", "Added", 1);
    const controller = new AbortController();
    controller.abort();
    expect(await runProjection({ ...options, signal: controller.signal })).toStrictEqual(caughtUp(1n));
  });

  it("LOG-4: it does not start to follow when it must stand still", async () => {
    const { add, options } = world();
    await add("a", "Added", 1, 2);
    const { states, ended } = follow(options, () => false);
    expect(await ended).toMatchObject({ status: "held", position: 1n });
    expect(states).toHaveLength(1);
  });

  it("LOG-4: it ends at an event newer than known that comes later", async () => {
    const { add, store, options } = world();
    const { ended, reached } = follow(options, () => false);
    await reached(0n);
    await add("a", "Added", 1);
    await add("a", "Added", 1, 2);
    expect(await ended).toMatchObject({ status: "held", position: 2n });
    expect(sums(store)).toEqual({ a: 1 });
  });

  it("LOG-4: it ends when another runner of the same name took over", async () => {
    const { add, store, options } = world();
    const { ended, reached } = follow(options, () => false);
    await reached(0n);
    await add("a", "Added", 1);
    await reached(1n);
    const { checkpoint } = await store.load("tally");
    await store.commit("tally", checkpoint, { ...checkpoint, generation: 2 }, [], async () => undefined);
    await add("a", "Added", 1);
    expect(await ended).toStrictEqual({ status: "lost", position: 1n });
    expect(sums(store)).toEqual({ a: 1 });
  });

  it("LOG-4: a failing store ends it with the store's own error; the next run goes on from the checkpoint", async () => {
    const { add, store, options } = world();
    const away = new Error("the store is away");
    const failing = { ...tally, write: async () => Promise.reject(away) };
    const { ended, reached } = follow({ ...options, projection: failing }, () => false);
    await reached(0n);
    await add("a", "Added", 1);
    await expect(ended).rejects.toBe(away);
    expect(await store.load("tally")).toMatchObject({ checkpoint: { position: 0n }, parked: [] });
    expect(await catchUp(options)).toStrictEqual(caughtUp(1n));
    expect(sums(store)).toEqual({ a: 1 });
  });
});
