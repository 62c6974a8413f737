// The referral module as data. Marketing, like the review request.
import type { ModuleDefinition } from "@wedsync/contracts/registry";
import { closed, emailAddress, lateness, retry, vendorProfiles, weddingPolicy } from "./common.js";

const content = { offer: { type: "string", minLength: 1, maxLength: 4_000 } };

export const referral: ModuleDefinition = {
  type: "referral",
  title: "Referral",
  configSchema: closed(content),
  payloadSchema: closed({ to: emailAddress, ...content }, ["offer"]),
  resources: { cpuMillis: 40, memoryMiB: 32, networkKiBps: 32 },
  performance: { p95Ms: 2_000, p99Ms: 4_000, errorRate: 0.02 },
  retry,
  timeoutMs: 30_000,
  effect: "at-most-once",
  messageClass: "marketing",
  weddingPolicy: { ...weddingPolicy, defaultTier: "low" },
  lateness: { ...lateness, deadlineAfterMs: 86_400_000, expiresAfterMs: 604_800_000 },
  quietHours: { from: "20:00", until: "09:00" },
  vendorProfiles,
  providers: { primary: "smtp", backups: ["smtp-backup"] },
  handler: { kind: "builtin", name: "referral" },
};
