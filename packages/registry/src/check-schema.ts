// Which JSON Schemas (2020-12) a definition may carry. A stated list of keywords instead of "anything": a typo would
// otherwise validate nothing, and a hostile schema must not cost more than a bounded evaluation.
import { isObject, type Issue, pointerSegment, valueTypeOf } from "./issues.js";
import { patternProblem } from "./linear-pattern.js";

/** The supported keywords by the form of their values. */
const keywordsByShape = {
  schema: ["additionalProperties", "propertyNames", "items", "contains", "not", "if", "then", "else"],
  schemas: ["prefixItems", "allOf", "anyOf", "oneOf"],
  schemaMap: ["$defs", "properties"],
  text: ["$schema", "$comment", "$ref", "title", "description", "pattern", "format"],
  flag: ["deprecated", "readOnly", "writeOnly", "uniqueItems"],
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
  step: ["multipleOf"],
  count: ["minProperties", "maxProperties", "minItems", "maxItems", "minLength", "maxLength"],
  names: ["required"],
  namesMap: ["dependentRequired"],
  values: ["enum"],
  type: ["type"],
  any: ["default", "examples", "const"],
} as const;
type Shape = keyof typeof keywordsByShape;

const shapes = Object.keys(keywordsByShape) as readonly Shape[];
const shapeOf: ReadonlyMap<string, Shape> = new Map(
  shapes.flatMap((shape) => keywordsByShape[shape].map((name): readonly [string, Shape] => [name, shape])),
);

/** Formats that are checked; any other name is refused, because an unknown format would check nothing. */
const formats: ReadonlySet<string> = new Set([
  "email",
  "uri",
  "date",
  "time",
  "date-time",
  "uuid",
  "hostname",
  "duration",
]);
const types: ReadonlySet<unknown> = new Set(["string", "number", "integer", "boolean", "null", "array", "object"]);

/** Subschemas one value may be checked against, references followed: bounds the cost of nested references. */
const maxExpanded = 5_000;
/** Deep comparison of items is quadratic; lists that must be unique say how long they may become. */
const maxUniqueItems = 200;

/**
 * What is wrong with a schema; empty when it may be used. Rules: the keyword whose value is malformed, `unknown_keyword`,
 * `ref_not_local`, `ref_recursive`, `schema_too_large`, `unique_items_unbounded`, `unknown_format`, or a problem of a
 * pattern (`pattern_not_anchored`, `pattern_not_linear`, `pattern_too_long`, `pattern_invalid`).
 */
export function checkSchema(schema: unknown): readonly Issue[] {
  const issues: Issue[] = [];
  const add = (path: string, rule: string, value: unknown): void =>
    void issues.push({ path, rule, valueType: valueTypeOf(value) });

  const visit = (node: unknown, path: string): void => {
    if (typeof node === "boolean") return;
    if (!isObject(node)) return add(path, "schema", node);
    for (const [name, value] of Object.entries(node)) {
      const here = `${path}/${pointerSegment(name)}`;
      const shape = shapeOf.get(name);
      if (shape === undefined) add(here, "unknown_keyword", value);
      else if (!fits(shape, value)) add(here, name, value);
      else if (shape === "schema") visit(value, here);
      else if (shape === "schemas" && Array.isArray(value))
        value.forEach((item, index) => visit(item, `${here}/${index}`));
      else if (shape === "schemaMap" && isObject(value))
        for (const [key, item] of Object.entries(value)) visit(item, `${here}/${pointerSegment(key)}`);
    }
    special(node, path);
  };

  const special = (node: Readonly<Record<string, unknown>>, path: string): void => {
    const { pattern, format, uniqueItems, maxItems } = node;
    const problem = typeof pattern === "string" ? patternProblem(pattern) : undefined;
    if (problem !== undefined) add(`${path}/pattern`, problem, pattern);
    if (typeof format === "string" && !formats.has(format)) add(`${path}/format`, "unknown_format", format);
    if (uniqueItems === true && !(typeof maxItems === "number" && maxItems <= maxUniqueItems))
      add(`${path}/uniqueItems`, "unique_items_unbounded", uniqueItems);
  };

  visit(schema, "");
  if (issues.length === 0) issues.push(...checkReferences(schema));
  return issues;
}

function fits(shape: Shape, value: unknown): boolean {
  const names = (list: unknown): boolean => Array.isArray(list) && list.every((item) => typeof item === "string");
  switch (shape) {
    case "schema":
      return typeof value === "boolean" || isObject(value);
    case "schemas":
      return Array.isArray(value) && value.length > 0;
    case "schemaMap":
      return isObject(value);
    case "text":
      return typeof value === "string";
    case "flag":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "step":
      return typeof value === "number" && Number.isFinite(value) && value > 0;
    case "count":
      return Number.isInteger(value) && Number(value) >= 0;
    case "names":
      return names(value);
    case "namesMap":
      return isObject(value) && Object.values(value).every(names);
    case "values":
      return Array.isArray(value) && value.length > 0;
    case "type":
      return Array.isArray(value) ? value.length > 0 && value.every((item) => types.has(item)) : types.has(value);
    case "any":
      return true;
  }
}

/** References point into `#/$defs`, never in a circle, and do not multiply without bound. */
function checkReferences(root: unknown): readonly Issue[] {
  const sizes = new Map<unknown, number | "open">();
  const sizeOf = (node: unknown, path: string): number | Issue => {
    if (!isObject(node)) return 1;
    const known = sizes.get(node);
    if (known === "open") return { path, rule: "ref_recursive", valueType: "object" };
    if (known !== undefined) return known;
    sizes.set(node, "open");
    let size = 1;
    for (const [child, childPath] of childrenOf(root, node, path)) {
      if (child === undefined) return { path: childPath, rule: "ref_not_local", valueType: "string" };
      const added = sizeOf(child, childPath);
      if (typeof added !== "number") return added;
      size += added;
      if (size > maxExpanded) return { path: childPath, rule: "schema_too_large", valueType: "object" };
    }
    sizes.set(node, size);
    return size;
  };
  const result = sizeOf(root, "");
  return typeof result === "number" ? [] : [result];
}

function childrenOf(
  root: unknown,
  node: Readonly<Record<string, unknown>>,
  path: string,
): readonly (readonly [unknown, string])[] {
  const children: (readonly [unknown, string])[] = [];
  for (const [name, value] of Object.entries(node)) {
    const here = `${path}/${pointerSegment(name)}`;
    const shape = shapeOf.get(name);
    if (name === "$ref") children.push([definitionAt(root, value), here]);
    else if (shape === "schema") children.push([value, here]);
    else if (shape === "schemas" && Array.isArray(value)) for (const item of value) children.push([item, here]);
    else if (shape === "schemaMap" && isObject(value))
      for (const item of Object.values(value)) children.push([item, here]);
  }
  return children;
}

/** The schema a `$ref` names: `#/$defs/<name>` only, so that nothing is ever fetched. */
export function definitionAt(root: unknown, reference: unknown): unknown {
  const match = typeof reference === "string" ? /^#\/\$defs\/([A-Za-z0-9_.-]+)$/.exec(reference) : null;
  const name = match?.[1];
  if (name === undefined || !isObject(root)) return undefined;
  const definitions = root["$defs"];
  return isObject(definitions) && Object.hasOwn(definitions, name) ? definitions[name] : undefined;
}
