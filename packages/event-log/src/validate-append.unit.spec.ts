import * as fc from "fast-check";
import type { Json, JsonObject } from "./envelope.js";
import { createFacts } from "./testing/facts.js";
import { dataText, limits, validateAppend } from "./validate-append.js";

const { fact, request } = createFacts(() => "0199c3a0-0000-7000-8000-000000000001");
const place = (data: unknown) => {
  const found = dataText(data as Json, "Type");
  return typeof found === "string" ? found : `${found.reason} ${found.path}`;
};

describe("data of an event", () => {
  it("SEC-2: a refusal says where by a JSON pointer and never what", () => {
    const secret = "Anna\u0000";
    const found = dataText({ list: [{ "a/b~c": secret }] }, "Type");
    expect(found).toEqual({
      ok: false,
      code: "append_invalid",
      reason: "bad_text",
      path: "Type/list/0/a~1b~0c",
      message: "Text holds a NUL or half a surrogate pair; remove it.",
    });
    expect(place({ deep: { "\ud800": 1 } })).toBe("bad_text Type/deep");
  });

  it("SEC-2: what JSON cannot say is refused, what it leaves out is left out", () => {
    const date = { toJSON: () => "2026-01-01" };
    expect(place({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect([place({ a: Number.NaN }), place({ a: [undefined] }), place({ a: 1n })]).toEqual([
      "not_json Type/a",
      "not_json Type/a/0",
      "not_json Type/a",
    ]);
    expect([place({ a: () => 1 }), place({ a: Symbol("s") }), place({ a: date })]).toEqual([
      "not_json Type/a",
      "not_json Type/a",
      "not_json Type/a",
    ]);
    expect(place({ a: Array.from({ length: 1 }) })).toBe("not_json Type/a/0");
    expect(place({ toJSON: "a key like any other" })).toBe('{"toJSON":"a key like any other"}');
  });

  it("SEC-2 U26: sixteen levels of arrays and objects are the limit, a cycle ends there", () => {
    const nested = (depth: number): Json => (depth === 1 ? ["value"] : [nested(depth - 1)]);
    expect(place(nested(limits.depth))).toContain("value");
    expect(place(nested(limits.depth + 1))).toBe(`too_deep Type${"/0".repeat(limits.depth)}`);
    const cycle: Record<string, unknown> = {};
    cycle["again"] = cycle;
    expect(place(cycle)).toBe(`too_deep Type${"/again".repeat(limits.depth)}`);
  });

  it("SEC-2: JSON comes out as JSON.parse reads it", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8, stringUnit: "binary" }), (value) => {
        const text = dataText(value as Json, "Type");
        if (typeof text === "string") expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        else expect(JSON.stringify(value)).toMatch(/\\u0000|\\ud[89a-f]/);
      }),
    );
  });

  it("SEC-2 U26: the size is counted in UTF-8 bytes of the JSON text", () => {
    const bytes = new TextEncoder();
    fc.assert(
      fc.property(
        fc.constantFrom("x", "ż", "€", "😀"),
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: 0, max: 3 }),
        (letter, off, ascii) => {
          const count = Math.floor((limits.eventBytes - 2 - ascii) / bytes.encode(letter).length) + off;
          const text = "x".repeat(ascii) + letter.repeat(count);
          const isTooLarge = bytes.encode(JSON.stringify(text)).length > limits.eventBytes;
          expect(typeof dataText(text, "Type") === "string").toBe(!isTooLarge);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("a request", () => {
  const label = (found: ReturnType<typeof validateAppend>) =>
    found.ok ? found.texts : `${found.reason} ${found.path}`;

  it("gives the texts of all events, stream by stream", () => {
    const { streams } = request("s-1", 0, [fact("A", { n: 1 }), fact("B", { n: 2 })]);
    const two = { streams: [...streams, { category: "fact", stream: "s-2", expectedVersion: 0, events: [fact("C")] }] };
    expect(validateAppend(request("", 0, [], two))).toMatchObject({ ok: true, texts: ['{"n":1}', '{"n":2}', "{}"] });
  });

  it("SEC-2: bad text around the data is refused with its place", () => {
    const bad = "\u0000";
    const with_ = (more: object) => label(validateAppend(request("s-1", 0, [fact("A")], more)));
    expect([
      with_({ streams: [{ category: bad, stream: "s-1", expectedVersion: 0, events: [fact("A")] }] }),
      label(validateAppend(request("s-1", 0, [fact("A"), fact(bad)]))),
      label(validateAppend(request("s-1", 0, [{ ...fact("A"), subject: bad }]))),
      with_({
        guards: [
          { key: "k", value: null },
          { key: bad, value: null },
        ],
      }),
      with_({ guards: [{ key: "k", value: bad }] }),
      with_({ leader: { role: bad, epoch: 1 } }),
      with_({ meta: { actor: bad } }),
    ]).toEqual([
      "bad_text streams/0/category",
      "bad_text streams/0/events/1/type",
      "bad_text streams/0/events/0/subject",
      "bad_text guards/1/key",
      "bad_text guards/0/value",
      "bad_text leader/role",
      "bad_text meta/actor",
    ]);
  });

  it("a good leader, guard and subject are no obstacle", () => {
    const more = { leader: { role: "r", epoch: 1 }, guards: [{ key: "k", value: "v" }] };
    expect(validateAppend(request("s-1", 0, [{ ...fact("A"), subject: "part" }], more)).ok).toBe(true);
  });

  it("SEC-2: number of events, emptiness and repeated streams are checked", () => {
    const many = (count: number) =>
      label(
        validateAppend(
          request(
            "s-1",
            0,
            Array.from({ length: count }, () => fact("A")),
          ),
        ),
      );
    expect(many(limits.events).length).toBe(limits.events);
    expect(many(limits.events + 1)).toBe("too_large streams");
    expect(many(0)).toBe("empty streams");
    const { streams } = request("s-1", 0, [fact("A")]);
    expect(label(validateAppend(request("", 0, [], { streams: [...streams, ...streams] })))).toBe(
      "duplicate_stream fact",
    );
  });

  it("the data of the first bad event is the reason", () => {
    const data: JsonObject = { a: "\ud800" };
    expect(label(validateAppend(request("s-1", 0, [fact("A"), fact("B", data), fact("C", data)])))).toBe(
      "bad_text B/a",
    );
  });
});
