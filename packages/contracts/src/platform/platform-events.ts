// Who may do what, what was refused, who looked at personal data. No values of any request.
import { z } from "zod";
import { code, externalId, uuid } from "../common.js";
import { defineEvent, type EventOf } from "../definition.js";

export const roles = ["vendor", "ops", "service", "read-only"] as const;

export const platformEvents = [
  defineEvent({
    type: "ApiKeyIssued",
    version: 1,
    summary: "A key was made; its hash is kept beside the key store, never here.",
    schema: z.strictObject({ keyId: uuid, role: z.enum(roles), vendor: externalId.exactOptional() }),
    example: { keyId: "0198f3a0-0000-7000-8000-00000000000c", role: "ops" },
  }),
  defineEvent({
    type: "ApiKeyRevoked",
    version: 1,
    summary: "The key is refused from here on.",
    schema: z.strictObject({ keyId: uuid }),
    example: { keyId: "0198f3a0-0000-7000-8000-00000000000c" },
  }),
  defineEvent({
    type: "CommandRefused",
    version: 1,
    summary: "A well-formed, authenticated command was refused.",
    schema: z.strictObject({ command: z.string().max(120), code, actor: z.string().max(200) }),
    example: { command: "cancel_execution", code: "already_final", actor: "key:0198f3a0" },
  }),
  defineEvent({
    type: "PersonalDataRead",
    version: 1,
    summary: "Somebody read a couple's or a vendor's data in clear.",
    schema: z.strictObject({
      what: code,
      vendor: externalId,
      wedding: externalId.exactOptional(),
      actor: z.string().max(200),
    }),
    example: { what: "couple", vendor: "lens-and-light", wedding: "smith-jones", actor: "key:0198f3a0" },
  }),
  defineEvent({
    type: "LogEpochRaised",
    version: 1,
    summary: "An operator accepted a restored server as the log; readers compare (epoch, position).",
    schema: z.strictObject({ epoch: z.int().min(2), reason: z.string().max(500) }),
    example: { epoch: 2, reason: "restored from backup" },
  }),
] as const;

export type PlatformEvent = EventOf<(typeof platformEvents)[number]>;
