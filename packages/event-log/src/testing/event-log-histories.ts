// Part of the log suite: random histories, each answer and the whole content compared with a reference model.
import type { AppendResult } from "../append-result.js";
import { appendClasses, type AppendRequest, type EventLog } from "../log.js";
import { factCategory, factMeta, type Facts } from "./facts.js";
import type { Bench } from "./log-under-test.js";
import { createRandom, type Random } from "./random.js";
import { createReferenceModel, type ReferenceModel } from "./reference-model.js";

const histories = 8;
const batches = 12;

interface World {
  readonly random: Random;
  readonly facts: Facts;
  readonly model: ReferenceModel;
  readonly streams: readonly [string, ...string[]];
  readonly keys: readonly [string, ...string[]];
}

/** An append that is right more often than wrong, as the model stands, and whether its content can be stored. */
function randomAppend({ random, facts, model, streams, keys }: World): { request: AppendRequest; valid: boolean } {
  const poison = random.pick("", "", "", "", "", "", "", "\u0000", "\ud800");
  const first = random.int(streams.length);
  const chosen = random.int(4) === 0 ? [first, (first + 1) % streams.length] : [first];
  const guards = random.int(3) === 0 ? [{ key: random.pick(...keys), off: random.int(5) === 0 }] : [];
  const request: AppendRequest = {
    class: random.pick(...appendClasses),
    meta: factMeta,
    streams: chosen.map((index) => {
      const stream = streams[index] ?? "";
      return {
        category: factCategory,
        stream,
        expectedVersion: Math.max(0, model.version(stream) + random.pick(0, 0, 0, 0, 0, 0, -1, 1)),
        events: Array.from({ length: 1 + random.int(3) }, () =>
          facts.fact(random.pick("Noted", "Noted", "Forgotten", "GuardSet", "Other"), {
            key: random.pick(...keys),
            value: random.pick("a", "b", null),
            text: `text ${random.int(100)}${poison}`,
          }),
        ),
      };
    }),
    guards: guards.map(({ key, off }) => ({ key, value: off ? "never" : model.guard(key) })),
  };
  return { request, valid: poison === "" };
}

const codeOf = (result: AppendResult): string => (result.ok ? "appended" : result.code);

async function everything(log: EventLog, after: bigint) {
  const events = [];
  for (let from = after; ;) {
    const page = await log.read({ after: from, limit: 17 });
    const end = page.at(-1);
    if (end === undefined) return events;
    events.push(...page);
    from = end.position;
  }
}

export function historyTests<Log extends EventLog>({ suite, facts, expect, it }: Bench<Log>): void {
  it("SCENARIOS 6 INVARIANTS 7: each caller is all or nothing, as if all had come one after the other", async (log) => {
    const tally = new Map<string, number>();
    for (let history = 0; history < histories; history += 1) {
      const seed = (suite.seed ?? 1) * 1_000 + history;
      const base = await log.head();
      const world: World = {
        random: createRandom(seed),
        facts,
        model: createReferenceModel(),
        streams: [facts.newId(), facts.newId(), facts.newId(), facts.newId()],
        keys: [facts.newId(), facts.newId(), facts.newId()],
      };
      for (let batch = 0; batch < batches; batch += 1) {
        const requests: AppendRequest[] = [];
        const expected: string[] = [];
        for (let size = 1 + world.random.int(6); size > 0; size -= 1) {
          const { request, valid } = randomAppend(world);
          requests.push(request);
          expected.push(world.model.append(request, valid));
        }
        for (const code of expected) tally.set(code, (tally.get(code) ?? 0) + 1);
        const results = await log.appendTogether(requests);
        expect({ seed, batch, codes: results.map(codeOf) }).toEqual({ seed, batch, codes: expected });
      }
      const stored = await everything(log, base);
      expect({
        seed,
        events: stored.map(({ id, type, schemaVersion, data, stream, streamVersion, position }) => {
          return { id, type, schemaVersion, data, stream, streamVersion, position };
        }),
      }).toEqual({
        seed,
        events: world.model.events.map((event, index) => ({ ...event, position: base + BigInt(index) + 1n })),
      });
      await compareRows(log, world, seed);
    }
    // Histories that only ever saw one outcome would prove nothing.
    for (const code of ["appended", "append_invalid", "version_conflict", "guard_refused"]) {
      expect([code, (tally.get(code) ?? 0) >= 10]).toEqual([code, true]);
    }
  });

  const compareRows = async (log: Log, { model, keys, streams }: World, seed: number): Promise<void> => {
    if (suite.rows === undefined) return;
    const [guards, notes] = [await suite.rows(log, "guard"), await suite.rows(log, "note")];
    for (const key of keys) {
      const value = guards.find((row) => row["key"] === key)?.["value"] ?? null;
      expect({ seed, key, value }).toEqual({ seed, key, value: model.guard(key) });
    }
    for (const stream of streams) {
      const text = notes.find((row) => row["stream"] === stream)?.["text"];
      expect({ seed, stream, text }).toEqual({ seed, stream, text: model.notes.get(stream) });
    }
  };
}
