// Projections on Postgres: rows, checkpoint and parked streams in one transaction, compare-and-set.
import type { ParkedStream, ProjectionStore } from "@wedsync/event-log";
import type { Pool, PoolClient } from "pg";
import { inTransaction } from "./transaction.js";

interface CheckpointRow {
  readonly epoch: number;
  readonly position: string;
  readonly generation: number;
}

export function createProjectionStore({
  pool,
  schema,
}: {
  readonly pool: Pool;
  readonly schema: string;
}): ProjectionStore<PoolClient> {
  return {
    load: async (name) => {
      const { rows } = await pool.query<CheckpointRow>(
        `select epoch, position, generation from ${schema}.projection where name = $1`,
        [name],
      );
      const parked = await pool.query<Omit<ParkedStream, "position"> & { position: string }>(
        `select stream, position, type, reason from ${schema}.parked_stream where projection = $1 order by position`,
        [name],
      );
      const row = rows[0];
      return {
        checkpoint:
          row === undefined
            ? { epoch: 0, position: 0n, generation: 1 }
            : { epoch: row.epoch, position: BigInt(row.position), generation: row.generation },
        parked: parked.rows.map((entry) => ({ ...entry, position: BigInt(entry.position) })),
      };
    },
    commit: async (name, expected, next, parked, work) => {
      return await inTransaction(pool, async (client) => {
        await client.query(
          `insert into ${schema}.projection (name, epoch, position, generation) values ($1, 0, 0, 1) on conflict (name) do nothing`,
          [name],
        );
        const moved = await client.query(
          `update ${schema}.projection set epoch = $2, position = $3, generation = $4
            where name = $1 and epoch = $5 and position = $6 and generation = $7`,
          [
            name,
            next.epoch,
            next.position.toString(),
            next.generation,
            expected.epoch,
            expected.position.toString(),
            expected.generation,
          ],
        );
        if (moved.rowCount === 0) return "lost";
        await work(client);
        for (const { stream, position, type, reason } of parked) {
          await client.query(
            `insert into ${schema}.parked_stream (projection, stream, position, type, reason) values ($1, $2, $3, $4, $5)
             on conflict (projection, stream) do nothing`,
            [name, stream, position.toString(), type, reason],
          );
        }
        return "committed";
      });
    },
  };
}
