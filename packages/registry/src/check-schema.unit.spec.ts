import { builtinDefinitions, checkSchema, patternProblem, registryLimits, validateDefinition } from "./index.js";

const rules = (schema: unknown): readonly string[] => checkSchema(schema).map(({ path, rule }) => `${path} ${rule}`);

describe("schemas at the door", () => {
  it("REG-3: a schema of the supported keywords passes", () => {
    expect(
      rules({
        $schema: "https://json-schema.org/draft/2020-12/schema",
        type: "object",
        properties: { a: { $ref: "#/$defs/a" }, b: { anyOf: [{ const: 1 }, { enum: ["x"] }] } },
        required: ["a"],
        $defs: { a: { type: ["string", "null"], pattern: "^[a-z]{1,8}$", format: "email" } },
        if: { required: ["b"] },
        else: { maxProperties: 2 },
      }),
    ).toEqual([]);
  });

  it("REG-3: a typo would check nothing, so it is refused", () => {
    expect(rules({ properties: { a: { requierd: ["b"], maxLenght: 3 } } })).toEqual([
      "/properties/a/requierd unknown_keyword",
      "/properties/a/maxLenght unknown_keyword",
    ]);
  });

  it("REG-3: malformed keywords are named with their place", () => {
    expect(
      rules({
        type: "text",
        minLength: -1,
        required: "a",
        properties: [],
        items: 3,
        enum: [],
        multipleOf: 0,
        allOf: [],
      }),
    ).toEqual(
      ["type", "minLength", "required", "properties", "items", "enum", "multipleOf", "allOf"].map(
        (name) => `/${name} ${name}`,
      ),
    );
  });

  it("U26: nothing is fetched, nothing is endless, nothing multiplies", () => {
    expect(rules({ $ref: "https://example.test/schema" })).toEqual(["/$ref ref_not_local"]);
    expect(rules({ $ref: "#/$defs/none", $defs: {} })).toEqual(["/$ref ref_not_local"]);
    expect(rules({ $defs: { a: { $ref: "#/$defs/b" }, b: { items: { $ref: "#/$defs/a" } } } })).toMatchObject([
      expect.stringContaining("ref_recursive"),
    ]);
    const bomb: Record<string, unknown> = { d0: {} };
    for (let level = 1; level < 40; level += 1)
      bomb[`d${level}`] = { allOf: [{ $ref: `#/$defs/d${level - 1}` }, { $ref: `#/$defs/d${level - 1}` }] };
    expect(rules({ $ref: "#/$defs/d39", $defs: bomb })).toMatchObject([expect.stringContaining("schema_too_large")]);
    expect(rules({ type: "array", uniqueItems: true })).toEqual(["/uniqueItems unique_items_unbounded"]);
    expect(rules({ format: "regex" })).toEqual(["/format unknown_format"]);
  });

  it.each([
    "^[a-z]+$",
    "^https://[^\\s]+$",
    "^\\+[1-9]\\d{6,14}$",
    "^[A-Z]{2}\\d{4}-\\d?$",
    "^$",
    "^.*",
    "^[^\\u0000-\\u001f]*$",
  ])("U26: %s has a linear worst case", (pattern) => {
    expect(patternProblem(pattern)).toBeUndefined();
  });

  it.each([
    ["(a+)+$", "pattern_not_anchored"],
    ["a*", "pattern_not_anchored"],
    ["^(a+)+$", "pattern_not_linear"],
    ["^(a|a)*$", "pattern_not_linear"],
    ["^a*a*$", "pattern_not_linear"],
    ["^\\s+\\s+$", "pattern_not_linear"],
    ["^a{0,99}a{0,99}$", "pattern_not_linear"],
    ["^a?b?c?d?e?f?g?h?i?j?k?$", "pattern_not_linear"],
    ["^(?=a)b$", "pattern_not_linear"],
    ["^(a)\\1$", "pattern_not_linear"],
    ["^a|b$", "pattern_not_linear"],
    ["^\\p{L}+$", "pattern_not_linear"],
    ["^[a-$", "pattern_invalid"],
    [`^${"a".repeat(300)}$`, "pattern_too_long"],
  ])("U26: %s is refused", (pattern, problem) => {
    expect(patternProblem(pattern)).toBe(problem);
  });
});

describe("definitions at the door", () => {
  const [email] = builtinDefinitions;
  const changed = (change: object): readonly string[] => {
    const result = validateDefinition({ ...structuredClone(email), ...change });
    return result.ok ? [] : result.issues.map(({ path, rule }) => `${path} ${rule}`);
  };

  it("REG-3: what zod refuses is named with its place", () => {
    expect(changed({ timeoutMs: "soon" })).toEqual(["/timeoutMs invalid_type"]);
    expect(validateDefinition(7)).toMatchObject({ ok: false });
  });

  it("REG-3: what is well formed and makes no sense is refused", () => {
    expect(changed({ configSchema: {}, payloadSchema: { type: "string" } })).toEqual([
      "/configSchema/type object_schema",
      "/payloadSchema/type object_schema",
    ]);
    expect(changed({ payloadSchema: { type: "object", properties: { a: { pattern: "(a+)+" } } } })).toEqual([
      "/payloadSchema/properties/a/pattern pattern_not_anchored",
    ]);
    expect(changed({ quietHours: { from: "25:00", until: "08:00" } })).toEqual(["/quietHours/from wall_time"]);
    expect(changed({ lateness: { ...email?.lateness, expiresAfterMs: 1 } })).toEqual([
      "/lateness/expiresAfterMs at_least_deadline",
    ]);
    expect(changed({ retry: { ...email?.retry, capMs: 1 } })).toEqual(["/retry/capMs at_least_base"]);
    expect(changed({ vendorProfiles: { venue: { cpu: 99, memory: 1, network: 1 } } })).toEqual([
      "/vendorProfiles/venue/cpu factor_between_0.1_and_10",
    ]);
  });

  it("U26: a definition is at most 128 KiB", () => {
    const schema = { type: "object", description: "x".repeat(registryLimits.definitionBytes) };
    expect(changed({ payloadSchema: schema })).toEqual([" size"]);
  });
});
