// Backward-transitive compatibility: each golden payload of each version fits its own schema, each step of its way to the
// newest version fits that version's schema, and the domain can read the result. Checked with the JSON Schemas, which other
// languages use, and with the codec, which the platform uses.
import { Validator, type Schema } from "@cfworker/json-schema";
import type { Json, JsonObject } from "@wedsync/event-log";
import type { EventDefinition } from "../definition.js";
import { createCodec } from "../codec.js";
import { canonicalText } from "./json-text.js";
import { type Problem, seeReadme } from "./problem.js";
import type { EventVersion } from "./version-files.js";

/** Whether a JSON Schema 2020-12 accepts a value; undefined, or the place of the first rule that does not hold. */
export function refusalOf(schema: JsonObject, value: Json): string | undefined {
  const { valid, errors } = new Validator(schema as Schema, "2020-12", false).validate(value);
  if (valid) return undefined;
  // The innermost rule comes last; messages quote values, locations do not.
  const last = errors.at(-1);
  return `${last?.instanceLocation ?? "#"} (${last?.keyword ?? "schema"})`;
}

/**
 * @param versions all versions of the definition's type that exist, in any order.
 * @returns nothing when every version can be read for ever.
 */
export function checkCompatibility(definition: EventDefinition, versions: readonly EventVersion[]): readonly Problem[] {
  const { type, version: newest, upcasters } = definition;
  if (upcasters.length !== newest - 1) {
    const message = `${type} is at version ${newest} and needs ${newest - 1} upcasters, one a step; it has ${upcasters.length} (${seeReadme}).`;
    return [{ code: "upcasters_incomplete", type, version: newest, message }];
  }
  const schemas = new Map(versions.map(({ version, schema }) => [version, schema]));
  return versions.flatMap((version) => {
    const where = refusalOf(version.schema, version.golden);
    if (where !== undefined) {
      const message = `The golden payload of ${type} version ${version.version} does not fit its own schema at ${where}: correct the example.`;
      return [{ code: "golden_refused", type, version: version.version, message }];
    }
    return climb(definition, version, schemas);
  });
}

function climb(
  definition: EventDefinition,
  { version, golden }: EventVersion,
  schemas: ReadonlyMap<number, JsonObject>,
): readonly Problem[] {
  const { type } = definition;
  let data = deepFreeze(golden);
  for (const [index, upcast] of definition.upcasters.entries()) {
    const step = index + 1;
    if (step < version) continue;
    const problem = (code: Problem["code"], what: string): readonly Problem[] => [
      { code, type, version, message: `The upcaster of ${type} from ${step} to ${step + 1} ${what}` },
    ];
    const lifted = attempt(() => [upcast(data), upcast(data)] as const);
    if (lifted === undefined) {
      return problem(
        "upcaster_failed",
        `threw on the golden payload of version ${version}; it must not throw and must not change its argument.`,
      );
    }
    if (canonicalText(lifted[0]) !== canonicalText(lifted[1])) {
      return problem("upcaster_impure", "gave two results for one payload; it may depend on its argument only.");
    }
    const schema = schemas.get(step + 1);
    const where = schema === undefined ? undefined : refusalOf(schema, lifted[0]);
    if (where !== undefined) {
      return problem(
        "upcaster_refused",
        `makes of the golden payload of version ${version} what version ${step + 1} refuses at ${where}.`,
      );
    }
    data = deepFreeze(lifted[0]);
  }
  const decoded = createCodec([definition]).decode({ type, schemaVersion: version, data: golden });
  if (decoded.ok) return [];
  const message = `The codec cannot read the golden payload of ${type} version ${version}: ${decoded.message}`;
  return [{ code: "golden_refused", type, version, message }];
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

function deepFreeze<T extends Json>(value: T): T {
  if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner);
    Object.freeze(value);
  }
  return value;
}
