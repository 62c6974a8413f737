// LOG-4 as a property: the state depends on what each stream holds, and on nothing else.
import * as fc from "fast-check";
import { createMemoryProjectionStore, type MemoryProjectionStore } from "./memory-projection-store.js";
import { catchUp } from "./projection-runner.js";
import { createTallyLog, sums, tally } from "./tally.fixture.js";

const names = ["a", "b", "c"] as const;
type Histories = Readonly<
  Record<(typeof names)[number], readonly { readonly type: string; readonly amount: number }[]>
>;

const history = fc.array(
  fc.record({
    type: fc.constantFrom("Added", "Added", "Added", "Added", "Empty", "Other", "Bad"),
    amount: fc.integer({ min: -9, max: 9 }),
  }),
  { maxLength: 8 },
);
const histories: fc.Arbitrary<Histories> = fc.record({ a: history, b: history, c: history });

/** The sums by hand: each stream up to its first poison. */
function expectedSums(given: Histories): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const name of names) {
    const poison = given[name].findIndex((event) => event.type === "Bad");
    const good = poison === -1 ? given[name] : given[name].slice(0, poison);
    const added = good.filter((event) => event.type === "Added");
    if (added.length > 0) found[name] = added.reduce((sum, event) => sum + event.amount, 0);
  }
  return found;
}

/** A log with the streams interleaved as `turns` says; each stream keeps its own order. */
async function interleaved(given: Histories, turns: readonly number[]) {
  const { log, add } = createTallyLog();
  const left = names.map((name) => ({ name, events: [...given[name]] }));
  for (let turn = 0; ; turn += 1) {
    const open = left.filter((entry) => entry.events.length > 0);
    const next = open[(turns[turn % turns.length] ?? 0) % open.length];
    const event = next?.events.shift();
    if (next === undefined || event === undefined) return log;
    await add(next.name, event.type, event.amount);
  }
}

const parkedStreams = async (store: MemoryProjectionStore) =>
  (await store.load("tally")).parked.map((entry) => entry.stream).toSorted();

const turns = fc.array(fc.nat(), { minLength: 1, maxLength: 24 });

it("LOG-4: streams interleaved differently, in batches of any size, give the same state and the same parked streams", async () => {
  await fc.assert(
    fc.asyncProperty(histories, turns, fc.integer({ min: 1, max: 30 }), async (given, order, batch) => {
      const store = createMemoryProjectionStore();
      await catchUp({ reader: await interleaved(given, order), store, projection: tally, batch });
      expect(sums(store)).toEqual(expectedSums(given));
      const poisoned = names.filter((name) => given[name].some((event) => event.type === "Bad"));
      expect(await parkedStreams(store)).toEqual(poisoned);
    }),
  );
});

it("LOG-4: batches delivered again after crashes, and by competing runners, count once", async () => {
  await fc.assert(
    fc.asyncProperty(histories, turns, fc.array(fc.boolean(), { maxLength: 12 }), async (given, order, crashes) => {
      const reader = await interleaved(given, order);
      const store = createMemoryProjectionStore();
      const left = [...crashes];
      const write: typeof tally.write = async (changes, rows) => {
        await tally.write(changes, rows);
        if (left.shift() === true) throw new Error("the process died before its commit");
      };
      const runner = async (batch: number) => {
        // A crash ends a runner and a lost race too; each is started again until it has nothing left to do.
        for (let start = 0; start < 100; start += 1) {
          const state = await catchUp({ reader, store, projection: { ...tally, write }, batch }).catch(() => undefined);
          if (state?.status === "caught_up") return state.position;
        }
        throw new Error("the runner never caught up");
      };
      const head = await reader.head();
      expect(await Promise.all([runner(1), runner(3), runner(7)])).toEqual([head, head, head]);
      expect(sums(store)).toEqual(expectedSums(given));
    }),
  );
});
