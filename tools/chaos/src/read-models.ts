// The read models: those that the orchestrator keeps itself, each with a projection of the same name, and the aggregator's.
import { createHash } from "node:crypto";
import { executionListTable, weddingDemandTable } from "@wedsync/scheduler";
import type { Pool } from "pg";
import type { Evidence, GenerationRow } from "./evidence/rows.js";
import type { Client } from "./load/client.js";
import type { Fleet } from "./platform/fleet.js";
import { sleep } from "./wait.js";

export const ownReadModels: readonly string[] = [executionListTable.name, weddingDemandTable.name];

/** Reads that a client has to have made before the switch, and has to make after it. */
const readsAround = 10;

/**
 * Asks the aggregator for a new generation of the read model that a client is reading, and waits until it has been turned to
 * and the client has read on. Gives up after a while: invariant 39 is not checked then, and says so.
 * @param reads how many answers that client has got
 */
export async function rebuildBesideClient(
  client: Client,
  pool: Pool,
  reads: () => number,
  patienceMs: number,
  signal: AbortSignal,
): Promise<void> {
  const until = performance.now() + patienceMs;
  const wait = async (isReached: () => boolean | Promise<boolean>): Promise<void> => {
    while (!signal.aborted && performance.now() < until && !(await isReached())) await sleep(50, signal);
  };
  await wait(() => reads() >= readsAround);
  const { status, body } = await client.call("POST", "/v1/read-models/executions/rebuild");
  if (status !== 202) throw new Error(`The rebuild was refused with ${status}: ${JSON.stringify(body)}`);
  // A database that is away just now has not switched anything.
  await wait(async () => (await readGenerations(pool).catch(() => [])).some(isTurnedTo));
  const before = reads();
  await wait(() => reads() >= before + readsAround);
}

/** An active generation that is not the first. */
const isTurnedTo = ({ name, status }: GenerationRow): boolean => status === "active" && !name.endsWith("_g1");

/** The aggregator's generations as its own tables have them. */
export async function readGenerations(pool: Pool): Promise<readonly GenerationRow[]> {
  const { rows } = await pool.query<{ name: string; status: string; position: string; parked: string }>(
    `select name, status, position,
            (select count(*) from wedsync_models.parked_stream s where s.projection = p.name) as parked
       from wedsync_models.projection p where model is not null order by name`,
  );
  return rows.map(({ position, parked, ...row }) => ({ ...row, position: Number(position), parked: Number(parked) }));
}

/** Waits until every generation stands at a position and none is being built, for at most a while. @throws when the signal aborts */
export async function untilGenerationsStand(
  pool: Pool,
  position: number,
  patienceMs: number,
  signal: AbortSignal,
): Promise<void> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const found = await readGenerations(pool);
    const isThere = found.length > 0 && found.every((one) => one.position >= position && one.status !== "building");
    if (isThere || performance.now() > until) return;
    await sleep(50, signal);
    signal.throwIfAborted();
  }
}

/**
 * Throws the orchestrator's read models away, lets the platform fold them again, and compares both.
 * @throws when the signal aborts
 */
export async function rebuildReadModels(
  pool: Pool,
  fleet: Fleet,
  patienceMs: number,
  signal: AbortSignal,
): Promise<Pick<Evidence["projection"], "live" | "rebuilt" | "position">> {
  await fleet.pause("dispatcher");
  signal.throwIfAborted();
  const live = await digestOf(pool);
  const at = await positionOf(pool);
  await pool.query("delete from wedsync.projection where name = any($1)", [ownReadModels]);
  for (const name of ownReadModels) await pool.query(`truncate wedsync.${name}`);
  fleet.resume("dispatcher");
  const until = performance.now() + patienceMs;
  while ((await positionOf(pool)) < at && performance.now() < until) {
    await sleep(100, signal);
    signal.throwIfAborted();
  }
  return { live, rebuilt: await digestOf(pool), position: at };
}

/** Where the read model that is furthest behind stands. */
async function positionOf(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ position: string }>(
    "select position from wedsync.projection where name = any($1)",
    [ownReadModels],
  );
  return rows.length < ownReadModels.length ? 0 : Math.min(...rows.map(({ position }) => Number(position)));
}

async function digestOf(pool: Pool): Promise<string> {
  const digest = createHash("sha256");
  for (const name of ownReadModels) {
    // The first column is the key.
    const { rows } = await pool.query(`select * from wedsync.${name} order by 1`);
    digest.update(JSON.stringify(rows));
  }
  return digest.digest("hex");
}
