// One leader a role, by a lease row {holder, epoch, counter}. No timestamps: a candidate takes over only after it has itself
// watched an unchanged counter for a whole term. The epoch goes into every append, so a leader that was paused cannot write.
import type { LeaderToken } from "@wedsync/event-log";
import type { Pool } from "pg";

export interface LeadershipOptions {
  readonly pool: Pool;
  readonly schema: string;
  readonly role: string;
  /** UUID of this candidate; a new one for each start of a process. */
  readonly holder: string;
  readonly termMs: number;
}

export interface Leadership {
  /**
   * Stands for election until stopped. Callbacks come one at a time and in turns; `onLost` when another has taken the lease,
   * or at the stop.
   */
  start(callbacks: { readonly onGained: (token: LeaderToken) => void; readonly onLost: () => void }): void;
  /**
   * The token while this process leads for sure: undefined from two thirds of a term after the last renewal, before another
   * may start, until the lease is renewed or lost.
   */
  current(): LeaderToken | undefined;
  /** Gives the lease up, so that the next leader need not wait. */
  stop(): Promise<void>;
}

interface LeaseRow {
  readonly holder: string;
  readonly epoch: string;
  readonly counter: string;
}

export function createLeadership({ pool, schema, role, holder, termMs }: LeadershipOptions): Leadership {
  let token: LeaderToken | undefined;
  let renewedAt = 0;
  let seen: { readonly counter: string; readonly epoch: string; readonly since: number } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;
  let callbacks: Parameters<Leadership["start"]>[0] | undefined;

  const lose = (): void => {
    if (token === undefined) return;
    token = undefined;
    seen = undefined;
    callbacks?.onLost();
  };

  const gain = (epoch: string, at: number): void => {
    token = { role, epoch: Number(epoch) };
    renewedAt = at;
    callbacks?.onGained(token);
  };

  const renew = async (current: LeaderToken): Promise<void> => {
    const began = performance.now();
    const { rowCount } = await pool.query(
      `update ${schema}.leader set counter = counter + 1 where role = $1 and holder = $2 and epoch = $3`,
      [role, holder, current.epoch],
    );
    if (rowCount === 0) lose();
    else renewedAt = began;
  };

  const stand = async (): Promise<void> => {
    const began = performance.now();
    const inserted = await pool.query<LeaseRow>(
      `insert into ${schema}.leader (role, holder, epoch, counter) values ($1, $2, 1, 0) on conflict (role) do nothing returning holder, epoch, counter`,
      [role, holder],
    );
    if (inserted.rows[0] !== undefined) return gain(inserted.rows[0].epoch, began);
    const { rows } = await pool.query<LeaseRow>(`select holder, epoch, counter from ${schema}.leader where role = $1`, [
      role,
    ]);
    const lease = rows[0];
    if (lease === undefined) return;
    const isFree = lease.counter === "-1";
    if (!isFree && (seen?.counter !== lease.counter || seen.epoch !== lease.epoch)) {
      seen = { counter: lease.counter, epoch: lease.epoch, since: began };
      return;
    }
    if (!isFree && seen !== undefined && began - seen.since < termMs) return;
    const taken = await pool.query<LeaseRow>(
      `update ${schema}.leader set holder = $2, epoch = epoch + 1, counter = 0
        where role = $1 and epoch = $3 and counter = $4 returning holder, epoch, counter`,
      [role, holder, lease.epoch, lease.counter],
    );
    if (taken.rows[0] !== undefined) gain(taken.rows[0].epoch, began);
  };

  const turn = async (): Promise<void> => {
    try {
      // However late: only the row tells who leads. Until it has answered, `current` tells nobody that it is this process.
      if (token === undefined) await stand();
      else await renew(token);
    } catch {
      // The database is away: nobody can take the lease there, and nobody leads for sure.
    }
  };

  const schedule = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = turn().finally(schedule);
    }, termMs / 5);
  };

  return {
    start: (given) => {
      callbacks = given;
      running = turn().finally(schedule);
    },
    current: () => (token !== undefined && performance.now() - renewedAt <= (termMs * 2) / 3 ? token : undefined),
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
      const held = token;
      lose();
      if (held === undefined) return;
      await pool
        .query(`update ${schema}.leader set counter = -1 where role = $1 and holder = $2 and epoch = $3`, [
          role,
          holder,
          held.epoch,
        ])
        .catch(() => undefined);
    },
  };
}
