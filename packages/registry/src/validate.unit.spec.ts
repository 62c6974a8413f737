import {
  allocationFor,
  builtinDefinitions,
  effectivePayload,
  registryLimits,
  validatePayload,
  validateRequest,
} from "./index.js";

const object = (schema: Readonly<Record<string, unknown>>) => ({
  payloadSchema: { type: "object", ...schema } as never,
});
const issuesOf = (schema: Readonly<Record<string, unknown>>, payload: unknown) => {
  const result = validatePayload(object(schema), payload);
  return result.ok ? [] : result.issues;
};

describe("validation", () => {
  it("REG-2: an issue names path, rule and type at any depth", () => {
    const schema = {
      properties: {
        "a/b": {
          type: "array",
          items: { type: "object", properties: { n: { type: "integer", minimum: 3 } }, required: ["m"] },
        },
        r: { $ref: "#/$defs/short" },
      },
      $defs: { short: { type: "string", maxLength: 2 } },
    };
    expect(issuesOf(schema, { "a/b": [{ m: 1 }, { n: 2 }, null], r: "abc" })).toEqual([
      { path: "/a~1b/1/m", rule: "required", valueType: "missing" },
      { path: "/a~1b/1/n", rule: "minimum", valueType: "number" },
      { path: "/a~1b/2", rule: "type", valueType: "null" },
      { path: "/r", rule: "maxLength", valueType: "string" },
    ]);
  });

  it("REG-2: a name that the schema does not know is not shown", () => {
    const schema = {
      properties: { map: { type: "object", additionalProperties: { type: "string" } } },
      additionalProperties: false,
    };
    const issues = issuesOf(schema, { map: { "Anna Canary": 1 }, "canary@example.test": 2 });
    expect(issues).toEqual([
      { path: "/map/*", rule: "type", valueType: "number" },
      { path: "", rule: "additionalProperties", valueType: "object" },
    ]);
  });

  it("REG-2: of several readings that all fail, only the whole is reported", () => {
    const schema = { properties: { v: { anyOf: [{ type: "string" }, { type: "object", required: ["x"] }] } } };
    expect(issuesOf(schema, { v: 1 })).toEqual([{ path: "/v", rule: "anyOf", valueType: "number" }]);
  });

  it("U26: a payload is bounded in size, depth and text before any schema looks at it", () => {
    const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });
    expect(issuesOf({}, deep(registryLimits.depth))).toEqual([]);
    expect(issuesOf({}, deep(registryLimits.depth + 1))).toEqual([{ path: "", rule: "depth", valueType: "object" }]);
    expect(issuesOf({}, { a: "x".repeat(registryLimits.payloadBytes - 20) })).toEqual([]);
    expect(issuesOf({}, { a: "x".repeat(registryLimits.payloadBytes) })).toMatchObject([{ rule: "size" }]);
    expect(issuesOf({}, { a: "李".repeat(registryLimits.payloadBytes / 3) })).toMatchObject([{ rule: "size" }]);
    expect(issuesOf({}, { a: "\u0000" })).toMatchObject([{ rule: "text" }]);
    expect(issuesOf({}, { a: "\ud800" })).toMatchObject([{ rule: "text" }]);
    expect(issuesOf({}, { a: Number.NaN })).toMatchObject([{ rule: "json" }]);
    expect(issuesOf({}, { a: () => 1 })).toMatchObject([{ rule: "json" }]);
  });

  it("REG-2: a flood of issues is cut", () => {
    expect(
      issuesOf({ additionalProperties: { type: "string" }, properties: {} }, { a: Array.from({ length: 9 }) }),
    ).toHaveLength(1);
    const list = { properties: { l: { type: "array", items: { type: "string" } } } };
    expect(issuesOf(list, { l: Array.from({ length: 5_000 }, () => 1) })).toHaveLength(50);
  });

  it("a request inherits the configuration's values for what the payload schema names", () => {
    const definition = {
      configSchema: { type: "object", properties: { text: { type: "string" }, key: { type: "string" } } },
      payloadSchema: {
        type: "object",
        properties: { text: { type: "string" }, to: { type: "string" } },
        required: ["text"],
        additionalProperties: false,
      },
    };
    expect(effectivePayload(definition, { text: "config", key: "k" }, { to: "x" })).toEqual({
      text: "config",
      to: "x",
    });
    expect(validateRequest(definition, { config: { text: "config", key: "k" }, payload: { text: "own" } })).toEqual({
      ok: true,
      content: { text: "own" },
    });
    expect(validateRequest(definition, { payload: {} })).toMatchObject({
      issues: [{ path: "/payload/text", rule: "required" }],
    });
    expect(validateRequest(definition, { config: { text: 1 } })).toMatchObject({
      issues: [{ path: "/config/text", rule: "type" }],
    });
    expect(validateRequest(definition, { payload: [] })).toMatchObject({
      issues: [{ path: "/payload", rule: "type", valueType: "array" }],
    });
  });

  it("REG-2: names that every object has are not mistaken for properties", () => {
    const definition = builtinDefinitions[0];
    const hostile = JSON.parse('{"subject":"s","text":"t","__proto__":{"to":"x"},"constructor":1}');
    expect(definition === undefined ? undefined : validatePayload(definition, hostile)).toMatchObject({ ok: false });
  });

  it("REG-6: the vendor's type changes the allocation by data", () => {
    const [email] = builtinDefinitions;
    if (email === undefined) throw new Error("No e-mail.");
    const { cpuMillis, memoryMiB, networkKiBps } = email.resources;
    expect(allocationFor(email, "photographer")).toEqual({ cpuMillis: cpuMillis * 1.5, memoryMiB, networkKiBps });
    expect(allocationFor(email, "venue")).toEqual({ cpuMillis, memoryMiB: memoryMiB * 1.5, networkKiBps });
    expect(allocationFor(email, "caterer")).toEqual({ cpuMillis, memoryMiB, networkKiBps: networkKiBps * 1.5 });
    expect(allocationFor(email, "florist")).toEqual(email.resources);
    expect(allocationFor(email, "other")).toEqual(email.resources);
    expect(allocationFor(email, "constructor")).toEqual(email.resources);
  });
});
