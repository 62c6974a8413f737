// The switch: under a lock on the old generation's checkpoint, so that it cannot move, queries are turned to the new one
// only when that is at least as far and has parked nothing more. Readers go on all the time.
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";
import { generationName, type ReadModel } from "./read-model.js";
import { modelViewSql } from "./tenant-table.js";
import { inTransaction } from "../transaction.js";

export type SwitchOutcome =
  | { readonly ok: true; readonly replaced: number; readonly epoch: number; readonly position: bigint }
  | {
      readonly ok: false;
      /**
       * `behind`: the new one was not as far in time. `parks_more`: it has parked streams that the old one shows.
       * `busy`: a long query held the old one. `not_building`: there is no such generation to switch to.
       */
      readonly code: "behind" | "parks_more" | "busy" | "not_building";
    };

export interface SwitchOptions {
  /** How long the old generation is kept from moving while the new one comes up, milliseconds; 2,000 when absent. */
  readonly patienceMs?: number;
  /**
   * Accepts a new generation that is not as far, after a restored log lost what the old one had read. Queries then show an
   * older state than before: only a person can want that.
   */
  readonly evenIfOlder?: boolean;
}

interface Standing {
  readonly name: string;
  readonly generation: number;
  readonly epoch: number;
  readonly position: string;
}

/** A reader that holds the view this long makes the switch give up, so that it does not make all others wait. */
const viewLockMs = 1_000;
const askEveryMs = 20;

export async function switchGeneration(
  { pool, schema }: { readonly pool: Pool; readonly schema: string },
  model: ReadModel,
  generation: number,
  { patienceMs = 2_000, evenIfOlder = false }: SwitchOptions,
): Promise<SwitchOutcome> {
  const name = generationName(model.name, generation);
  try {
    return await inTransaction(pool, async (client) => {
      const blue = await standing(client, schema, "model = $1 and status = 'active'", [model.name], true);
      const exists = await standing(client, schema, "name = $1 and status = 'building'", [name], false);
      if (blue === undefined || exists === undefined) return { ok: false, code: "not_building" };
      if (!evenIfOlder) await untilAsFar(client, schema, name, blue, patienceMs);
      const locked = await standing(client, schema, "name = $1 and status = 'building'", [name], true);
      if (locked === undefined) return { ok: false, code: "not_building" };
      if (isBehind(locked, blue) && !evenIfOlder) return { ok: false, code: "behind" };
      const more = await client.query(
        `select stream from ${schema}.parked_stream where projection = $1
         except select stream from ${schema}.parked_stream where projection = $2`,
        [name, blue.name],
      );
      if (more.rows.length > 0) return { ok: false, code: "parks_more" };
      await client.query(`set local lock_timeout = ${viewLockMs}`);
      await client.query(modelViewSql(schema, model.name, name, model.table));
      await client.query(`update ${schema}.projection set status = 'retired' where name = $1`, [blue.name]);
      await client.query(
        `update ${schema}.projection set status = 'active', replaced = $2, noted = false where name = $1`,
        [name, blue.generation],
      );
      return { ok: true, replaced: blue.generation, epoch: locked.epoch, position: BigInt(locked.position) };
    });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "55P03") return { ok: false, code: "busy" };
    throw error;
  }
}

/** Waits, with the old one standing still, until the new one is as far or patience ends. */
async function untilAsFar(
  client: PoolClient,
  schema: string,
  name: string,
  blue: Standing,
  patienceMs: number,
): Promise<void> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const green = await standing(client, schema, "name = $1 and status = 'building'", [name], false);
    if (green === undefined || !isBehind(green, blue) || performance.now() >= until) return;
    await sleep(askEveryMs);
  }
}

async function standing(
  client: PoolClient,
  schema: string,
  condition: string,
  values: readonly string[],
  isLocked: boolean,
): Promise<Standing | undefined> {
  const { rows } = await client.query<Standing>(
    `select name, generation, epoch, position from ${schema}.projection where ${condition}${isLocked ? " for update" : ""}`,
    [...values],
  );
  return rows[0];
}

/** Compared as readers do: a later epoch is a log that an operator accepted, whatever its positions. */
function isBehind(green: Standing, blue: Standing): boolean {
  return green.epoch === blue.epoch ? BigInt(green.position) < BigInt(blue.position) : green.epoch < blue.epoch;
}
