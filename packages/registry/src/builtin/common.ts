// Values that most built-in definitions share. A definition is complete when it is registered: these are copied, not linked.
import type { ModuleDefinition } from "@wedsync/contracts/registry";

const minute = 60_000;
const hour = 60 * minute;

/** Default factors of REG-6: a photographer moves pictures, a venue plans, a caterer exchanges lists. */
export const vendorProfiles: ModuleDefinition["vendorProfiles"] = {
  photographer: { cpu: 1.5, memory: 1, network: 1 },
  venue: { cpu: 1, memory: 1.5, network: 1 },
  caterer: { cpu: 1, memory: 1, network: 1.5 },
  florist: { cpu: 1, memory: 1, network: 1 },
};

export const weddingPolicy: ModuleDefinition["weddingPolicy"] = {
  criticalDaysBefore: 1,
  highDaysBefore: 7,
  defaultTier: "normal",
};

export const retry: ModuleDefinition["retry"] = { maxAttempts: 5, baseMs: 30_000, capMs: hour, maxLost: 2 };

/** Run late within a day; later it is stale. */
export const lateness: ModuleDefinition["lateness"] = {
  deadlineAfterMs: 4 * hour,
  expiresAfterMs: 24 * hour,
  onLate: "run",
  repeatAfterMove: false,
};

/** One line without control characters: what may stand in a header of a mail or of a calendar entry. */
export const headerText = (maxLength: number) =>
  ({ type: "string", minLength: 1, maxLength, pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$" }) as const;

export const emailAddress = {
  type: "string",
  format: "email",
  maxLength: 254,
  pattern: "^[^\\u0000-\\u0020\\u007f]*$",
} as const;
export const phoneNumber = { type: "string", pattern: "^\\+[1-9]\\d{6,14}$" } as const;
export const httpsUrl = {
  type: "string",
  format: "uri",
  maxLength: 2_048,
  pattern: "^https://[^\\u0000-\\u0020\\u007f]+$",
} as const;

/** Values for a template's variables: flat, so that a template cannot wander. */
export const variables = {
  type: "object",
  maxProperties: 100,
  propertyNames: { pattern: "^[A-Za-z_][A-Za-z0-9_]{0,63}$" },
  additionalProperties: { type: ["string", "number", "boolean"], maxLength: 4_000 },
};

type Properties = Readonly<Record<string, ModuleDefinition["configSchema"][string]>>;

/** A closed object schema. */
export const closed = (properties: Properties, required: readonly string[] = []): ModuleDefinition["configSchema"] => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  properties,
  ...(required.length === 0 ? {} : { required: [...required] }),
  additionalProperties: false,
});
