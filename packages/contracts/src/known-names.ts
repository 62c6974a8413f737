// Which field names a schema itself says. All others in a path come from the data, where a key may be a person's address.
import { z } from "zod";

const known = new WeakMap<z.ZodType, ReadonlySet<string>>();

/** Where a rule did not hold: `/steps/0/at`, with `*` for a key that the schema does not know. */
export function safePath(schema: z.ZodType, path: readonly PropertyKey[]): string {
  const names =
    known.get(schema) ?? collect(z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }), new Set());
  known.set(schema, names);
  return path.map((part) => `/${typeof part === "number" || names.has(String(part)) ? String(part) : "*"}`).join("");
}

function collect(node: unknown, names: Set<string>): ReadonlySet<string> {
  if (typeof node !== "object" || node === null) return names;
  for (const [keyword, value] of Object.entries(node)) {
    if (keyword === "properties") for (const name of Object.keys(value as object)) names.add(name);
    collect(value, names);
  }
  return names;
}
