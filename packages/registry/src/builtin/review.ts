// The review module as data. Marketing: it never overrides quiet hours (DECIDED B22), and it can wait.
import type { ModuleDefinition } from "@wedsync/contracts/registry";
import {
  closed,
  emailAddress,
  headerText,
  httpsUrl,
  lateness,
  retry,
  vendorProfiles,
  weddingPolicy,
} from "./common.js";

const content = { platform: headerText(80), url: httpsUrl };

export const review: ModuleDefinition = {
  type: "review",
  title: "Review request",
  configSchema: closed(content),
  payloadSchema: closed({ to: emailAddress, ...content }, ["platform", "url"]),
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
  handler: { kind: "builtin", name: "review" },
};
