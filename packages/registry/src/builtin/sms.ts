// The SMS module as data: short, costly, loud at night.
import type { ModuleDefinition } from "@wedsync/contracts/registry";
import { closed, lateness, phoneNumber, retry, vendorProfiles, weddingPolicy } from "./common.js";

const content = { text: { type: "string", minLength: 1, maxLength: 1_600 } };

export const sms: ModuleDefinition = {
  type: "sms",
  title: "SMS",
  configSchema: closed(content),
  payloadSchema: closed({ to: phoneNumber, ...content }, ["text"]),
  resources: { cpuMillis: 20, memoryMiB: 16, networkKiBps: 16 },
  performance: { p95Ms: 1_000, p99Ms: 2_000, errorRate: 0.01 },
  retry,
  timeoutMs: 15_000,
  effect: "at-most-once",
  messageClass: "transactional",
  weddingPolicy,
  lateness: { ...lateness, deadlineAfterMs: 3_600_000, expiresAfterMs: 14_400_000, onLate: "skip" },
  quietHours: { from: "21:00", until: "08:00" },
  vendorProfiles,
  providers: { primary: "twilio", backups: [] },
  handler: { kind: "builtin", name: "sms" },
};
