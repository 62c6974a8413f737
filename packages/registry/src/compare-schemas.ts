// Does a new schema accept everything the old one accepted? Not decidable for JSON Schema as a whole, so this proves it
// for a stated subset of keywords and says "unproven" for the rest (DECIDED B23). It never says "compatible" wrongly.
//
// Compared by meaning: type, enum, const, the bounds of numbers, texts, lists and objects, multipleOf, uniqueItems,
// required, properties, additionalProperties, items. Compared by equality (changed = unproven, dropped = wider): pattern,
// format, allOf, anyOf, oneOf, not, $ref, contains, propertyNames, dependentRequired. `if`, `then`, `else` and
// `prefixItems` must be the same as a whole. Titles, descriptions, defaults and examples do not count.
import { definitionAt } from "./check-schema.js";
import { compareBounds, typesOf } from "./compare-bounds.js";
import { isObject, pointerSegment } from "./issues.js";
import { jsonEqual } from "./json-equal.js";
import { validateWithSchema } from "./schema-validator.js";

/** `breaking`: something accepted before is refused now. `unproven`: it may be, and the subset cannot tell. */
export interface SchemaChange {
  readonly kind: "breaking" | "unproven";
  /** JSON Pointer into the new schema. */
  readonly path: string;
  /** The keyword that changed, or `property_removed`, `property_required`. */
  readonly rule: string;
}

type Node = Readonly<Record<string, unknown>>;
type Schema = Node | boolean;

/** By equality: dropping one accepts more, adding or changing one is not understood. */
const opaque = ["allOf", "anyOf", "oneOf", "not", "$ref", "contains", "propertyNames", "dependentRequired"] as const;
/** Read together with their neighbours, so even dropping one may refuse more. */
const entangled = ["if", "then", "else", "prefixItems"] as const;

/** Changes that may refuse what was accepted; empty = compatible. Both schemas must pass `checkSchema`. */
export function compareVersions(oldSchema: Schema, newSchema: Schema): readonly SchemaChange[] {
  const changes: SchemaChange[] = [];
  const add = (kind: SchemaChange["kind"], path: string, rule: string): void => void changes.push({ kind, path, rule });

  const compare = (before: Schema, after: Schema, path: string, removed = false): void => {
    if (before === false || after === true) return;
    if (after === false) return add("breaking", path, removed ? "property_removed" : "false");
    const old: Node = before === true ? {} : before;
    if (jsonEqual(old, after) && sameDefinitions(oldSchema, newSchema, after)) return;
    const values = finiteValues(old);
    if (values !== undefined) return compareValues(values, after, path);
    if (after["enum"] !== undefined) add("breaking", `${path}/enum`, "enum");
    if (after["const"] !== undefined) add("breaking", `${path}/const`, "const");
    const types = typesOf(old);
    const allowed = typesOf(after);
    if ([...types].some((type) => !allowed.has(type))) add("breaking", `${path}/type`, "type");
    for (const change of compareBounds(old, after, types)) add(change.kind, `${path}/${change.rule}`, change.rule);
    compareOpaque(old, after, path);
    if (types.has("object")) compareObjects(old, after, path);
    if (types.has("array") && after["items"] !== undefined)
      compare(asSchema(old["items"]), asSchema(after["items"]), `${path}/items`);
  };

  const compareValues = (values: readonly unknown[], after: Node, path: string): void => {
    // References in a part cannot be followed without the whole, so a part that has any is not understood.
    if (mentionsReference(after)) return add("unproven", path, "$ref");
    if (values.some((value) => !validateWithSchema(after, value).ok)) {
      add("breaking", path, after["enum"] === undefined && after["const"] === undefined ? "values" : "enum");
    }
  };

  const compareOpaque = (old: Node, after: Node, path: string): void => {
    for (const name of opaque) {
      if (after[name] === undefined) continue;
      if (!jsonEqual(old[name], after[name]) || !sameDefinitions(oldSchema, newSchema, { [name]: after[name] }))
        add("unproven", `${path}/${name}`, name);
    }
    for (const name of entangled) {
      if (!jsonEqual(old[name], after[name]) || !sameDefinitions(oldSchema, newSchema, { [name]: after[name] }))
        add("unproven", `${path}/${name}`, name);
    }
  };

  const compareObjects = (old: Node, after: Node, path: string): void => {
    const oldNames = namedSchemas(old);
    const newNames = namedSchemas(after);
    const oldRest = asSchema(old["additionalProperties"]);
    const newRest = asSchema(after["additionalProperties"]);
    const wasRequired = new Set(Array.isArray(old["required"]) ? old["required"] : []);
    for (const name of Array.isArray(after["required"]) ? after["required"] : []) {
      if (!wasRequired.has(name))
        add("breaking", `${path}/required/${pointerSegment(String(name))}`, "property_required");
    }
    for (const name of new Set([...Object.keys(oldNames), ...Object.keys(newNames)])) {
      const before = Object.hasOwn(oldNames, name) ? asSchema(oldNames[name]) : oldRest;
      const known = Object.hasOwn(newNames, name);
      compare(before, known ? asSchema(newNames[name]) : newRest, `${path}/properties/${pointerSegment(name)}`, !known);
    }
    compare(oldRest, newRest, `${path}/additionalProperties`);
  };

  compare(oldSchema, newSchema, "");
  return changes;
}

const asSchema = (value: unknown): Schema => (isObject(value) || typeof value === "boolean" ? value : true);
const namedSchemas = (node: Node): Node => (isObject(node["properties"]) ? node["properties"] : {});

/** The values of a schema that lists them. */
function finiteValues(node: Node): readonly unknown[] | undefined {
  if (node["const"] !== undefined) return [node["const"]];
  return Array.isArray(node["enum"]) ? node["enum"] : undefined;
}

function mentionsReference(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(mentionsReference);
  return isObject(node) && (node["$ref"] !== undefined || Object.values(node).some(mentionsReference));
}

/** True when every definition that `node` refers to, directly or not, is the same in both schemas. */
function sameDefinitions(oldRoot: Schema, newRoot: Schema, node: unknown, seen = new Set<unknown>()): boolean {
  if (Array.isArray(node)) return node.every((item) => sameDefinitions(oldRoot, newRoot, item, seen));
  if (!isObject(node)) return true;
  const reference = node["$ref"];
  if (reference !== undefined && !seen.has(reference)) {
    seen.add(reference);
    const after = definitionAt(newRoot, reference);
    if (!jsonEqual(definitionAt(oldRoot, reference), after)) return false;
    if (!sameDefinitions(oldRoot, newRoot, after, seen)) return false;
  }
  return Object.values(node).every((value) => sameDefinitions(oldRoot, newRoot, value, seen));
}
