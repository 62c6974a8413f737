// Module definitions are complete data: what was accepted under a version can be explained years later.
import { z } from "zod";
import { externalId, tier } from "../common.js";
import { defineEvent, type EventOf } from "../definition.js";

const ms = z.int().min(1).max(86_400_000);
const jsonSchema = z.record(z.string(), z.json());

export const moduleDefinition = z.strictObject({
  type: externalId,
  title: z.string().min(1).max(120),
  /** JSON Schema 2020-12 of what a vendor configures once, and of what a request carries. */
  configSchema: jsonSchema,
  payloadSchema: jsonSchema,
  resources: z.strictObject({ cpuMillis: z.int().min(1), memoryMiB: z.int().min(1), networkKiBps: z.int().min(0) }),
  performance: z.strictObject({ p95Ms: ms, p99Ms: ms, errorRate: z.number().min(0).max(1) }),
  retry: z.strictObject({
    maxAttempts: z.int().min(1).max(50),
    baseMs: ms,
    capMs: ms,
    /** Lost workers counted apart, so that a payload that kills workers stops soon. */
    maxLost: z.int().min(1).max(10),
  }),
  timeoutMs: ms,
  effect: z.enum(["keyed", "plain", "at-most-once"]),
  /** Marketing never overrides quiet hours. */
  messageClass: z.enum(["transactional", "marketing"]),
  weddingPolicy: z.strictObject({
    criticalDaysBefore: z.int().min(0).max(30),
    highDaysBefore: z.int().min(0).max(365),
    defaultTier: tier,
  }),
  lateness: z.strictObject({
    deadlineAfterMs: z.int().min(0),
    expiresAfterMs: z.int().min(0),
    onLate: z.enum(["run", "skip", "hold"]),
    repeatAfterMove: z.boolean(),
  }),
  quietHours: z.strictObject({ from: z.string(), until: z.string() }).nullable(),
  /** How a vendor type changes the allocation, as factors of `resources`. */
  vendorProfiles: z.record(z.string(), z.strictObject({ cpu: z.number(), memory: z.number(), network: z.number() })),
  providers: z.strictObject({ primary: z.string(), backups: z.array(z.string()).max(8) }),
  handler: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("builtin"), name: externalId }),
    z.strictObject({ kind: z.literal("http"), url: z.url() }),
    z.strictObject({ kind: z.literal("worker"), capability: externalId }),
  ]),
});
export type ModuleDefinition = z.infer<typeof moduleDefinition>;

const exampleDefinition: ModuleDefinition = {
  type: "email",
  title: "E-mail",
  configSchema: { type: "object" },
  payloadSchema: { type: "object" },
  resources: { cpuMillis: 50, memoryMiB: 64, networkKiBps: 64 },
  performance: { p95Ms: 1_500, p99Ms: 3_000, errorRate: 0.01 },
  retry: { maxAttempts: 5, baseMs: 30_000, capMs: 3_600_000, maxLost: 2 },
  timeoutMs: 30_000,
  effect: "at-most-once",
  messageClass: "transactional",
  weddingPolicy: { criticalDaysBefore: 1, highDaysBefore: 7, defaultTier: "normal" },
  lateness: { deadlineAfterMs: 14_400_000, expiresAfterMs: 86_400_000, onLate: "run", repeatAfterMove: false },
  quietHours: null,
  vendorProfiles: { photographer: { cpu: 1.5, memory: 1, network: 1 } },
  providers: { primary: "smtp", backups: [] },
  handler: { kind: "builtin", name: "email" },
};

export const moduleEvents = [
  defineEvent({
    type: "ModuleVersionRegistered",
    version: 1,
    summary: "A version of a module type exists; accepted work keeps the version it was accepted with.",
    schema: z.strictObject({
      version: z.int().min(1),
      definition: moduleDefinition,
      forcedReason: z.string().max(500).exactOptional(),
    }),
    example: { version: 1, definition: exampleDefinition },
  }),
  defineEvent({
    type: "ModuleVersionActivated",
    version: 1,
    summary: "New work of the type is accepted with this version from here on.",
    schema: z.strictObject({ type: externalId, version: z.int().min(1) }),
    example: { type: "email", version: 1 },
  }),
] as const;

export type ModuleEvent = EventOf<(typeof moduleEvents)[number]>;
