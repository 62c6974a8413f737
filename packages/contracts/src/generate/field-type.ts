// The type of a field in words, from its JSON Schema.
import type { Json, JsonObject } from "@wedsync/event-log";
import { isList, isObject } from "./json-text.js";

const code = (text: string): string => `\`${text}\``;

/** Anchor of a shape's own section. */
export const shapeLink = (title: string): string => `[${title}](#${title.toLowerCase()})`;

/** Names and bounds, as Markdown; a shape with a name is linked. */
export function typeOf(schema: JsonObject): string {
  const { title } = schema;
  return typeof title === "string" ? shapeLink(title) : ruleOf(schema);
}

/** What a value has to be, whether or not the shape has a name. */
export function ruleOf(schema: JsonObject): string {
  const { type, properties, items, additionalProperties, $ref, pattern, format } = schema;
  const choices = schema["enum"] ?? schema["oneOf"] ?? schema["anyOf"];
  if ($ref !== undefined) return "any JSON";
  if (schema["const"] !== undefined) return code(JSON.stringify(schema["const"]));
  if (isListOf(choices)) return choiceOf(choices);
  if (isList(type ?? null)) return (type as readonly Json[]).join(" or ");
  if (isObject(items)) return `list${bounds(schema["minItems"], schema["maxItems"])}: ${typeOf(items)}`;
  if (isObject(properties)) return "object";
  if (isObject(additionalProperties)) return `map: ${typeOf(additionalProperties)}`;
  if (typeof pattern === "string") return code(pattern.replaceAll("|", "\\|"));
  if (typeof format === "string") return format;
  if (type === "string") return `string${bounds(schema["minLength"], schema["maxLength"])}`;
  if (schema["exclusiveMinimum"] === 0) return `${String(type)}, more than 0`;
  return `${String(type)}${bounds(schema["minimum"], schema["maximum"])}`;
}

/** `a`, `b` for values; "A or B" for shapes, each named once. */
function choiceOf(choices: readonly Json[]): string {
  const values = choices.every((choice) => !isObject(choice));
  const names = new Set(choices.map((choice) => (isObject(choice) ? typeOf(choice) : code(String(choice)))));
  return [...names].join(values ? ", " : " or ");
}

const isListOf = (value: Json | undefined): value is readonly Json[] => value !== undefined && isList(value);

function bounds(low: Json | undefined, high: Json | undefined): string {
  const from = typeof low === "number" && low > Number.MIN_SAFE_INTEGER ? low : undefined;
  const to = typeof high === "number" && high < Number.MAX_SAFE_INTEGER ? high : undefined;
  if (from !== undefined && to !== undefined) return `, ${from} to ${to}`;
  if (from !== undefined) return `, at least ${from}`;
  return to === undefined ? "" : `, at most ${to}`;
}
