// Two modules that cost nothing of their own: one that does nothing, one that waits. Real definitions, registered and
// activated like any other; only their effect is missing.
import type { ModuleDefinition } from "@wedsync/contracts/registry";
import type { Provider } from "@wedsync/journey-modules";
import { createNoopProvider, noopModule } from "@wedsync/journey-modules/testing";
import type { Registry, RegistryMeta } from "@wedsync/registry";
import { createHandler, type Handler } from "../execution/handler.js";

export const benchModules = ["noop", "wait"] as const;
export type BenchModule = (typeof benchModules)[number];

const hour = 3_600_000;

/** The e-mail module's kind of definition, for a provider that may be asked twice: three events an execution. */
export const definitionOf = (type: BenchModule): ModuleDefinition => ({
  type,
  title: type === "noop" ? "Does nothing" : "Waits and does nothing",
  configSchema: { type: "object", properties: {}, additionalProperties: false },
  payloadSchema: {
    type: "object",
    properties: { subject: { type: "string", maxLength: 300 }, text: { type: "string", maxLength: 32_000 } },
    required: ["subject", "text"],
    additionalProperties: false,
  },
  resources: { cpuMillis: 1, memoryMiB: 1, networkKiBps: 0 },
  performance: { p95Ms: 100, p99Ms: 1_000, errorRate: 0.01 },
  retry: { maxAttempts: 5, baseMs: 30_000, capMs: hour, maxLost: 2 },
  timeoutMs: 30_000,
  effect: "plain",
  messageClass: "transactional",
  weddingPolicy: { criticalDaysBefore: 1, highDaysBefore: 7, defaultTier: "normal" },
  lateness: { deadlineAfterMs: 4 * hour, expiresAfterMs: 24 * hour, onLate: "run", repeatAfterMove: false },
  quietHours: null,
  vendorProfiles: {},
  providers: { primary: type, backups: [] },
  handler: { kind: "builtin", name: type },
});

export interface BenchEffects {
  readonly handlers: ReadonlyMap<string, Handler>;
  /** Effects carried out so far. */
  readonly done: () => number;
}

/**
 * @param waitMs how long the waiting module's effect takes
 * @param onEffect called when an effect begins, with the execution's id
 */
export function benchEffects(waitMs: number, onEffect: (execution: string) => void): BenchEffects {
  const noop = createNoopProvider<unknown>({ name: "noop" });
  let waited = 0;
  const noticed = (provider: Provider<unknown>): Provider<unknown> => ({
    name: provider.name,
    effect: provider.effect,
    deliver: async (message, options) => {
      onEffect(options.key);
      return await provider.deliver(message, options);
    },
  });
  const wait: Provider<unknown> = {
    name: "wait",
    effect: "plain",
    deliver: async (_message, { onBodyStart }) => {
      await onBodyStart?.();
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      waited += 1;
      return { kind: "accepted" };
    },
  };
  return {
    handlers: new Map<string, Handler>([
      ["noop", createHandler(noticed(noop), () => noopModule)],
      ["wait", createHandler(noticed(wait), () => ({ ...noopModule, type: "wait" }))],
    ]),
    done: () => noop.accepted + waited,
  };
}

export async function activateModules(registry: Registry, meta: RegistryMeta): Promise<void> {
  for (const type of benchModules) {
    const registered = await registry.registerVersion(definitionOf(type), { meta });
    if (!registered.ok) throw new Error(registered.refusal.message);
    const activated = await registry.activate(type, registered.value.version, meta);
    if (!activated.ok) throw new Error(activated.refusal.message);
  }
}
