// Versions of module types: when one came to exist, and which one new work is accepted with.
import { z } from "zod";
import { externalId } from "../common.js";
import { defineEvent, type EventOf } from "../definition.js";
import { exampleDefinition, moduleDefinition } from "./module-definition.js";

export const moduleEvents = [
  defineEvent({
    type: "ModuleVersionRegistered",
    version: 1,
    summary: "A version of a module type exists; accepted work keeps the version it was accepted with.",
    schema: z.strictObject({
      version: z.int().min(1).describe("1 for the first version of a type."),
      definition: moduleDefinition,
      forcedReason: z
        .string()
        .max(500)
        .describe("Why an incompatible version was accepted; absent when it is compatible.")
        .exactOptional(),
    }),
    example: { version: 1, definition: exampleDefinition },
  }),
  defineEvent({
    type: "ModuleVersionActivated",
    version: 1,
    summary: "New work of the type is accepted with this version from here on.",
    schema: z.strictObject({
      type: externalId.describe("The module type."),
      version: z.int().min(1).describe("The version in force from here on."),
    }),
    example: { type: "email", version: 1 },
  }),
] as const;

export type ModuleEvent = EventOf<(typeof moduleEvents)[number]>;
