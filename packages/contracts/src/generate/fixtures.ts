// A small catalogue with a past, for the specs of the generator: an event that reached version 3.
import { z } from "zod";
import type { CatalogueEntry } from "../catalogue.js";
import { defineEvent, type EventDefinition } from "../definition.js";
import { newestVersion } from "./event-schema.js";
import type { EventVersion } from "./version-files.js";

const step = {
  1: defineEvent({
    type: "InvitationPrinted",
    version: 1,
    summary: "Invitations were printed.",
    schema: z.strictObject({ name: z.string().describe("Title.") }),
    example: { name: "June" },
  }),
  2: defineEvent({
    type: "InvitationPrinted",
    version: 2,
    summary: "Invitations were printed.",
    schema: z.strictObject({ title: z.string().describe("Title.") }),
    example: { title: "July" },
    upcasters: [({ name = "" }) => ({ title: name })],
  }),
  3: defineEvent({
    type: "InvitationPrinted",
    version: 3,
    summary: "Invitations were printed.",
    schema: z.strictObject({ title: z.string().describe("Title."), copies: z.int().min(1).describe("How many.") }),
    example: { title: "August", copies: 80 },
    upcasters: [({ name = "" }) => ({ title: name }), (data) => ({ ...data, copies: 1 })],
  }),
};

/** The definition as it was when the version was the newest. */
export const definitionAt = (version: 1 | 2 | 3): EventDefinition => step[version];

export const entryOf = (definition: EventDefinition): CatalogueEntry => ({
  context: "stationery",
  category: "invitation",
  definition,
});

/** The definition's versions as releases would have left them. */
export const versionsUpTo = (newest: 1 | 2 | 3): readonly EventVersion[] =>
  ([1, 2, 3] as const)
    .filter((version) => version <= newest)
    .map((version) => newestVersion(entryOf(definitionAt(version))));
