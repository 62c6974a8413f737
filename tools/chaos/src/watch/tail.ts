// A reader that follows the log as consumers do and remembers the order in which it saw positions.
import { openPostgresLog } from "@wedsync/adapter-postgres";
import { schedulerInline } from "@wedsync/scheduler";
import { sleep } from "../wait.js";

export interface TailWatch {
  /** Positions in the order they came, as runs [first, last]. */
  readonly seen: readonly (readonly [number, number])[];
  /** Waits until a position was seen, for at most a while. */
  reached(position: number, patienceMs: number, signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

export function watchTail(connectionString: string): TailWatch {
  const log = openPostgresLog({ connectionString, inline: schedulerInline, readers: 2 });
  const stop = new AbortController();
  const runs: [number, number][] = [];
  const see = (position: number): void => {
    const last = runs.at(-1);
    if (last !== undefined && position === last[1] + 1) last[1] = position;
    else runs.push([position, position]);
  };
  const follow = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        const after = BigInt(runs.at(-1)?.[1] ?? 0);
        for await (const events of log.tail({ after, signal: stop.signal }))
          for (const event of events) see(Number(event.position));
      } catch {
        // The database is away; a consumer goes on where it stopped.
        await sleep(100, stop.signal);
      }
    }
  };
  const following = follow();
  return {
    seen: runs,
    reached: async (position, patienceMs, signal) => {
      const until = performance.now() + patienceMs;
      while ((runs.at(-1)?.[1] ?? 0) < position && performance.now() < until) {
        await sleep(20, signal);
        signal.throwIfAborted();
      }
    },
    stop: async () => {
      stop.abort();
      await following;
      await log.close();
    },
  };
}
