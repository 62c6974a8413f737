// Generations of read models: begun beside the active one, switched in one transaction, dropped by command. Why it is so:
// docs/adr/0006-blue-green-read-models.md.
import type { Pool, PoolClient } from "pg";
import { controlTables, type GenerationStatus } from "./control-tables.js";
import { generationName, type ReadModel } from "./read-model.js";
import { switchGeneration, type SwitchOptions, type SwitchOutcome } from "./switch-generation.js";
import { modelTableSql, modelViewSql } from "./tenant-table.js";
import { inTransaction } from "../transaction.js";

export interface Generation {
  readonly model: string;
  readonly generation: number;
  readonly modelVersion: number;
  readonly status: GenerationStatus;
  readonly epoch: number;
  readonly position: bigint;
  /** Who asked for it: an actor, or `system:<role>` for a start. */
  readonly requestedBy: string;
  readonly correlationId: string;
  /** The generation it took over from. */
  readonly replaced?: number;
  /** False from the switch until it was recorded in the log. */
  readonly noted: boolean;
}

export interface GenerationRequest {
  readonly requestedBy: string;
  readonly correlationId: string;
}

export interface Generations {
  /** Makes the control tables where they are missing: an empty schema is a valid start. */
  prepare(): Promise<void>;
  list(): Promise<readonly Generation[]>;
  /**
   * Begins a generation from nothing. The first of a model is active at once; a further one is built beside it. While one
   * of the same version is being built, that one is answered.
   */
  begin(model: ReadModel, request: GenerationRequest): Promise<Generation>;
  switchTo(model: ReadModel, generation: number, options?: SwitchOptions): Promise<SwitchOutcome>;
  /** Marks a switch as recorded in the log. */
  markNoted(model: string, generation: number): Promise<void>;
  /** Drops a generation's table, checkpoint and parked list; never the active one. */
  drop(model: string, generation: number): Promise<"dropped" | "active" | "unknown">;
}

export interface GenerationsOptions {
  /** Connections of the role that owns the schema. */
  readonly pool: Pool;
  readonly schema: string;
  readonly owner: string;
}

interface Row {
  readonly model: string;
  readonly generation: number;
  readonly model_version: number;
  readonly status: GenerationStatus;
  readonly epoch: number;
  readonly position: string;
  readonly requested_by: string;
  readonly correlation_id: string;
  readonly replaced: number | null;
  readonly noted: boolean;
}

/** Held while relations are made or dropped: two instances may start at once. */
const definitionLock = 7_306_003;

export function createGenerations(options: GenerationsOptions): Generations {
  const { pool, schema, owner } = options;
  const define = async <Value>(work: (client: PoolClient) => Promise<Value>): Promise<Value> =>
    await inTransaction(pool, async (client) => {
      await client.query("select pg_advisory_xact_lock($1)", [definitionLock]);
      return await work(client);
    });
  const read = async (client: Pool | PoolClient): Promise<readonly Generation[]> => {
    const { rows } = await client.query<Row>(
      `select model, generation, model_version, status, epoch, position, requested_by, correlation_id, replaced, noted
         from ${schema}.projection where model is not null order by model, generation`,
    );
    return rows.map(toGeneration);
  };

  return {
    prepare: async () =>
      await define(async (client) => {
        for (const [name, table] of Object.entries(controlTables)) {
          const { rows } = await client.query<{ present: boolean }>("select to_regclass($1) is not null as present", [
            `${schema}.${name}`,
          ]);
          if (rows[0]?.present !== true) await client.query(modelTableSql(schema, name, table, owner));
        }
      }),
    list: async () => await read(pool),
    begin: async (model, request) =>
      await define(async (client) => {
        const known = (await read(client)).filter((entry) => entry.model === model.name);
        const building = known.find((entry) => entry.status === "building" && entry.modelVersion === model.version);
        if (building !== undefined) return building;
        const generation = Math.max(0, ...known.map((entry) => entry.generation)) + 1;
        const isFirst = !known.some((entry) => entry.status === "active");
        const name = generationName(model.name, generation);
        await client.query(modelTableSql(schema, name, model.table, owner));
        if (isFirst) await client.query(modelViewSql(schema, model.name, name, model.table));
        const { rows } = await client.query<Row>(
          `insert into ${schema}.projection
             (name, epoch, position, generation, model, model_version, status, requested_by, correlation_id, noted)
           values ($1, 0, 0, $2, $3, $4, $5, $6, $7, true) returning *`,
          [
            name,
            generation,
            model.name,
            model.version,
            isFirst ? "active" : "building",
            request.requestedBy,
            request.correlationId,
          ],
        );
        const [row] = rows;
        if (row === undefined) throw new Error(`The generation ${name} was not stored.`);
        return toGeneration(row);
      }),
    switchTo: async (model, generation, more = {}) => await switchGeneration({ pool, schema }, model, generation, more),
    markNoted: async (model, generation) => {
      await pool.query(`update ${schema}.projection set noted = true where name = $1`, [
        generationName(model, generation),
      ]);
    },
    drop: async (model, generation) =>
      await define(async (client) => {
        const name = generationName(model, generation);
        // The row first, as a runner does: whoever has it goes first, and the other finds the outcome.
        const { rows } = await client.query<{ status: GenerationStatus }>(
          `select status from ${schema}.projection where name = $1 and model = $2 for update`,
          [name, model],
        );
        if (rows[0] === undefined) return "unknown";
        if (rows[0].status === "active") return "active";
        await client.query(`delete from ${schema}.projection where name = $1`, [name]);
        await client.query(`delete from ${schema}.parked_stream where projection = $1`, [name]);
        await client.query(`drop table ${schema}."${name}"`);
        return "dropped";
      }),
  };
}

function toGeneration(row: Row): Generation {
  return {
    model: row.model,
    generation: row.generation,
    modelVersion: row.model_version,
    status: row.status,
    epoch: row.epoch,
    position: BigInt(row.position),
    requestedBy: row.requested_by,
    correlationId: row.correlation_id,
    ...(row.replaced === null ? {} : { replaced: row.replaced }),
    noted: row.noted,
  };
}
