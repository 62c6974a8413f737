import * as fc from "fast-check";
import { goldenDigest, schemaDigest } from "./digest.js";
import { canonicalText, printJson, toJson } from "./json-text.js";

const json = fc.jsonValue({ maxDepth: 4 }).map((value) => toJson({ value }));

it("LOG-5: a file's text says the same value and the same hash as what was written", () => {
  fc.assert(
    fc.property(json, (value) => {
      const read = toJson(JSON.parse(printJson(value)));
      expect(read).toEqual(value);
      expect(goldenDigest(read)).toBe(goldenDigest(value));
    }),
  );
});

it("LOG-5: equal texts mean equal values, whatever the order of keys", () => {
  fc.assert(
    fc.property(json, json, (a, b) => {
      const equal = canonicalText(a) === canonicalText(b);
      expect(equal).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
    }),
  );
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  // Named, so that an empty object is not taken for an empty list.
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { entries: entries.map(([key, inner]) => [key, sorted(inner)]) };
}

it("LOG-5: a field called title or description counts, the keywords of that name do not", () => {
  const schema = { type: "object", properties: { title: { type: "string" }, description: { type: "string" } } };
  const worded = { ...schema, title: "T", properties: { ...schema.properties, title: { type: "string", title: "x" } } };
  const { description: _description, ...without } = schema.properties;
  expect(schemaDigest(worded)).toBe(schemaDigest(schema));
  expect(schemaDigest({ ...schema, properties: without })).not.toBe(schemaDigest(schema));
});

it("LOG-5: what a value must be counts, also where it looks like a keyword", () => {
  const constant = (text: string) => ({ const: { title: text } });
  expect(schemaDigest(constant("a"))).not.toBe(schemaDigest(constant("b")));
  expect(schemaDigest({ maxLength: 64 })).not.toBe(schemaDigest({ maxLength: 65 }));
  expect(schemaDigest({ required: ["a"] })).not.toBe(schemaDigest({ required: [] }));
  expect(schemaDigest({ oneOf: [{ type: "null", title: "a" }] })).toBe(schemaDigest({ oneOf: [{ type: "null" }] }));
});
