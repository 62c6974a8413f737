// How far each generation is, against the log and by the database's clock.
import type { Pool } from "pg";
import type { GenerationStatus } from "./control-tables.js";

export interface ProjectionLag {
  readonly model: string;
  readonly generation: number;
  readonly modelVersion: number;
  readonly status: GenerationStatus;
  readonly epoch: number;
  readonly position: bigint;
  readonly head: bigint;
  /** Events between its checkpoint and the head of the log; 0 when it is ahead of it. */
  readonly eventsBehind: number;
  /** Age of the oldest event it has not applied, milliseconds; 0 when there is none. */
  readonly millisecondsBehind: number;
  /** When the last event it applied was recorded, epoch milliseconds; absent before the first. */
  readonly lastRecordedAt?: number;
  /** True when the log does not hold the event that it stands on: a restored log that lost events. */
  readonly isAheadOfLog: boolean;
  readonly parkedCount: number;
  /** The first ones by position; there may be more. */
  readonly parked: readonly {
    readonly stream: string;
    readonly position: bigint;
    readonly type: string;
    readonly reason: string;
  }[];
}

interface Row {
  readonly model: string;
  readonly generation: number;
  readonly model_version: number;
  readonly status: GenerationStatus;
  readonly epoch: number;
  readonly position: string;
  readonly head: string;
  readonly ms_behind: string;
  readonly last_ms: string | null;
  readonly ahead: boolean;
  readonly parked_count: string;
  readonly parked: readonly {
    readonly stream: string;
    readonly position: string;
    readonly type: string;
    readonly reason: string;
  }[];
}

/** Parked streams that are named one by one; an operator needs the first ones, not a million. */
const namedAtMost = 100;

/** Reads the lag of every generation, with the rights of the role that owns the read models. */
export async function readLag(options: {
  readonly pool: Pool;
  readonly schema: string;
  readonly logSchema: string;
}): Promise<readonly ProjectionLag[]> {
  const { schema, logSchema } = options;
  const { rows } = await options.pool.query<Row>(
    `select p.model, p.generation, p.model_version, p.status, p.epoch, p.position, h.head,
            coalesce(greatest(0, (extract(epoch from clock_timestamp() - n.recorded_at) * 1000)::int8), 0) as ms_behind,
            (extract(epoch from l.recorded_at) * 1000)::int8 as last_ms,
            p.position > 0 and l.epoch is distinct from p.epoch as ahead,
            (select count(*) from ${schema}.parked_stream k where k.projection = p.name) as parked_count,
            coalesce((select json_agg(s) from (select stream, position::text, type, reason from ${schema}.parked_stream k
                       where k.projection = p.name order by k.position limit ${namedAtMost}) s), '[]') as parked
       from ${schema}.projection p
      cross join (select coalesce(max(position), 0) as head from ${logSchema}.events) h
       left join ${logSchema}.events n on n.position = p.position + 1
       left join ${logSchema}.events l on l.position = p.position
      where p.model is not null order by p.model, p.generation`,
  );
  return rows.map((row) => {
    const [position, head] = [BigInt(row.position), BigInt(row.head)];
    return {
      model: row.model,
      generation: row.generation,
      modelVersion: row.model_version,
      status: row.status,
      epoch: row.epoch,
      position,
      head,
      eventsBehind: head > position ? Number(head - position) : 0,
      millisecondsBehind: Number(row.ms_behind),
      ...(row.last_ms === null ? {} : { lastRecordedAt: Number(row.last_ms) }),
      isAheadOfLog: row.ahead,
      parkedCount: Number(row.parked_count),
      parked: row.parked.map((entry) => ({ ...entry, position: BigInt(entry.position) })),
    };
  });
}
