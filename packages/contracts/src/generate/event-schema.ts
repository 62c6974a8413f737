// The newest version of an event type, from its definition in code.
import { z } from "zod";
import type { CatalogueEntry } from "../catalogue.js";
import { toJson } from "./json-text.js";
import type { EventVersion } from "./version-files.js";

/** JSON Schema 2020-12 of a zod schema, as stored data has to look. */
export const jsonSchemaOf = (schema: z.ZodType) =>
  toJson(z.toJSONSchema(schema, { target: "draft-2020-12", io: "input" }));

/** Schema and golden payload of the version that writers write now. */
export function newestVersion({ context, category, definition }: CatalogueEntry): EventVersion {
  const { type, version, summary, schema, example } = definition;
  const { $schema = "", ...rest } = jsonSchemaOf(schema);
  return {
    context,
    category,
    type,
    version,
    schema: { $schema, $id: `urn:wedsync:event:${type}:${version}`, title: type, description: summary, ...rest },
    golden: toJson(example),
  };
}
