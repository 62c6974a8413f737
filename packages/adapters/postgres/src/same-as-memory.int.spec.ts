// SCENARIOS 6 as a property: whatever a batch holds, Postgres answers and stores what the log in memory does.
import * as fc from "fast-check";
import { createMemoryLog, type AppendRequest, type AppendResult } from "@wedsync/event-log";
import { fact, factInline, newStream, request } from "./testing/fact-events.js";
import { openFixture, type Fixture } from "./testing/fixture.js";

/** One caller of a batch: which stream, how far off its expected version is, what it writes and relies on. */
interface Call {
  readonly stream: number;
  readonly off: number;
  readonly events: readonly { readonly type: string; readonly key: number; readonly value: string | null }[];
  readonly guard: { readonly key: number; readonly value: string | null } | undefined;
  readonly poison: "none" | "nul" | "surrogate" | "deep";
}

const guardValue = fc.constantFrom("a", "b", null);
const call: fc.Arbitrary<Call> = fc.record({
  stream: fc.integer({ min: 0, max: 3 }),
  off: fc.constantFrom(0, 0, 0, 0, -1, 1),
  events: fc.array(
    fc.record({
      type: fc.constantFrom("Noted", "Forgotten", "GuardSet", "Other"),
      key: fc.integer({ min: 0, max: 2 }),
      value: guardValue,
    }),
    { minLength: 1, maxLength: 3 },
  ),
  guard: fc.option(fc.record({ key: fc.integer({ min: 0, max: 2 }), value: guardValue }), { nil: undefined }),
  poison: fc.constantFrom("none", "none", "none", "none", "none", "nul", "surrogate", "deep"),
});

const poisoned = {
  none: "fine",
  nul: "a\u0000b",
  surrogate: "\ud800",
  deep: Array.from({ length: 20 }).reduce<readonly unknown[]>((inner) => [inner], []),
} as const;

describe("a batch of callers", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await openFixture();
  });
  afterAll(async () => {
    await fixture.close();
  });

  it("SCENARIOS 6: each caller is all or nothing, as if they had come one after the other", async () => {
    const log = fixture.open();
    let accepted = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(call, { minLength: 1, maxLength: 6 }), { maxLength: 6 }), async (batches) => {
        const run = newStream();
        const memory = createMemoryLog({ clock: { now: () => 0 }, inline: factInline });
        const base = await log.head();
        const streams = Array.from({ length: 4 }, newStream);
        for (const batch of batches) {
          const versions = await Promise.all(
            streams.map(async (stream) => (await memory.readStream("fact", stream)).length),
          );
          const requests = batch.map((entry) => toRequest(entry, run, streams, versions));
          const expected = await memory.appendTogether(requests);
          const actual = await log.appendTogether(requests);
          expect(actual.map(withoutPlace)).toStrictEqual(expected.map(withoutPlace));
          for (const result of actual) {
            if (result.ok) accepted += 1;
            else refused += 1;
          }
        }
        const stored = await log.read({ after: base, limit: 10_000 });
        const reference = await memory.read({ after: 0n, limit: 10_000 });
        expect(
          stored.map(({ position, recordedAt: _recordedAt, ...event }) => ({ ...event, position: position - base })),
        ).toStrictEqual(reference.map(({ recordedAt: _recordedAt, ...event }) => event));
        const guards = await fixture.query("select key, value from wedsync.guard where key like $1 order by key", [
          `${run}/%`,
        ]);
        const memoryGuards = memory
          .rows("guard")
          .toSorted((one, other) => (String(one["key"]) < String(other["key"]) ? -1 : 1));
        expect(guards).toStrictEqual(memoryGuards);
        const notes = await fixture.query<{ stream: string }>(
          "select stream, text, amount::int4 as amount, open from wedsync.note where stream = any($1) order by stream",
          [streams],
        );
        const memoryNotes = memory
          .rows("note")
          .toSorted((one, other) => (String(one["stream"]) < String(other["stream"]) ? -1 : 1));
        expect(notes).toStrictEqual(memoryNotes);
      }),
      { numRuns: 120 },
    );
    // A property that only ever saw one outcome would prove nothing.
    expect(accepted).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(100);
  });
});

function toRequest(entry: Call, run: string, streams: readonly string[], versions: readonly number[]): AppendRequest {
  const stream = streams[entry.stream] ?? "";
  const events = entry.events.map(({ type, key, value }) =>
    fact(type, { key: `${run}/${key}`, value, amount: key, text: poisoned[entry.poison] as string }),
  );
  const guards =
    entry.guard === undefined ? {} : { guards: [{ key: `${run}/${entry.guard.key}`, value: entry.guard.value }] };
  return request(stream, Math.max(0, (versions[entry.stream] ?? 0) + entry.off), events, guards);
}

/** Results without positions and times, which differ between the two logs. */
function withoutPlace(result: AppendResult): object {
  if (!result.ok) return result;
  return { ok: true, count: Number(result.lastPosition - result.firstPosition) + 1 };
}
