// The form module as data: questions behind a link, answers come back as an event.
import type { ModuleDefinition } from "@wedsync/contracts/registry";
import { closed, emailAddress, headerText, lateness, retry, vendorProfiles, weddingPolicy } from "./common.js";

const content = {
  title: headerText(200),
  /** JSON Schema of the answers; checked as a schema when the form is stored. */
  schema: { type: "object" },
  expiresInDays: { type: "integer", minimum: 1, maximum: 365 },
};

export const form: ModuleDefinition = {
  type: "form",
  title: "Form",
  configSchema: closed(content),
  payloadSchema: closed({ to: emailAddress, ...content }, ["title", "schema"]),
  resources: { cpuMillis: 60, memoryMiB: 48, networkKiBps: 64 },
  performance: { p95Ms: 2_000, p99Ms: 4_000, errorRate: 0.01 },
  retry,
  timeoutMs: 30_000,
  effect: "at-most-once",
  messageClass: "transactional",
  weddingPolicy,
  lateness,
  quietHours: null,
  vendorProfiles,
  providers: { primary: "smtp", backups: ["smtp-backup"] },
  handler: { kind: "builtin", name: "form" },
};
