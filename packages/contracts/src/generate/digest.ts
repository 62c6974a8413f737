// What is frozen of a version: a hash of what its schema accepts and a hash of its golden payload. Words that explain a
// field may be bettered for ever, so they are left out.
import { createHash } from "node:crypto";
import type { Json, JsonObject } from "@wedsync/event-log";
import { canonicalText, isList, isObject } from "./json-text.js";

/** Keywords that change nothing for a validator. */
const words: ReadonlySet<string> = new Set(["title", "description", "examples", "$comment"]);
/** Keywords whose keys are names, not keywords: a field may well be called `title`. */
const named: ReadonlySet<string> = new Set(["properties", "$defs", "patternProperties", "dependentSchemas"]);
/** Keywords whose value is data. */
const data: ReadonlySet<string> = new Set(["const", "enum", "default"]);

/** SHA-256, hexadecimal, of the schema without explanations and without regard to the order of keys. */
export const schemaDigest = (schema: JsonObject): string => sha256(canonicalText(withoutWords(schema)));

/** SHA-256, hexadecimal, of a payload without regard to the order of keys. */
export const goldenDigest = (golden: JsonObject): string => sha256(canonicalText(golden));

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

function withoutWords(schema: Json): Json {
  if (isList(schema)) return schema.map(withoutWords);
  if (!isObject(schema)) return schema;
  const kept = Object.entries(schema).filter(([keyword]) => !words.has(keyword));
  return Object.fromEntries(
    kept.map(([keyword, value]) => {
      if (data.has(keyword)) return [keyword, value];
      if (named.has(keyword) && isObject(value)) {
        return [keyword, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutWords(inner)]))];
      }
      return [keyword, withoutWords(value)];
    }),
  );
}
