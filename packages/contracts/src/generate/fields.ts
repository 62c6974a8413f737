// The fields of a JSON Schema as a flat list: what the reference shows, and what is checked for having a meaning.
import type { JsonObject } from "@wedsync/event-log";
import { typeOf } from "./field-type.js";
import { isList, isObject } from "./json-text.js";

export interface Field {
  /** Dotted; `[]` for the items of a list, `*` for the values of a map. */
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  /** Empty when the schema does not say. */
  readonly meaning: string;
}

/** Fields in the order of the schema; shapes with a name of their own are not entered. */
export function fieldsOf(schema: JsonObject, prefix = ""): readonly Field[] {
  const required = isList(schema["required"] ?? null) ? (schema["required"] as readonly string[]) : [];
  return [
    ...alternatives(schema).flatMap((choice) => fieldsOf(choice, prefix)),
    ...propertiesOf(schema).flatMap(([name, field]) => {
      const path = `${prefix}${name}`;
      const { description } = field;
      const meaning = typeof description === "string" ? description : "";
      const inner = insideOf(field, path);
      return [
        { path, type: typeOf(field), required: required.includes(name), meaning },
        ...inner.flatMap(([schemaInside, under]) => fieldsOf(schemaInside, under)),
      ];
    }),
  ];
}

/** Paths whose value is encrypted, also inside shapes with a name. */
export function ciphertextPaths(schema: JsonObject, prefix = ""): readonly string[] {
  return [
    ...alternatives(schema).flatMap((choice) => ciphertextPaths(choice, prefix)),
    ...propertiesOf(schema).flatMap(([name, field]) => {
      const path = `${prefix}${name}`;
      if (field["x-ciphertext"] === true) return [path];
      return everythingIn(field, path).flatMap(([inside, under]) => ciphertextPaths(inside, under));
    }),
  ];
}

/** Names of all shapes that the schema uses, in whatever depth. */
export function shapeTitles(schema: JsonObject): readonly string[] {
  const inner = [
    ...alternatives(schema),
    ...propertiesOf(schema).flatMap(([name, field]) => [field, ...everythingIn(field, name).map(([inside]) => inside)]),
  ];
  return inner.flatMap((inside) => [
    ...(typeof inside["title"] === "string" ? [inside["title"]] : []),
    ...shapeTitles(inside),
  ]);
}

const propertiesOf = ({ properties }: JsonObject): readonly (readonly [string, JsonObject])[] =>
  isObject(properties)
    ? Object.entries(properties).filter((entry): entry is [string, JsonObject] => isObject(entry[1]))
    : [];

function alternatives(schema: JsonObject): readonly JsonObject[] {
  const choices = schema["oneOf"] ?? schema["anyOf"] ?? [];
  return isList(choices) ? choices.filter(isObject) : [];
}

/** The schemas below a field, each with the prefix of its fields. */
function everythingIn(field: JsonObject, path: string): readonly (readonly [JsonObject, string])[] {
  const { items, additionalProperties } = field;
  if (isObject(items)) return [[items, `${path}[].`]];
  if (isObject(additionalProperties)) return [[additionalProperties, `${path}.*.`]];
  return [[field, `${path}.`]];
}

const insideOf = (field: JsonObject, path: string): readonly (readonly [JsonObject, string])[] =>
  everythingIn(field, path).filter(([inside]) => inside["title"] === undefined && field["title"] === undefined);
