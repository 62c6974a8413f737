// What a run is made on: a database and a recorder of its own, a proxy whose connections can be cut, and the platform's processes.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createApiKeys } from "@wedsync/adapter-postgres";
import { Pool } from "pg";
import type { ChaosOptions } from "../options.js";
import { forkRecorder, type RecorderProcess } from "../recorder/process.js";
import { sabotageDatabase } from "../sabotage.js";
import { startCluster, type Cluster } from "./cluster.js";
import { Fleet, type Role } from "./fleet.js";
import { startProxy, type Proxy } from "./proxy.js";

/** Shape of the platform under test. */
export const sizes = { api: 2, dispatcher: 2, worker: 3, aggregator: 1 } as const;
/** What the recorder and the database take to come up on a machine that has nothing else to do, generously, milliseconds. */
const usualOpeningMs = 2_000;

/**
 * The lease's term, milliseconds. With a protection taken out nothing else may stop a worker: its lease outlives any delay of a
 * busy machine. Where opening took longer than usual the term grows with it: a lease that nobody there can renew in time
 * shows nothing but that.
 */
const leaseTermOf = ({ sabotage }: ChaosOptions, openingMs: number): number =>
  Math.round((sabotage === undefined ? 1_500 : 6_000) * Math.min(4, Math.max(1, openingMs / usualOpeningMs)));
const slots = 16;

/** What ends that which was begun, in the order of the beginnings. */
export type Ends = (() => Promise<unknown>)[];

interface Place {
  readonly folder: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface Running {
  readonly cluster: Cluster;
  readonly proxy: Proxy;
  readonly pool: Pool;
  readonly recorder: RecorderProcess;
  readonly fleet: Fleet;
  readonly key: string;
  readonly leaseTermMs: number;
  readonly files: { readonly ledger: string; readonly effects: string };
}

/**
 * Starts the recorder, the database, the proxy before it and the processes of the platform.
 * @param ends takes what ends each of them, as soon as it has begun
 */
export async function openPlatform(
  options: ChaosOptions,
  { folder, say, signal }: Place,
  ends: Ends,
): Promise<Running> {
  const began = performance.now();
  const files = { ledger: join(folder, "accepted.jsonl"), effects: join(folder, "effects.jsonl") };
  const secret = randomBytes(32).toString("base64");
  const recorder = await forkRecorder({
    file: files.effects,
    seed: options.seed,
    secret,
    minDelayMs: 5,
    maxDelayMs: 50,
  });
  ends.push(async () => await recorder.stop());
  const cluster = await startCluster(join(folder, "postgres"), signal);
  ends.push(async () => await cluster.stop());
  const leaseTermMs = leaseTermOf(options, performance.now() - began);
  const pool = new Pool({ connectionString: cluster.ownerUrl, max: 4 });
  pool.on("error", () => undefined);
  ends.push(async () => await pool.end());
  if (options.sabotage !== undefined) await sabotageDatabase(pool, options.sabotage);
  const proxy = await startProxy(cluster.appUrl);
  ends.push(async () => await proxy.close());
  const aggregatorUrl = proxy.through(await cluster.prepareReadModels());
  const key = (await createApiKeys({ pool, schema: "wedsync" }).issue("ops")).secret;
  const masterKey = randomBytes(32).toString("base64");
  const common = { WEDSYNC_RATE_LIMIT: "10000000", LOG_LEVEL: "info" };
  const orchestrator = (role: Role): Readonly<Record<string, string>> => ({
    ...common,
    DATABASE_URL: proxy.through(cluster.appUrl),
    SMTP_URL: "smtp://127.0.0.1:9",
    WEDSYNC_ROLES: role,
    WEDSYNC_PORT: "0",
    WEDSYNC_MASTER_KEY: masterKey,
    WEDSYNC_HTTP_HANDLER_SECRET: secret,
    WEDSYNC_HTTP_HANDLER_ALLOW_PRIVATE: "true",
    WEDSYNC_LEASE_TERM: `${leaseTermMs}ms`,
    WEDSYNC_WORKER_SLOTS: String(slots),
  });
  const fleet = new Fleet({
    sizes,
    logFolder: folder,
    key,
    signal,
    environment: {
      api: orchestrator("api"),
      dispatcher: orchestrator("dispatcher"),
      worker: orchestrator("worker"),
      aggregator: { ...common, DATABASE_URL: aggregatorUrl, WEDSYNC_METRICS_PORT: "0" },
    },
  });
  ends.push(async () => await fleet.stop());
  say("The database and the recorder are up; starting the platform.");
  await fleet.start();
  return { cluster, proxy, pool, recorder, fleet, key, files, leaseTermMs };
}
