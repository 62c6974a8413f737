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
    schema: z.strictObject({
      keyId: uuid.describe("The key."),
      role: z.enum(roles).describe("What the key may do."),
      vendor: externalId
        .describe("The only vendor the key may act for; absent when it is not bound to one.")
        .exactOptional(),
    }),
    example: { keyId: "0198f3a0-0000-7000-8000-00000000000c", role: "ops" },
  }),
  defineEvent({
    type: "ApiKeyRevoked",
    version: 1,
    summary: "The key is refused from here on.",
    schema: z.strictObject({ keyId: uuid.describe("The key.") }),
    example: { keyId: "0198f3a0-0000-7000-8000-00000000000c" },
  }),
  defineEvent({
    type: "CommandRefused",
    version: 1,
    summary: "A well-formed, authenticated command was refused.",
    schema: z.strictObject({
      command: z.string().max(120).describe("Name of the command."),
      code: code.describe("Why it was refused."),
      actor: z.string().max(200).describe("Who asked: `key:<id>`, `user:<id>` or `system:<role>`."),
    }),
    example: { command: "cancel_execution", code: "already_final", actor: "key:0198f3a0" },
  }),
  defineEvent({
    type: "PersonalDataRead",
    version: 1,
    summary: "Somebody read a couple's or a vendor's data in clear.",
    schema: z.strictObject({
      what: code.describe("Which kind of data."),
      vendor: externalId.describe("Whose data."),
      wedding: externalId.describe("Whose data, when it is a couple's.").exactOptional(),
      actor: z.string().max(200).describe("Who read: `key:<id>`, `user:<id>` or `system:<role>`."),
    }),
    example: { what: "couple", vendor: "lens-and-light", wedding: "smith-jones", actor: "key:0198f3a0" },
  }),
  defineEvent({
    type: "LogEpochRaised",
    version: 1,
    summary: "An operator accepted a restored server as the log; readers compare (epoch, position).",
    schema: z.strictObject({
      epoch: z.int().min(2).describe("The epoch from here on."),
      reason: z.string().max(500).describe("What the operator wrote; no personal data."),
    }),
    example: { epoch: 2, reason: "restored from backup" },
  }),
  defineEvent({
    type: "ProjectionSwitched",
    version: 1,
    summary: "Queries of a read model were turned to a generation that was built beside the old one.",
    schema: z.strictObject({
      model: z.string().max(63).describe("The read model."),
      modelVersion: z.int().min(1).describe("Version of the read model that the new generation has."),
      generation: z.int().min(2).describe("The generation that answers from here on."),
      replaced: z.int().min(1).describe("The generation that answered before; it is kept until it is dropped."),
    }),
    example: { model: "executions", modelVersion: 1, generation: 2, replaced: 1 },
  }),
] as const;

export type PlatformEvent = EventOf<(typeof platformEvents)[number]>;
