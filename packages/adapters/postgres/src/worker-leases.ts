// Workers' proofs of life: one row a worker with a counter. Who watches them decides by its own monotonic clock.
import type { Pool } from "pg";

export interface WorkerRow {
  readonly incarnation: string;
  readonly counter: number;
  readonly slots: number;
  readonly handlers: readonly string[];
  readonly remote: boolean;
}

export interface WorkerLeases {
  register(worker: Omit<WorkerRow, "counter">): Promise<void>;
  /** False when the row is gone: this incarnation was declared lost. */
  beat(incarnation: string): Promise<boolean>;
  /** Tells the others how many slots the worker has now. */
  resize(incarnation: string, slots: number): Promise<void>;
  deregister(incarnation: string): Promise<void>;
  /** Takes the lease of a worker that was silent since its counter was read; false when it has beaten meanwhile. */
  expire(worker: Pick<WorkerRow, "incarnation" | "counter">): Promise<boolean>;
  list(): Promise<readonly WorkerRow[]>;
}

export function createWorkerLeases({ pool, schema }: { readonly pool: Pool; readonly schema: string }): WorkerLeases {
  return {
    register: async ({ incarnation, slots, handlers, remote }) => {
      await pool.query(
        `insert into ${schema}.worker (incarnation, slots, handlers, remote) values ($1, $2, $3, $4)
         on conflict (incarnation) do update set counter = worker.counter + 1`,
        [incarnation, slots, handlers.join(","), remote],
      );
    },
    beat: async (incarnation) => {
      const { rowCount } = await pool.query(
        `update ${schema}.worker set counter = counter + 1 where incarnation = $1`,
        [incarnation],
      );
      return rowCount === 1;
    },
    resize: async (incarnation, slots) => {
      await pool.query(`update ${schema}.worker set slots = $2 where incarnation = $1`, [incarnation, slots]);
    },
    deregister: async (incarnation) => {
      await pool.query(`delete from ${schema}.worker where incarnation = $1`, [incarnation]);
    },
    expire: async ({ incarnation, counter }) => {
      const { rowCount } = await pool.query(`delete from ${schema}.worker where incarnation = $1 and counter = $2`, [
        incarnation,
        counter,
      ]);
      return rowCount === 1;
    },
    list: async () => {
      const { rows } = await pool.query<{
        incarnation: string;
        counter: string;
        slots: number;
        handlers: string;
        remote: boolean;
      }>(`select incarnation, counter, slots, handlers, remote from ${schema}.worker order by incarnation`);
      return rows.map(({ incarnation, counter, slots, handlers, remote }) => ({
        incarnation,
        counter: Number(counter),
        slots,
        handlers: handlers === "" ? [] : handlers.split(","),
        remote,
      }));
    },
  };
}

export interface LeaseWatch {
  /**
   * Takes what the lease rows say now and names those that were silent for a whole term.
   * @param monotonicMs the observer's own monotonic clock
   */
  observe(
    rows: readonly { readonly incarnation: string; readonly counter: number }[],
    monotonicMs: number,
  ): readonly string[];
  /** Suspends expiry for one term: after a clock jump or a pause of the observer, silence proves nothing. */
  forgive(monotonicMs: number): void;
}

/** Pure bookkeeping of who was last seen alive, by counters that move. */
export function createLeaseWatch({ termMs }: { readonly termMs: number }): LeaseWatch {
  const seen = new Map<string, { counter: number; at: number }>();
  let lastLook: number | undefined;
  const forgive = (now: number): void => {
    for (const entry of seen.values()) entry.at = now;
  };
  return {
    forgive,
    observe: (rows, now) => {
      // An observer that was itself paused must look for a whole term again before it judges others.
      if (lastLook !== undefined && now - lastLook > termMs) forgive(now);
      lastLook = now;
      const present = new Set(rows.map((row) => row.incarnation));
      for (const incarnation of seen.keys()) if (!present.has(incarnation)) seen.delete(incarnation);
      const silent: string[] = [];
      for (const { incarnation, counter } of rows) {
        const known = seen.get(incarnation);
        if (known === undefined || known.counter !== counter) seen.set(incarnation, { counter, at: now });
        else if (now - known.at >= termMs) silent.push(incarnation);
      }
      return silent;
    },
  };
}
