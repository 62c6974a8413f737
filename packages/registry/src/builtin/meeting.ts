// The meeting module as data: slots to choose from, then a calendar invitation.
import type { ModuleDefinition } from "@wedsync/contracts/registry";
import { closed, emailAddress, headerText, lateness, retry, vendorProfiles, weddingPolicy } from "./common.js";

const content = {
  title: headerText(200),
  /** Starts of the offered slots, RFC 3339 with an offset. */
  slots: {
    type: "array",
    items: { type: "string", format: "date-time", maxLength: 40 },
    minItems: 1,
    maxItems: 20,
    uniqueItems: true,
  },
  durationMinutes: { type: "integer", minimum: 5, maximum: 1_440 },
  location: headerText(300),
};

export const meeting: ModuleDefinition = {
  type: "meeting",
  title: "Meeting",
  configSchema: closed(content),
  payloadSchema: closed({ to: emailAddress, ...content }, ["title", "slots", "durationMinutes"]),
  resources: { cpuMillis: 60, memoryMiB: 48, networkKiBps: 64 },
  performance: { p95Ms: 2_000, p99Ms: 4_000, errorRate: 0.01 },
  retry,
  timeoutMs: 30_000,
  effect: "at-most-once",
  messageClass: "transactional",
  weddingPolicy,
  lateness: { ...lateness, repeatAfterMove: true },
  quietHours: null,
  vendorProfiles,
  providers: { primary: "smtp", backups: ["smtp-backup"] },
  handler: { kind: "builtin", name: "meeting" },
};
