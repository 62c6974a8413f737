import * as fc from "fast-check";
import { checkSchema, compareVersions, validatePayload } from "./index.js";

type Json = Readonly<Record<string, unknown>>;
const keys = fc.constantFrom("a", "b", "c");
const scalar = fc.constantFrom<unknown>("", "x", "yy", "zzz", 0, 1, 1.5, 2, 6, true, null);
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(keys, tie("value"), { maxKeys: 3 }),
  ),
})).value;
const small = fc.integer({ min: 0, max: 3 });

const plain = {
  type: fc.oneof(
    fc.constantFrom("string", "number", "integer", "object", "array", "boolean", "null"),
    fc.uniqueArray(fc.constantFrom("string", "number", "integer", "object", "array", "null"), {
      minLength: 1,
      maxLength: 3,
    }),
  ),
  enum: fc.array(value, { minLength: 1, maxLength: 3 }),
  const: scalar,
  minLength: small,
  maxLength: small,
  minimum: small,
  maximum: small,
  exclusiveMinimum: small,
  exclusiveMaximum: small,
  multipleOf: fc.constantFrom(1, 2, 3, 0.5),
  minItems: small,
  maxItems: small,
  minProperties: small,
  maxProperties: small,
  pattern: fc.constantFrom("^x", "^y+$"),
  required: fc.uniqueArray(keys, { maxLength: 2 }),
};

/** Some of the keywords, since all of them together accept nothing. */
function schemaOf(depth: number): fc.Arbitrary<Json> {
  const part = depth === 0 ? fc.boolean() : fc.oneof(fc.boolean(), schemaOf(depth - 1));
  const nested = {
    properties: fc.dictionary(keys, part, { maxKeys: 3 }),
    additionalProperties: part,
    items: part,
    prefixItems: fc.array(fc.boolean(), { minLength: 1, maxLength: 2 }),
    anyOf: fc.array(part, { minLength: 1, maxLength: 2 }),
    not: part,
  };
  const keywords: Readonly<Record<string, fc.Arbitrary<unknown>>> = { ...plain, ...nested };
  return fc
    .uniqueArray(fc.constantFrom(...Object.keys(keywords), "type", "properties", "additionalProperties"), {
      maxLength: 5,
    })
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, keywords[name] ?? fc.constant(true)]))));
}
const schema = schemaOf(2);

/** A schema and a neighbour of it, so that compatible pairs are not rare. */
const pair = fc
  .tuple(schema, schema, fc.integer({ min: 0, max: 6 }))
  .map(([before, other, keep]): readonly [Json, Json] => {
    const kept = Object.entries(before).slice(0, keep);
    const taken = Object.entries(other).slice(0, Math.max(0, 2 - keep));
    return [before, Object.fromEntries([...kept, ...taken])];
  });
const accepts = (payloadSchema: Json, payload: unknown): boolean =>
  validatePayload({ payloadSchema: payloadSchema as never }, payload).ok;

describe("REG-3: the comparison of schemas", () => {
  it("never calls compatible what refuses something accepted before", () => {
    let compatible = 0;
    fc.assert(
      fc.property(pair, fc.array(value, { minLength: 10, maxLength: 30 }), ([before, after], payloads) => {
        fc.pre(checkSchema(before).length === 0 && checkSchema(after).length === 0);
        if (compareVersions(before, after).length > 0) return;
        compatible += 1;
        for (const payload of payloads) {
          if (accepts(before, payload)) expect(accepts(after, payload)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
    expect(compatible).toBeGreaterThan(300);
  });

  it("finds nothing between a schema and itself", () => {
    fc.assert(fc.property(schema, (same) => expect(compareVersions(same, structuredClone(same))).toEqual([])));
  });
});
