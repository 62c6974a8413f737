// Shapes that several contexts share. Instants are epoch milliseconds, zones are IANA names, dates are YYYY-MM-DD.
import { z } from "zod";

/** Ids given by callers. */
export const externalId = z.string().regex(/^[A-Za-z0-9._-]{1,128}$/);
export const instant = z.int().min(-8_640_000_000_000_000).max(8_640_000_000_000_000);
export const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const zoneId = z.string().min(1).max(64);
export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
export const code = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/);

/**
 * Personal data, encrypted with the key of one (vendor, wedding): AES-256-GCM, all parts base64. Erasing the key erases
 * the data; the event and every copy of it stay readable without it.
 */
export const sealed = z.strictObject({
  key: uuid,
  iv: z.string().max(24),
  tag: z.string().max(32),
  body: z.string(),
});
export type Sealed = z.infer<typeof sealed>;

export const tiers = ["critical", "high", "normal", "low"] as const;
export const tier = z.enum(tiers);
export type Tier = z.infer<typeof tier>;

/** Why something was decided: a stable code and its parameters; text is rendered when read. */
export const reason = z.strictObject({
  code,
  params: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
});
export type Reason = z.infer<typeof reason>;
