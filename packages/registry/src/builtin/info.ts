// The info module as data: a page for the couple, announced by mail.
import type { ModuleDefinition } from "@wedsync/contracts/registry";
import { closed, emailAddress, headerText, lateness, retry, vendorProfiles, weddingPolicy } from "./common.js";

const content = { title: headerText(200), markdown: { type: "string", minLength: 1, maxLength: 60_000 } };

export const info: ModuleDefinition = {
  type: "info",
  title: "Info page",
  configSchema: closed(content),
  payloadSchema: closed({ to: emailAddress, ...content }, ["title", "markdown"]),
  resources: { cpuMillis: 80, memoryMiB: 64, networkKiBps: 96 },
  performance: { p95Ms: 2_000, p99Ms: 4_000, errorRate: 0.01 },
  retry,
  timeoutMs: 30_000,
  effect: "at-most-once",
  messageClass: "transactional",
  weddingPolicy: { ...weddingPolicy, defaultTier: "low" },
  lateness,
  quietHours: null,
  vendorProfiles,
  providers: { primary: "smtp", backups: ["smtp-backup"] },
  handler: { kind: "builtin", name: "info" },
};
