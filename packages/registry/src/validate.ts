// What a vendor configures and what a request carries, against the definition it is for (REG-2).
import type { ModuleDefinition } from "@wedsync/contracts/registry";
import { invalid, isObject, type Validated, valueTypeOf } from "./issues.js";
import { checkJsonLimits, registryLimits } from "./json-limits.js";
import { validateWithSchema } from "./schema-validator.js";

export type JsonRecord = Readonly<Record<string, unknown>>;
type Schemas = Pick<ModuleDefinition, "configSchema" | "payloadSchema">;

/** Checks a vendor's configuration of a module. */
export const validateConfig = (definition: Pick<Schemas, "configSchema">, config: unknown): Validated =>
  validateBounded(definition.configSchema, config, "");

/** Checks a complete payload. */
export const validatePayload = (definition: Pick<Schemas, "payloadSchema">, payload: unknown): Validated =>
  validateBounded(definition.payloadSchema, payload, "");

/**
 * The payload that a module runs with: what the request carries, and for every property that the payload schema names
 * and the request leaves out, the configuration's value.
 */
export function effectivePayload(
  definition: Pick<Schemas, "payloadSchema">,
  config: JsonRecord,
  payload: JsonRecord,
): JsonRecord {
  const named = definition.payloadSchema["properties"];
  const inherited = Object.entries(config).filter(([name]) => isObject(named) && Object.hasOwn(named, name));
  return { ...Object.fromEntries(inherited), ...payload };
}

export type RequestCheck =
  | { readonly ok: true; readonly content: JsonRecord }
  | Extract<Validated, { readonly ok: false }>;

/**
 * Checks a request: its configuration by itself, then its effective payload. Paths start with `/config` or `/payload`.
 * @returns the effective payload as `content`.
 */
export function validateRequest(
  definition: Schemas,
  request: { readonly config?: unknown; readonly payload?: unknown },
): RequestCheck {
  const { config = {}, payload = {} } = request;
  const configured = validateBounded(definition.configSchema, config, "/config");
  if (!configured.ok) return configured;
  if (!isObject(config) || !isObject(payload)) {
    const path = isObject(config) ? "/payload" : "/config";
    return { ok: false, issues: [{ path, rule: "type", valueType: valueTypeOf(isObject(config) ? payload : config) }] };
  }
  const content = effectivePayload(definition, config, payload);
  const checked = validateBounded(definition.payloadSchema, content, "/payload");
  return checked.ok ? { ok: true, content } : checked;
}

function validateBounded(schema: JsonRecord, value: unknown, at: string): Validated {
  const broken = checkJsonLimits(value, registryLimits.payloadBytes);
  return broken === undefined ? validateWithSchema(schema, value, at) : invalid({ ...broken, path: at });
}
