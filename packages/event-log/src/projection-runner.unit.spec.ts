import { createMemoryProjectionStore } from "./memory-projection-store.js";
import type { Projection } from "./projection.js";
import { catchUp } from "./projection-runner.js";
import { createTallyLog, sums, tally, tallyTable } from "./tally.fixture.js";

function world() {
  const { log, add } = createTallyLog();
  const store = createMemoryProjectionStore();
  return { log, add, store, options: { reader: log, store, projection: tally } };
}

const caughtUp = (position: bigint) => ({ status: "caught_up", position });

describe("catching up", () => {
  it("LOG-4: state and checkpoint arrive together, and running again changes nothing", async () => {
    const { add, store, options } = world();
    await add("a", "Added", 2);
    await add("b", "Added", 3);
    await add("a", "Added", 4);
    for (let run = 0; run < 3; run += 1) {
      expect(await catchUp(options)).toStrictEqual(caughtUp(3n));
      expect(sums(store)).toEqual({ a: 6, b: 3 });
      expect((await store.load("tally")).checkpoint).toEqual({ epoch: 1, position: 3n, generation: 1 });
    }
  });

  it("an empty log is caught up with at once", async () => {
    const { store, options } = world();
    expect(await catchUp(options)).toStrictEqual(caughtUp(0n));
    expect((await store.load("tally")).checkpoint.position).toBe(0n);
  });

  it("events it does not read, and those that change nothing, only move the checkpoint", async () => {
    const { add, store, options } = world();
    await add("a", "Other", 1, 99);
    await add("a", "Empty");
    const projection = { ...tally, write: async () => Promise.reject(new Error("there was nothing to write")) };
    expect(await catchUp({ ...options, projection })).toStrictEqual(caughtUp(2n));
    expect((await store.load("tally")).checkpoint.position).toBe(2n);
  });

  it("one transaction takes at most a batch", async () => {
    const { add, options } = world();
    for (let index = 0; index < 8; index += 1) await add("a", "Added");
    const sizes: number[] = [];
    const write: typeof tally.write = async (changes) => void sizes.push(changes.length);
    await catchUp({ ...options, batch: 3, projection: { ...tally, write } });
    expect(sizes).toEqual([3, 3, 2]);
  });
});

describe("poison", () => {
  it("LOG-4: parks its stream from there on, is shown without its content, and the rest goes on", async () => {
    const { add, store, options } = world();
    await add("a", "Added", 1);
    await add("b", "Bad");
    await add("b", "Added", 10);
    await add("a", "Added", 2);
    const told: unknown[] = [];
    expect(await catchUp({ ...options, onParked: (parked) => told.push(parked) })).toStrictEqual(caughtUp(4n));
    expect(told).toEqual((await store.load("tally")).parked);
    await add("b", "Added", 20);
    await add("b", "Bad");
    expect(await catchUp(options)).toStrictEqual(caughtUp(6n));
    expect(sums(store)).toEqual({ a: 3 });
    const parked = { stream: "b", position: 2n, type: "Bad", reason: "RangeError" };
    expect((await store.load("tally")).parked).toStrictEqual([parked]);
  });

  it("LOG-4: what was folded of a stream before its poison counts, whatever the batches", async () => {
    for (const batch of [1, 2, 3, 500]) {
      const { add, store, options } = world();
      await add("a", "Added", 1);
      await add("b", "Added", 5);
      await add("a", "Bad");
      await add("a", "Added", 1);
      await add("b", "Added", 5);
      await catchUp({ ...options, batch });
      expect(sums(store)).toEqual({ a: 1, b: 10 });
    }
  });

  it("LOG-4: stops a projection that cannot park, after everything before it, until it is mended", async () => {
    const { add, store, options } = world();
    const projection: typeof tally = { ...tally, onPoison: "stop" };
    await add("a", "Added", 1);
    await add("b", "Bad");
    await add("a", "Added", 2);
    const stopped = { status: "stopped", position: 2n, type: "Bad", reason: "RangeError" };
    for (let run = 0; run < 2; run += 1) {
      expect(await catchUp({ ...options, projection })).toStrictEqual(stopped);
      expect(sums(store)).toEqual({ a: 1 });
      expect(await store.load("tally")).toMatchObject({ checkpoint: { position: 1n }, parked: [] });
    }
    const fold = (event: Parameters<typeof tally.fold>[0]) => tally.fold({ ...event, type: "Added" });
    expect(await catchUp({ ...options, projection: { ...projection, fold } })).toStrictEqual(caughtUp(3n));
    expect(sums(store)).toEqual({ a: 3, b: 1 });
  });

  it("a thing thrown that is no error has no name to show", async () => {
    for (const thrown of ["text", null, { name: 1 }, {}]) {
      const { add, store, options } = world();
      await add("a", "Added");
      const fold = () => {
        throw thrown;
      };
      await catchUp({ ...options, projection: { ...tally, fold } });
      expect((await store.load("tally")).parked[0]?.reason).toBe("unknown");
    }
  });

  it("LOG-4: failures of the store are thrown on, blame no event, and the batch can be repeated", async () => {
    const { add, store, options } = world();
    for (const stream of ["a", "b", "a"]) await add(stream, "Added", 2);
    const away = new Error("the store is away");
    const write: typeof tally.write = async (changes, rows) => {
      await tally.write(changes, rows);
      throw away;
    };
    for (const onPoison of ["park", "stop"] as const) {
      const failing: Projection<Parameters<typeof tally.write>[0][number], Parameters<typeof tally.write>[1]> = {
        ...tally,
        onPoison,
        write,
      };
      await expect(catchUp({ ...options, projection: failing })).rejects.toBe(away);
      expect(await store.load("tally")).toMatchObject({ checkpoint: { position: 0n }, parked: [] });
      expect(store.rows(tallyTable).size).toBe(0);
    }
    expect(await catchUp(options)).toStrictEqual(caughtUp(3n));
    expect(sums(store)).toEqual({ a: 4, b: 2 });
  });
});

describe("standing still", () => {
  it("LOG-4 SCENARIOS 15: an event newer than known is held, not skipped and not poison", async () => {
    const { add, store, options } = world();
    await add("a", "Added", 1);
    await add("a", "Added", 2, 2);
    await add("b", "Added", 4);
    const held = { status: "held", position: 2n, type: "Added", schemaVersion: 2 };
    for (let run = 0; run < 2; run += 1) {
      expect(await catchUp(options)).toStrictEqual(held);
      expect(sums(store)).toEqual({ a: 1 });
      expect(await store.load("tally")).toMatchObject({ checkpoint: { position: 1n }, parked: [] });
    }
    const newer = { ...tally, knownVersions: { Added: 2 } };
    expect(await catchUp({ ...options, projection: newer })).toStrictEqual(caughtUp(3n));
    expect(sums(store)).toEqual({ a: 3, b: 4 });
  });

  it("LOG-4: a type it reads without a known version is held from its first event", async () => {
    const { add, options } = world();
    await add("a", "Added");
    const projection = { ...tally, knownVersions: {} };
    expect(await catchUp({ ...options, projection })).toMatchObject({ status: "held", position: 1n, schemaVersion: 1 });
  });

  it("LOG-4: a poison before an event that is held is parked first", async () => {
    const { add, store, options } = world();
    await add("a", "Bad");
    await add("b", "Added", 1, 2);
    expect(await catchUp(options)).toMatchObject({ status: "held", position: 2n });
    expect(await store.load("tally")).toMatchObject({ checkpoint: { position: 1n }, parked: [{ stream: "a" }] });
    const stopping: typeof tally = { ...tally, onPoison: "stop" };
    const other = world();
    await other.add("a", "Added", 1, 2);
    await other.add("b", "Bad");
    expect(await catchUp({ ...other.options, projection: stopping })).toMatchObject({ status: "held", position: 1n });
  });

  it("LOG-4 SCENARIOS 3: a checkpoint ahead of a restored log is refused and stays as it is", async () => {
    const { add, store, options } = world();
    await add("a", "Added", 1);
    const start = { epoch: 0, position: 0n, generation: 1 };
    const ahead = { epoch: 1, position: 9n, generation: 1 };
    await store.commit("tally", start, ahead, [], async () => undefined);
    expect(await catchUp(options)).toStrictEqual({ status: "ahead_of_log", position: 9n, head: 1n });
    expect(await store.load("tally")).toStrictEqual({ checkpoint: ahead, parked: [] });
    expect(sums(store)).toEqual({});
  });

  it("LOG-4 SCENARIOS 3: so is one whose event was lost, when the restored log has grown past it again", async () => {
    const { add, store, options } = world();
    for (let index = 0; index < 5; index += 1) await add("a", "Added", 1);
    const start = { epoch: 0, position: 0n, generation: 1 };
    const other = { epoch: 7, position: 3n, generation: 1 };
    await store.commit("tally", start, other, [], async () => undefined);
    expect(await catchUp(options)).toStrictEqual({ status: "ahead_of_log", position: 3n, head: 5n });
    expect(sums(store)).toEqual({});
  });

  it("LOG-4: of two runners of one projection one loses, and no event counts twice", async () => {
    const { add, store, options } = world();
    for (let index = 0; index < 6; index += 1) await add("a", "Added", 1);
    const states = await Promise.all([catchUp({ ...options, batch: 2 }), catchUp({ ...options, batch: 2 })]);
    expect(states.map((state) => state.status).toSorted()).toEqual(["caught_up", "lost"]);
    expect(states.find((state) => state.status === "lost")).toStrictEqual({ status: "lost", position: 0n });
    expect(sums(store)).toEqual({ a: 6 });
  });
});
