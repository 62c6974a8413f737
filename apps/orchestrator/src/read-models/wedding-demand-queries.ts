// What the planner asks of the read model `wedding_demand`: how many weddings are in hand, when they were booked and given back,
// and where the work of a mean one lies.
import { weddingDemandTable } from "@wedsync/scheduler";
import type { OffsetCount } from "@wedsync/season-policy";
import type { BookingRecord } from "@wedsync/season-policy/forecast";
import { longStatement } from "@wedsync/adapter-postgres";
import type { Pool } from "pg";

/** Weddings in hand on one day, of one market. */
export interface InHand {
  readonly market: string;
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly weddings: number;
}

export interface WorkAround {
  /** Bookings there ever were. */
  readonly bookings: number;
  readonly counts: readonly OffsetCount[];
}

export interface WeddingDemandQueries {
  /** Position of the log up to which the answers are complete; 0n before the first. */
  position(): Promise<bigint>;
  /** Weddings in hand whose day is in [from, to), days since 1970-01-01. */
  inHand(from: number, to: number): Promise<readonly InHand[]>;
  /** Every booking there was of these markets. */
  bookings(markets: readonly string[]): Promise<readonly BookingRecord[]>;
  /** Work by day offset and local hour, of all bookings of these markets. */
  workAround(markets: readonly string[]): Promise<WorkAround>;
}

interface BookingRow {
  readonly day: number;
  readonly booked_on: number;
  readonly released_on: number | null;
  readonly bookings: string;
}

export function weddingDemandQueries(pool: Pool, schema: string): WeddingDemandQueries {
  const table = `${schema}.${weddingDemandTable.name}`;
  return {
    position: async () => {
      const { rows } = await pool.query<{ position: string }>(
        `select position from ${schema}.projection where name = $1`,
        [weddingDemandTable.name],
      );
      return BigInt(rows[0]?.position ?? "0");
    },
    inHand: async (from, to) => {
      const { rows } = await pool.query<{ market: string; day: number; weddings: string }>(
        longStatement({
          text: `select market, day, count(*) as weddings from ${table} where day >= $1 and day < $2 group by 1, 2`,
          values: [from, to],
        }),
      );
      return rows.map(({ market, day, weddings }) => ({ market, day, weddings: Number(weddings) }));
    },
    bookings: async (markets) => {
      // Alike ones are counted by the server: there are fewer kinds than bookings.
      const { rows } = await pool.query<BookingRow>(
        longStatement({
          text: `select day, booked_on, released_on, count(*) as bookings from (
           select day, booked_on, null::int4 as released_on from ${table} where market = any($1) and day is not null
           union all
           select (r ->> 0)::int4, (r ->> 1)::int4, (r ->> 2)::int4
             from ${table}, json_array_elements(released::json) r where market = any($1) and released <> '[]'
         ) booking group by 1, 2, 3 order by booked_on, day, released_on`,
          values: [markets],
        }),
      );
      return rows.flatMap(({ day, booked_on: bookedOn, released_on: releasedOn, bookings }) =>
        Array.from({ length: Number(bookings) }, () =>
          releasedOn === null ? { day, bookedOn } : { day, bookedOn, releasedOn },
        ),
      );
    },
    workAround: async (markets) => {
      const counted = await pool.query<{ bookings: string }>(
        longStatement({
          text: `select count(day) + coalesce(sum(json_array_length(released::json)), 0) as bookings
                   from ${table} where market = any($1)`,
          values: [markets],
        }),
      );
      const { rows } = await pool.query<{ around: number; executions: string }>(
        longStatement({
          text: `select (w ->> 0)::int4 as around, sum((w ->> 1)::int8) as executions
           from ${table}, json_array_elements(work::json) w where market = any($1) group by 1 order by 1`,
          values: [markets],
        }),
      );
      const counts = rows.map(({ around, executions }) => {
        const dayOffset = Math.floor(around / 24);
        return { dayOffset, hour: around - dayOffset * 24, executions: Number(executions) };
      });
      return { bookings: Number(counted.rows[0]?.bookings ?? 0), counts };
    },
  };
}
