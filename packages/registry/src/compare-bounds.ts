// The part of the schema comparison that is about one value by itself: types, bounds, texts.
type Node = Readonly<Record<string, unknown>>;

export interface BoundChange {
  readonly kind: "breaking" | "unproven";
  readonly rule: string;
}

const allTypes = ["string", "number", "integer", "boolean", "null", "array", "object"] as const;

/** The JSON types a schema lets through; `number` includes `integer`. */
export function typesOf(node: Node): ReadonlySet<unknown> {
  const { type } = node;
  const listed: readonly unknown[] = type === undefined ? allTypes : Array.isArray(type) ? type : [type];
  return new Set(listed.includes("number") ? [...listed, "integer"] : listed);
}

/** Keywords whose value may only fall or only rise, by the type they speak about. */
const bounds = [
  ["string", "minLength", "lower"],
  ["string", "maxLength", "upper"],
  ["array", "minItems", "lower"],
  ["array", "maxItems", "upper"],
  ["object", "minProperties", "lower"],
  ["object", "maxProperties", "upper"],
] as const;

/** Bounds of `after` that may refuse what `old` accepts, for values of the given types. */
export function compareBounds(old: Node, after: Node, types: ReadonlySet<unknown>): readonly BoundChange[] {
  const changes: BoundChange[] = [];
  for (const [type, rule, side] of bounds) {
    const limit = after[rule];
    if (typeof limit !== "number" || !types.has(type)) continue;
    const before = typeof old[rule] === "number" ? old[rule] : side === "lower" ? 0 : Number.POSITIVE_INFINITY;
    if (side === "lower" ? limit > before : limit < before) changes.push({ kind: "breaking", rule });
  }
  if (types.has("integer")) changes.push(...compareNumbers(old, after));
  if (types.has("string")) changes.push(...compareTexts(old, after));
  if (types.has("array") && after["uniqueItems"] === true && old["uniqueItems"] !== true)
    changes.push({ kind: "breaking", rule: "uniqueItems" });
  return changes;
}

function compareNumbers(old: Node, after: Node): readonly BoundChange[] {
  const changes: BoundChange[] = [];
  const number = (value: unknown, otherwise: number): number => (typeof value === "number" ? value : otherwise);
  const low = (node: Node): number =>
    Math.max(number(node["minimum"], -Infinity), number(node["exclusiveMinimum"], -Infinity));
  const high = (node: Node): number =>
    Math.min(number(node["maximum"], Infinity), number(node["exclusiveMaximum"], Infinity));
  if (number(after["minimum"], -Infinity) > low(old)) changes.push({ kind: "breaking", rule: "minimum" });
  if (number(after["maximum"], Infinity) < high(old)) changes.push({ kind: "breaking", rule: "maximum" });
  // An exclusive bound is kept by an exclusive bound at least as far, or by a plain one that lies strictly inside.
  const exclusiveLow = number(after["exclusiveMinimum"], -Infinity);
  const keptLow = exclusiveLow < low(old) || exclusiveLow <= number(old["exclusiveMinimum"], -Infinity);
  if (exclusiveLow !== -Infinity && !keptLow) changes.push({ kind: "breaking", rule: "exclusiveMinimum" });
  const exclusiveHigh = number(after["exclusiveMaximum"], Infinity);
  const keptHigh = exclusiveHigh > high(old) || exclusiveHigh >= number(old["exclusiveMaximum"], Infinity);
  if (exclusiveHigh !== Infinity && !keptHigh) changes.push({ kind: "breaking", rule: "exclusiveMaximum" });
  const step = after["multipleOf"];
  if (typeof step === "number" && step !== old["multipleOf"]) {
    const before = old["multipleOf"];
    const whole =
      typeof before === "number" && Number.isInteger(before) && Number.isInteger(step) && before % step === 0;
    if (!whole) changes.push({ kind: typeof before === "number" ? "unproven" : "breaking", rule: "multipleOf" });
  }
  return changes;
}

function compareTexts(old: Node, after: Node): readonly BoundChange[] {
  const changes: BoundChange[] = [];
  for (const rule of ["pattern", "format"]) {
    if (after[rule] === undefined || after[rule] === old[rule]) continue;
    changes.push({ kind: old[rule] === undefined ? "breaking" : "unproven", rule });
  }
  return changes;
}
