// Part of the log suite: what can never be stored is refused for its author alone, before it can break a commit group.
import type { JsonObject } from "../envelope.js";
import type { AppendRequest, EventLog } from "../log.js";
import { limits } from "../validate-append.js";
import { factCategory, factMeta } from "./facts.js";
import type { Bench } from "./log-under-test.js";

/** Data whose arrays and objects are nested this deep, with a value inside. */
const nested = (depth: number): JsonObject => (depth <= 1 ? { value: 1 } : { inner: nested(depth - 1) });

/** Data of this many bytes as JSON text. */
const sized = (bytes: number): JsonObject => ({ text: "x".repeat(bytes - '{"text":""}'.length) });

export function limitTests<Log extends EventLog>({ facts, expect, it }: Bench<Log>): void {
  const { fact, newId, request } = facts;

  it("SEC-2 U26: data of 256 KiB and 16 levels is stored and comes back whole", async (log) => {
    const stream = newId();
    const large = sized(limits.eventBytes);
    expect((await log.append(request(stream, 0, [fact("A", large), fact("B", nested(16))]))).ok).toEqual(true);
    const events = await log.readStream(factCategory, stream);
    expect(events.map((event) => event.data)).toEqual([large, nested(16)]);
  });

  it("SEC-2: an append of 1,000 events is one append", async (log) => {
    const base = await log.head();
    const result = await log.append(
      request(
        newId(),
        0,
        Array.from({ length: limits.events }, () => fact("A")),
      ),
    );
    expect(result.ok ? result.lastPosition - result.firstPosition : result).toEqual(BigInt(limits.events - 1));
    expect(await log.head()).toEqual(base + BigInt(limits.events));
  });

  const twice = newId();
  const bad: readonly (readonly [string, string, () => AppendRequest])[] = [
    ["data of 256 KiB and a byte", "too_large", () => request(newId(), 0, [fact("A", sized(limits.eventBytes + 1))])],
    [
      "long text of two-byte letters",
      "too_large",
      () => request(newId(), 0, [fact("A", { text: "ż".repeat(131_072) })]),
    ],
    ["17 levels", "too_deep", () => request(newId(), 0, [fact("A", nested(17))])],
    ["a NUL", "bad_text", () => request(newId(), 0, [fact("A", { text: "a\u0000b" })])],
    ["a high surrogate alone", "bad_text", () => request(newId(), 0, [fact("A", { list: ["\ud83d"] })])],
    ["a low surrogate in a key", "bad_text", () => request(newId(), 0, [fact("A", { "\ude00": 1 })])],
    [
      "a NUL in the metadata",
      "bad_text",
      () => request(newId(), 0, [fact("A")], { meta: { ...factMeta, actor: "\u0000" } }),
    ],
    ["a NUL in a type", "bad_text", () => request(newId(), 0, [fact("\u0000")])],
    ["half a letter in a subject", "bad_text", () => request(newId(), 0, [{ ...fact("A"), subject: "\ud800" }])],
    [
      "a NUL in a guard",
      "bad_text",
      () => request(newId(), 0, [fact("A")], { guards: [{ key: "\u0000", value: null }] }),
    ],
    ["an infinite number", "not_json", () => request(newId(), 0, [fact("A", { n: Number.POSITIVE_INFINITY })])],
    ["no event", "empty", () => request(newId(), 0, [])],
    ["no stream", "empty", () => request(newId(), 0, [], { streams: [] })],
    [
      "1,001 events",
      "too_large",
      () =>
        request(
          newId(),
          0,
          Array.from({ length: limits.events + 1 }, () => fact("A")),
        ),
    ],
    [
      "a stream named twice",
      "duplicate_stream",
      () =>
        request(twice, 0, [], {
          streams: [0, 1].map((expectedVersion) => ({
            category: factCategory,
            stream: twice,
            expectedVersion,
            events: [fact("A")],
          })),
        }),
    ],
  ];

  for (const [what, reason, make] of bad) {
    it(`SEC-2 SCENARIOS 6: ${what} is refused as ${reason}, its neighbours are written`, async (log) => {
      const base = await log.head();
      const [first, last] = [newId(), newId()];
      const results = await log.appendTogether([request(first, 0, [fact("A")]), make(), request(last, 0, [fact("A")])]);
      expect(results.map((result) => (result.ok ? result.firstPosition - base : result.code))).toEqual([
        1n,
        "append_invalid",
        2n,
      ]);
      const refused = results[1];
      expect(refused?.ok === false && refused.code === "append_invalid" ? refused.reason : refused).toEqual(reason);
      expect((await log.read({ after: base, limit: 10 })).map((event) => event.stream)).toEqual([first, last]);
    });
  }

  it("SEC-2: bad appends among many concurrent ones are refused alone", async (log) => {
    const base = await log.head();
    const results = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        log.append(request(newId(), 0, [fact("A", { text: index % 3 === 0 ? "\ud800" : "fine" })])),
      ),
    );
    expect(results.map((result) => result.ok)).toEqual(results.map((_, index) => index % 3 !== 0));
    expect(await log.head()).toEqual(base + 20n);
  });
}
