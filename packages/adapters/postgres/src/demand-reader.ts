// What capacity follows from, counted in the pending table: the work that is due and not started, and the work of hours to come.
import type { Pool } from "pg";

/** Work that is due, not started and not held, of one market and tier. */
export interface BacklogRow {
  readonly market: string;
  readonly tier: string;
  readonly count: number;
  /** Due instant of the oldest of it, epoch milliseconds. */
  readonly oldestDue: number;
}

/** Work that falls due in one UTC hour. */
export interface DueHour {
  readonly market: string;
  /** Start of the hour, epoch milliseconds. */
  readonly at: number;
  readonly executions: number;
}

export interface DemandReader {
  /** Held work is left out, and work of a held scope: no worker could start it. */
  backlog(now: number): Promise<readonly BacklogRow[]>;
  /** Work of the hours that begin in [from, to); whole hours, epoch milliseconds. */
  dueByHour(range: { readonly from: number; readonly to: number }): Promise<readonly DueHour[]>;
}

const tierNow = `case
  when $1 >= critical_until then default_tier
  when $1 >= critical_from then 'critical'
  when $1 >= high_from and default_tier <> 'critical' then 'high'
  else default_tier end`;

const holdPrefix = "hold:";

export function createDemandReader({ pool, schema }: { readonly pool: Pool; readonly schema: string }): DemandReader {
  return {
    backlog: async (now) => {
      const holds = await pool.query<{ key: string }>(`select key from ${schema}.guard where key like 'hold:%'`);
      const held = holds.rows.map(({ key }) => key.slice(holdPrefix.length));
      const { rows } = await pool.query<{ market: string; tier: string; count: string; oldest: string }>(
        `select market, tier, count(*) as count, min(due_at) as oldest
           from (select market, vendor, wedding, module_type, due_at, ${tierNow} as tier
                   from ${schema}.pending where due_at <= $1 and not held) due
          where cardinality($2::text[]) = 0
             or not array['platform', 'vendor:' || vendor, 'wedding:' || vendor || '/' || wedding,
                          'module:' || module_type, 'market:' || market, 'tier:' || tier] && $2::text[]
          group by market, tier`,
        [now, held],
      );
      return rows.map(({ market, tier, count, oldest }) => ({
        market,
        tier,
        count: Number(count),
        oldestDue: Number(oldest),
      }));
    },
    dueByHour: async ({ from, to }) => {
      const { rows } = await pool.query<{ market: string; at: string; executions: string }>(
        `select market, due_at / 3600000 * 3600000 as at, count(*) as executions
           from ${schema}.pending where due_at >= $1 and due_at < $2 and not held group by 1, 2 order by 2`,
        [from, to],
      );
      return rows.map(({ market, at, executions }) => ({ market, at: Number(at), executions: Number(executions) }));
    },
  };
}
