// The embedded default without its HTTP door: platform, services and roles of one process, put together by hand so that a
// benchmark can drive the services directly. Nothing here stands in for a part of the product.
import { readEnvironment } from "../config/environment.js";
import type { RequestContext } from "@wedsync/adapter-http";
import { Readiness } from "@wedsync/adapter-process";
import { ids } from "../platform/ids.js";
import { openPlatform, type Platform } from "../platform/platform.js";
import { DispatcherRole } from "../roles/dispatcher.role.js";
import { ReadModelRole } from "../roles/read-model.role.js";
import { RegistryRole } from "../roles/registry.role.js";
import { ScalingRole } from "../roles/scaling.role.js";
import { WorkerRole } from "../roles/worker.role.js";
import { Executions } from "../services/executions.js";
import { Vendors } from "../services/vendors.js";
import { Weddings } from "../services/weddings.js";
import { activateModules, benchEffects } from "./modules.js";

export interface BenchPlatformOptions {
  readonly databaseUrl: string;
  /** 32 bytes, base64. */
  readonly masterKey: string;
  readonly slots: number;
  /** Follow the log with the execution list as well, as a whole platform does. */
  readonly readModel: boolean;
  readonly waitMs: number;
  readonly onEffect?: (execution: string) => void;
}

export interface BenchPlatform {
  readonly platform: Platform;
  readonly context: RequestContext;
  readonly executions: Executions;
  readonly vendors: Vendors;
  readonly weddings: Weddings;
  /** Effects carried out so far. */
  readonly effects: () => number;
  /** Starts choosing and running what was accepted. */
  dispatch(): void;
  /** Until so many effects were carried out since the start and no attempt is open: every outcome is on the log. */
  settled(effects: number): Promise<void>;
  close(): Promise<void>;
}

export async function openBenchPlatform(options: BenchPlatformOptions): Promise<BenchPlatform> {
  const read = readEnvironment({
    DATABASE_URL: options.databaseUrl,
    WEDSYNC_MASTER_KEY: options.masterKey,
    WEDSYNC_WORKER_SLOTS: String(options.slots),
    WEDSYNC_WORKER_SLOTS_MAX: String(options.slots),
    // A machine that stalls for seconds must not look like a dead worker: its attempts would be made again.
    WEDSYNC_LEASE_TERM: "60s",
    // Never called: the modules of the benchmark have providers of their own.
    SMTP_URL: "smtp://127.0.0.1:9",
    LOG_LEVEL: "error",
  });
  if (!read.ok) throw new Error(read.problems.map((found) => found.message).join("; "));
  const { environment } = read;
  const { handlers, done } = benchEffects(options.waitMs, options.onEffect ?? (() => undefined));
  const platform = await openPlatform(environment, handlers);
  const context: RequestContext = { caller: { role: "ops", actor: "key:bench" }, correlationId: ids.event() };
  await activateModules(platform.registry, {
    source: "/orchestrator/bench",
    correlationId: context.correlationId,
    actor: context.caller.actor,
    region: environment.WEDSYNC_REGION,
  });
  const { scheduler, registry, keys, clock, states } = platform;
  const vendors = new Vendors(registry, keys, environment, states);
  const readiness = new Readiness();
  const worker = new WorkerRole(platform, readiness);
  const scaling = new ScalingRole(platform, worker);
  const dispatcher = new DispatcherRole(platform, worker, readiness, scaling);
  const registryRole = new RegistryRole(platform);
  const readModel = new ReadModelRole(platform, readiness);
  await registryRole.onApplicationBootstrap();
  await worker.onApplicationBootstrap();
  await scaling.onApplicationBootstrap();
  if (options.readModel) readModel.onApplicationBootstrap();
  const isIdle = (): boolean => worker.worker.seats()[0]?.freeSlots === options.slots;
  return {
    platform,
    context,
    executions: new Executions(scheduler, registry, keys, clock, environment, states),
    vendors,
    weddings: new Weddings(scheduler, keys, environment, vendors, states),
    effects: done,
    dispatch: () => dispatcher.onApplicationBootstrap(),
    settled: async (effects) =>
      await new Promise((resolve) => {
        const look = (): void => {
          if (done() >= effects && isIdle()) resolve();
        };
        worker.worker.onFree(look);
        look();
      }),
    close: async () => {
      await dispatcher.beforeApplicationShutdown();
      await scaling.beforeApplicationShutdown();
      await worker.beforeApplicationShutdown();
      await readModel.beforeApplicationShutdown();
      await registryRole.beforeApplicationShutdown();
      await platform.close();
    },
  };
}
