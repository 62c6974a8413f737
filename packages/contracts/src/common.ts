// Shapes that several contexts share. Titles and descriptions travel into the JSON Schemas and the event reference.
import { z } from "zod";

export const externalId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,128}$/)
  .meta({ title: "ExternalId", description: "Id given by a caller." });
export const instant = z
  .int()
  .min(-8_640_000_000_000_000)
  .max(8_640_000_000_000_000)
  .meta({ title: "Instant", description: "Epoch milliseconds." });
export const isoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .meta({ title: "IsoDate", description: "Calendar date without a zone, YYYY-MM-DD." });
export const wallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .meta({ title: "WallTime", description: "Local time of day, HH:MM." });
export const zoneId = z.string().min(1).max(64).meta({ title: "ZoneId", description: "IANA time zone name." });
export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  .meta({ title: "Uuid", description: "Id made by the platform, lower case." });
export const code = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/)
  .meta({ title: "Code", description: "Stable machine-readable word; text is rendered when read." });

export const sealed = z
  .strictObject({
    key: uuid.describe("Which data key encrypted the body."),
    iv: z.string().max(24).describe("Initialization vector, base64."),
    tag: z.string().max(32).describe("Authentication tag, base64."),
    body: z.string().describe("Ciphertext of a JSON value, base64."),
  })
  .meta({
    title: "Sealed",
    description:
      "Personal data, encrypted with the key of one (vendor, wedding) by AES-256-GCM. Erasing the key erases the data; the event and every copy of it stay readable without it.",
    "x-ciphertext": true,
  });
export type Sealed = z.infer<typeof sealed>;

export const tiers = ["critical", "high", "normal", "low"] as const;
export const tier = z.enum(tiers).meta({ title: "Tier", description: "Urgency of work, the most urgent first." });
export type Tier = z.infer<typeof tier>;

export const reason = z
  .strictObject({
    code,
    params: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .describe("Parameters of the code, by name.")
      .exactOptional(),
  })
  .meta({ title: "Reason", description: "Why something was decided: a stable code and its parameters." });
export type Reason = z.infer<typeof reason>;
