// A definition at the door: everything that could hurt later (unbounded patterns, remote references, times that are not
// times) is refused with its place, before a version of it exists for ever.
import { moduleDefinition, type ModuleDefinition } from "@wedsync/contracts/registry";
import { checkSchema } from "./check-schema.js";
import { compareVersions, type SchemaChange } from "./compare-schemas.js";
import { isObject, type Issue, maxIssues, pointerSegment, valueTypeOf } from "./issues.js";
import { checkJsonLimits, registryLimits } from "./json-limits.js";

export type DefinitionCheck =
  | { readonly ok: true; readonly definition: ModuleDefinition }
  | { readonly ok: false; readonly issues: readonly Issue[] };

const wallTime = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Checks a definition that somebody wants to register; also the data of the built-in ones. */
export function validateDefinition(input: unknown): DefinitionCheck {
  const broken = checkJsonLimits(input, registryLimits.definitionBytes);
  if (broken !== undefined) return { ok: false, issues: [broken] };
  const parsed = moduleDefinition.safeParse(input);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, code }) => {
      let value: unknown = input;
      for (const key of path) value = isObject(value) || Array.isArray(value) ? Reflect.get(value, key) : undefined;
      return {
        path: path.map((key) => `/${pointerSegment(String(key))}`).join(""),
        rule: code,
        valueType: valueTypeOf(value),
      };
    });
    return { ok: false, issues: issues.slice(0, maxIssues) };
  }
  const issues = semanticIssues(parsed.data);
  return issues.length === 0
    ? { ok: true, definition: parsed.data }
    : { ok: false, issues: issues.slice(0, maxIssues) };
}

function semanticIssues(definition: ModuleDefinition): readonly Issue[] {
  const issues: Issue[] = [];
  for (const name of ["configSchema", "payloadSchema"] as const) {
    const schema = definition[name];
    if (schema["type"] !== "object")
      issues.push({ path: `/${name}/type`, rule: "object_schema", valueType: valueTypeOf(schema["type"]) });
    for (const issue of checkSchema(schema)) issues.push({ ...issue, path: `/${name}${issue.path}` });
  }
  const { retry, lateness, quietHours } = definition;
  const number = (path: string, rule: string): void => void issues.push({ path, rule, valueType: "number" });
  if (retry.capMs < retry.baseMs) number("/retry/capMs", "at_least_base");
  if (lateness.expiresAfterMs < lateness.deadlineAfterMs) number("/lateness/expiresAfterMs", "at_least_deadline");
  for (const [type, profile] of Object.entries(definition.vendorProfiles)) {
    for (const [resource, factor] of Object.entries(profile)) {
      const path = `/vendorProfiles/${pointerSegment(type)}/${resource}`;
      if (factor < 0.1 || factor > 10) number(path, "factor_between_0.1_and_10");
    }
  }
  for (const side of ["from", "until"] as const) {
    if (quietHours !== null && !wallTime.test(quietHours[side]))
      issues.push({ path: `/quietHours/${side}`, rule: "wall_time", valueType: "string" });
  }
  return issues;
}

/** What the next version of a module would refuse that this one accepts, over both schemas. */
export function compareDefinitions(
  current: Pick<ModuleDefinition, "configSchema" | "payloadSchema">,
  next: Pick<ModuleDefinition, "configSchema" | "payloadSchema">,
): readonly SchemaChange[] {
  return (["configSchema", "payloadSchema"] as const).flatMap((name) =>
    compareVersions(current[name], next[name]).map(({ kind, path, rule }) => ({ kind, path: `/${name}${path}`, rule })),
  );
}
