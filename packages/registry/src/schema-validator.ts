// JSON Schema 2020-12 by @cfworker/json-schema, because it interprets. The faster engines generate code with
// `new Function`: code made from what somebody registered at run time, refused by hardened runtimes, and one function a
// version held for ever. zod's `fromJSONSchema` compiles objects the same way and covers less of 2020-12.
// The library's messages quote values, so nothing of them leaves this file: only locations and keywords.
import { Validator } from "@cfworker/json-schema";
import { definitionAt } from "./check-schema.js";
import { invalid, isObject, type Issue, maxIssues, pointerSegment, type Validated, valueTypeOf } from "./issues.js";

type Schema = Readonly<Record<string, unknown>>;
interface Compiled {
  readonly validator: Validator;
  /** Names that the schema itself says; all others are masked in paths. */
  readonly names: ReadonlySet<string>;
}
interface OutputUnit {
  readonly keyword: string;
  readonly keywordLocation: string;
  readonly instanceLocation: string;
}

// Definitions are immutable, so the object is the key; a dropped definition drops its validator.
const compiled = new WeakMap<Schema, Compiled>();

/** Says "something inside is wrong"; the inside says what. */
const containers: ReadonlySet<string> = new Set([
  "properties",
  "items",
  "prefixItems",
  "additionalProperties",
  "$ref",
  "allOf",
  "then",
  "else",
  "if",
]);
/** What is wrong inside is one reading of several, so only the whole is reported. */
const opaque: ReadonlySet<string> = new Set(["anyOf", "oneOf", "not", "contains", "propertyNames"]);

/**
 * Checks a JSON value against a schema that `checkSchema` accepts. The value must have passed `checkJsonLimits`.
 * @param at where the value stands, a JSON Pointer put before every path.
 */
export function validateWithSchema(schema: Schema, value: unknown, at = ""): Validated {
  const { validator, names } = compile(schema);
  const { valid, errors } = validator.validate(value);
  if (valid) return { ok: true };
  const issues = new Map<string, Issue>();
  for (const unit of leaves(errors)) {
    for (const issue of issuesOf(unit, schema, value, names, at)) issues.set(`${issue.path} ${issue.rule}`, issue);
    if (issues.size >= maxIssues) break;
  }
  return invalid(...issues.values());
}

function compile(schema: Schema): Compiled {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  // A copy: the library writes resolved addresses into the schema it is given.
  const copy = structuredClone(schema) as ConstructorParameters<typeof Validator>[0];
  const made = { validator: new Validator(copy, "2020-12", false), names: namesIn(schema, new Set()) };
  compiled.set(schema, made);
  return made;
}

function namesIn(node: unknown, names: Set<string>): Set<string> {
  if (Array.isArray(node)) for (const item of node) namesIn(item, names);
  if (!isObject(node)) return names;
  for (const [key, value] of Object.entries(node)) {
    if (key === "properties" && isObject(value)) for (const name of Object.keys(value)) names.add(name);
    if (key === "required" && Array.isArray(value))
      for (const name of value) if (typeof name === "string") names.add(name);
    namesIn(value, names);
  }
  return names;
}

function* leaves(units: readonly OutputUnit[]): Generator<OutputUnit> {
  let skipBelow: string | undefined;
  for (const [index, unit] of units.entries()) {
    if (skipBelow !== undefined && unit.keywordLocation.startsWith(skipBelow)) continue;
    skipBelow = undefined;
    if (unit.keyword === "false" && index > 0) continue;
    const below = `${unit.keywordLocation}/`;
    if (opaque.has(unit.keyword)) skipBelow = below;
    else if (containers.has(unit.keyword) && units[index + 1]?.keywordLocation.startsWith(below) === true) continue;
    yield unit;
  }
}

function issuesOf(
  unit: OutputUnit,
  schema: Schema,
  value: unknown,
  names: ReadonlySet<string>,
  at: string,
): readonly Issue[] {
  let here: unknown = value;
  let path = at;
  for (const segment of segmentsOf(unit.instanceLocation)) {
    path += `/${Array.isArray(here) || names.has(segment) ? pointerSegment(segment) : "*"}`;
    here = Array.isArray(here) ? here[Number(segment)] : isObject(here) ? here[segment] : undefined;
  }
  if (unit.keyword === "required" && isObject(here)) {
    const object = here;
    const required = keywordAt(schema, unit.keywordLocation);
    const missing = (Array.isArray(required) ? required : []).filter((name) => !Object.hasOwn(object, String(name)));
    return missing.map((name) => ({
      path: `${path}/${pointerSegment(String(name))}`,
      rule: "required",
      valueType: "missing",
    }));
  }
  return [{ path, rule: unit.keyword, valueType: valueTypeOf(here) }];
}

const segmentsOf = (location: string): readonly string[] =>
  location
    .split("/")
    .slice(1)
    .map((segment) => decodeURIComponent(segment).replaceAll("~1", "/").replaceAll("~0", "~"));

function keywordAt(root: Schema, location: string): unknown {
  let node: unknown = root;
  for (const segment of segmentsOf(location)) {
    if (Array.isArray(node)) node = node[Number(segment)];
    else if (!isObject(node)) return undefined;
    else node = segment === "$ref" ? definitionAt(root, node["$ref"]) : node[segment];
  }
  return node;
}
