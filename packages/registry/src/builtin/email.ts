// The e-mail module as data. SMTP takes no idempotency key, so a doubt is never sent again (SCH-7).
import type { ModuleDefinition } from "@wedsync/contracts/registry";
import {
  closed,
  emailAddress,
  headerText,
  lateness,
  retry,
  variables,
  vendorProfiles,
  weddingPolicy,
} from "./common.js";

const content = {
  subject: headerText(300),
  text: { type: "string", minLength: 1, maxLength: 32_000 },
  html: { type: "string", minLength: 1, maxLength: 60_000 },
  variables,
};

export const email: ModuleDefinition = {
  type: "email",
  title: "E-mail",
  configSchema: closed(content),
  payloadSchema: closed({ to: emailAddress, ...content }, ["subject", "text"]),
  resources: { cpuMillis: 50, memoryMiB: 32, networkKiBps: 64 },
  performance: { p95Ms: 1_500, p99Ms: 3_000, errorRate: 0.01 },
  retry,
  timeoutMs: 30_000,
  effect: "at-most-once",
  messageClass: "transactional",
  weddingPolicy,
  lateness,
  quietHours: null,
  vendorProfiles,
  providers: { primary: "smtp", backups: ["smtp-backup"] },
  handler: { kind: "builtin", name: "email" },
};
