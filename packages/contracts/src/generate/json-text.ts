// JSON as text: one form for files, laid out as the formatter wants it, and one for comparing, with sorted keys.
import type { Json, JsonObject } from "@wedsync/event-log";

/** Width after which the repository's formatter breaks a list. */
const width = 120;

export const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A plain JSON copy; the border between typed values and files. */
export const toJson = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;

/** A file's content: keys in their own order, lists of plain values on one line when they fit, a line break at the end. */
export function printJson(value: Json): string {
  return `${print(value, "", 0)}\n`;
}

function print(value: Json, indent: string, before: number): string {
  const inner = `${indent}  `;
  if (isList(value)) {
    const flat = `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
    const plain = value.every((item) => !isObject(item) && !isList(item));
    // One more for the comma that may follow.
    if (plain && before + flat.length + 1 <= width) return flat;
    return `[\n${value.map((item) => inner + print(item, inner, inner.length)).join(",\n")}\n${indent}]`;
  }
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return "{}";
  const lines = entries.map(([key, item]) => {
    const name = `${inner}${JSON.stringify(key)}: `;
    return name + print(item, inner, name.length);
  });
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

/** One text for equal values, whatever the order of their keys. */
export function canonicalText(value: Json): string {
  if (isList(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalText(item)}`).join(",")}}`;
}
