// The complete definition of a module type, as data: what was accepted under a version can be explained years later.
import { z } from "zod";
import { externalId, tier } from "../common.js";

const ms = z.int().min(1).max(86_400_000);
const jsonSchema = z.record(z.string(), z.json());

export const moduleDefinition = z
  .strictObject({
    type: externalId.describe("Name of the module type."),
    title: z.string().min(1).max(120).describe("Name for people."),
    configSchema: jsonSchema.describe("JSON Schema 2020-12 of what a vendor configures once."),
    payloadSchema: jsonSchema.describe("JSON Schema 2020-12 of what a request carries."),
    resources: z
      .strictObject({
        cpuMillis: z.int().min(1).describe("Thousandths of a core."),
        memoryMiB: z.int().min(1).describe("Memory, MiB."),
        networkKiBps: z.int().min(0).describe("Network, KiB a second."),
      })
      .describe("What one execution may use."),
    performance: z
      .strictObject({
        p95Ms: ms.describe("95th percentile of the run time, milliseconds."),
        p99Ms: ms.describe("99th percentile of the run time, milliseconds."),
        errorRate: z.number().min(0).max(1).describe("Share of attempts that may fail."),
      })
      .describe("The target that alerts compare with."),
    retry: z
      .strictObject({
        maxAttempts: z.int().min(1).max(50).describe("Attempts in all."),
        baseMs: ms.describe("Upper bound of the first delay, milliseconds; it doubles with each attempt."),
        capMs: ms.describe("Upper bound of every delay, milliseconds."),
        maxLost: z
          .int()
          .min(1)
          .max(10)
          .describe("Lost workers, counted apart, so that a payload that kills workers stops soon."),
      })
      .describe("Retries with full jitter."),
    timeoutMs: ms.describe("Longest run time of one attempt, milliseconds."),
    effect: z
      .enum(["keyed", "plain", "at-most-once"])
      .describe("What the provider promises: de-duplicates by key, does not, or must never be asked twice."),
    messageClass: z
      .enum(["transactional", "marketing"])
      .describe("Why the message is sent; marketing never overrides quiet hours."),
    weddingPolicy: z
      .strictObject({
        criticalDaysBefore: z
          .int()
          .min(0)
          .max(30)
          .describe("Whole days before the first day from which work is critical."),
        highDaysBefore: z.int().min(0).max(365).describe("Whole days before the first day from which work is high."),
        defaultTier: tier.describe("Tier outside these days."),
      })
      .describe("How a wedding's nearness raises the work."),
    lateness: z
      .strictObject({
        deadlineAfterMs: z.int().min(0).describe("Milliseconds after the due time from which work is late."),
        expiresAfterMs: z.int().min(0).describe("Milliseconds after the due time from which work never starts."),
        onLate: z.enum(["run", "skip", "hold"]).describe("What happens to late work."),
        repeatAfterMove: z.boolean().describe("Whether work that is done runs again when its wedding moves."),
      })
      .describe("What late work is worth."),
    quietHours: z
      .strictObject({
        from: z.string().describe("Local time from which nothing is sent, HH:MM."),
        until: z.string().describe("Local time until which nothing is sent, HH:MM."),
      })
      .nullable()
      .describe("Local hours without messages; null for none."),
    vendorProfiles: z
      .record(
        z.string(),
        z.strictObject({
          cpu: z.number().describe("Factor of `cpuMillis`."),
          memory: z.number().describe("Factor of `memoryMiB`."),
          network: z.number().describe("Factor of `networkKiBps`."),
        }),
      )
      .describe("How a vendor type changes the resources, by vendor type."),
    providers: z
      .strictObject({
        primary: z.string().describe("The provider that is asked first."),
        backups: z.array(z.string()).max(8).describe("Who takes over, in this order."),
      })
      .describe("Who carries out the effect."),
    handler: z
      .discriminatedUnion("kind", [
        z.strictObject({
          kind: z.literal("builtin").describe("Part of the platform."),
          name: externalId.describe("Name of the handler."),
        }),
        z.strictObject({
          kind: z.literal("http").describe("Called over HTTP."),
          url: z.url().describe("Where it is called."),
        }),
        z.strictObject({
          kind: z.literal("worker").describe("Run by workers that offer a capability."),
          capability: externalId.describe("The capability."),
        }),
      ])
      .describe("What runs the module."),
  })
  .meta({ title: "ModuleDefinition", description: "Everything the platform knows of one version of a module type." });
export type ModuleDefinition = z.infer<typeof moduleDefinition>;

export const exampleDefinition: ModuleDefinition = {
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
