// The two readers of a stored event, the JSON Schema for other languages and the zod schema for this platform, must agree
// about every payload. Payloads are the golden ones with one thing changed.
import * as fc from "fast-check";
import type { Json, JsonObject } from "@wedsync/event-log";
import { catalogue } from "./catalogue.js";
import { createCodec } from "./codec.js";
import { refusalOf } from "./generate/compatibility.js";
import { newestVersion } from "./generate/event-schema.js";
import { isList, isObject } from "./generate/json-text.js";

const canary = "Ada Canary, ada@example.test";
const number = 424_242_424_242.5;
const events = catalogue.map((entry) => ({ ...newestVersion(entry), definition: entry.definition }));

type Path = readonly string[];

function pathsOf(value: Json, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function changeAt(value: Json, [key, ...rest]: Path, change: (value: Json) => Json | undefined): Json | undefined {
  if (key === undefined) return change(value);
  if (isList(value)) {
    return value.flatMap((item, index) => (String(index) === key ? (changeAt(item, rest, change) ?? []) : [item]));
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(
    ([name, inner]) => [name, name === key ? changeAt(inner, rest, change) : inner] as const,
  );
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

const wrongValues: readonly Json[] = [canary, number, -1, 0, true, null, [], [canary], {}, { [canary]: canary }];
const changes = fc.oneof(
  fc.constantFrom(...wrongValues).map((wrong) => (): Json => wrong),
  fc.constant(() => undefined),
  fc.constant((value: Json): Json => (isObject(value) ? { ...value, [canary]: number } : value)),
);

const changed = fc.constantFrom(...events).chain((event) =>
  fc.record({
    event: fc.constant(event),
    data: fc
      .tuple(fc.constantFrom(...pathsOf(event.golden).filter((path) => path.length > 0)), changes)
      .map(([path, change]) => changeAt(event.golden, path, change) as JsonObject),
  }),
);

const decode = ({ definition, type, version }: (typeof events)[number], data: JsonObject) =>
  createCodec([definition]).decode({ type, schemaVersion: version, data });

it("LOG-5: the zod schema and the JSON Schema of an event accept and refuse the same payloads", () => {
  let refused = 0;
  fc.assert(
    fc.property(changed, ({ event, data }) => {
      const { ok } = decode(event, data);
      refused += ok ? 0 : 1;
      expect({ accepts: refusalOf(event.schema, data) === undefined }).toEqual({ accepts: ok });
    }),
    { numRuns: 3_000 },
  );
  // A test of refusals that saw none would say nothing.
  expect(refused).toBeGreaterThan(1_000);
});

it("LOG-6: a refusal repeats neither the value nor the key that was wrong", () => {
  fc.assert(
    fc.property(changed, ({ event, data }) => {
      const decoded = decode(event, data);
      const said = decoded.ok ? "" : JSON.stringify(decoded);
      expect(said).not.toContain("Canary");
      expect(said).not.toContain(String(number));
      expect(`${refusalOf(event.schema, data)}`).not.toContain(String(number));
    }),
    { numRuns: 3_000 },
  );
});

it.each(events)("LOG-5: $type refuses a field that it does not know", (event) => {
  const data = { ...event.golden, [canary]: 1 };
  expect(decode(event, data)).toMatchObject({
    ok: false,
    code: "invalid",
    message: `${event.type}: unrecognized_keys`,
  });
  expect(refusalOf(event.schema, data)).toBeDefined();
});
