import { compareVersions } from "./index.js";

const changes = (before: object, after: object): readonly string[] =>
  compareVersions({ type: "object", ...before }, { type: "object", ...after }).map(
    ({ kind, path, rule }) => `${kind} ${path} ${rule}`,
  );
const a = (schema: object) => ({ properties: { a: schema } });

describe("REG-3: what a new version would refuse", () => {
  it.each([
    [
      "a new optional property of an open object that had none",
      a({ type: "string" }),
      { properties: { a: { type: "string" }, b: true } },
    ],
    [
      "a new optional property of a closed object",
      { additionalProperties: false },
      { ...a({ type: "string" }), additionalProperties: false },
    ],
    ["a property no longer required", { ...a({}), required: ["a"] }, a({})],
    ["an opened object", { additionalProperties: false }, {}],
    ["a wider type", a({ type: "integer" }), a({ type: ["number", "null"] })],
    [
      "a wider bound",
      a({ type: "string", minLength: 2, maxLength: 5 }),
      a({ type: "string", minLength: 1, maxLength: 6 }),
    ],
    ["a wider enumeration", a({ enum: ["x"] }), a({ enum: ["x", "y"] })],
    ["values that a new rule admits", a({ enum: ["x", "yy"] }), a({ type: "string", maxLength: 2 })],
    ["an exclusive bound inside", a({ type: "number", minimum: 2 }), a({ type: "number", exclusiveMinimum: 1 })],
    ["a divisor of the step", a({ type: "integer", multipleOf: 6 }), a({ type: "integer", multipleOf: 3 })],
    ["a bound for a type that cannot occur", a({ type: "boolean" }), a({ type: "boolean", maxLength: 1 })],
    ["another title", { title: "old" }, { title: "new", description: "x", default: {} }],
    ["a dropped pattern", a({ type: "string", pattern: "^a$" }), a({ type: "string" })],
    ["a dropped alternative keyword", { anyOf: [{ required: ["a"] }] }, {}],
    [
      "the same reference",
      { ...a({ $ref: "#/$defs/x" }), $defs: { x: { type: "string" } } },
      { ...a({ $ref: "#/$defs/x" }), $defs: { x: { type: "string" }, y: {} } },
    ],
  ])("%s is compatible", (_name, before, after) => {
    expect(changes(before, after)).toEqual([]);
  });

  it.each([
    ["a newly required property", a({}), { ...a({}), required: ["a"] }, "breaking /required/a property_required"],
    [
      "a removed property",
      { ...a({ type: "string" }), additionalProperties: false },
      { additionalProperties: false },
      "breaking /properties/a property_removed",
    ],
    ["a closed object", {}, { additionalProperties: false }, "breaking /additionalProperties false"],
    ["a new rule for a name that was free", {}, a({ type: "string" }), "breaking /properties/a/type type"],
    ["a narrower type", a({ type: "number" }), a({ type: "integer" }), "breaking /properties/a/type type"],
    [
      "a shorter text",
      a({ type: "string", maxLength: 9 }),
      a({ type: "string", maxLength: 8 }),
      "breaking /properties/a/maxLength maxLength",
    ],
    [
      "a new bound",
      a({ type: "string" }),
      a({ type: "string", minLength: 1 }),
      "breaking /properties/a/minLength minLength",
    ],
    [
      "a raised minimum",
      a({ type: "number", minimum: 1 }),
      a({ type: "number", minimum: 2 }),
      "breaking /properties/a/minimum minimum",
    ],
    [
      "an exclusive bound at the old one",
      a({ type: "number", maximum: 2 }),
      a({ type: "number", exclusiveMaximum: 2 }),
      "breaking /properties/a/exclusiveMaximum exclusiveMaximum",
    ],
    ["fewer values", a({ enum: ["x", "y"] }), a({ enum: ["x"] }), "breaking /properties/a enum"],
    [
      "values where all were free",
      a({ type: "string" }),
      a({ type: "string", enum: ["x"] }),
      "breaking /properties/a/enum enum",
    ],
    [
      "values that a new rule refuses",
      a({ enum: ["x", "yyy"] }),
      a({ type: "string", maxLength: 2 }),
      "breaking /properties/a values",
    ],
    [
      "a new pattern",
      a({ type: "string" }),
      a({ type: "string", pattern: "^a$" }),
      "breaking /properties/a/pattern pattern",
    ],
    [
      "a new format",
      a({ type: "string" }),
      a({ type: "string", format: "email" }),
      "breaking /properties/a/format format",
    ],
    [
      "narrower items",
      a({ type: "array", items: {} }),
      a({ type: "array", items: { type: "string" } }),
      "breaking /properties/a/items/type type",
    ],
    [
      "unique items",
      a({ type: "array" }),
      a({ type: "array", uniqueItems: true, maxItems: 9 }),
      "breaking /properties/a/maxItems maxItems",
    ],
  ])("%s is breaking", (_name, before, after, expected) => {
    expect(changes(before, after)).toContain(expected);
  });

  it.each([
    [
      "another pattern",
      a({ type: "string", pattern: "^a$" }),
      a({ type: "string", pattern: "^[ab]$" }),
      "unproven /properties/a/pattern pattern",
    ],
    ["other alternatives", { anyOf: [{ required: ["a"] }] }, { anyOf: [{ required: ["b"] }] }, "unproven /anyOf anyOf"],
    ["another condition", { if: {}, else: false }, { if: { required: ["a"] }, else: false }, "unproven /if if"],
    ["a dropped half of a condition", { if: {}, else: false }, { else: false }, "unproven /if if"],
    [
      "a reference that means something else",
      { ...a({ $ref: "#/$defs/x" }), $defs: { x: { type: "string" } } },
      { ...a({ $ref: "#/$defs/x" }), $defs: { x: {} } },
      "unproven /properties/a/$ref $ref",
    ],
    [
      "fewer prefix items",
      { type: ["array"], prefixItems: [{}], items: false },
      { type: ["array"], items: false },
      "unproven /prefixItems prefixItems",
    ],
  ])("B23: %s cannot be proven compatible", (_name, before, after, expected) => {
    expect(changes(before, after)).toContain(expected);
  });
});
