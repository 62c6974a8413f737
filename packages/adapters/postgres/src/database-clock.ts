// The log's time: sampled from the database and carried by the monotonic clock in between, so that every instance decides
// by one clock and a wrong clock of this machine changes nothing.
import type { Clock } from "@wedsync/event-log";
import type { Pool } from "pg";

export interface ClockJump {
  /** What the database says now, and what it should say after the time that really passed; epoch milliseconds. */
  readonly observedMs: number;
  readonly expectedMs: number;
}

export interface DatabaseClock extends Clock {
  /** Takes the first sample; `now` must not be used before. */
  start(): Promise<void>;
  stop(): void;
  /** Milliseconds since the database last answered; 0 before the first sample. */
  silentMs(): number;
}

const sampleEveryMs = 1_000;
const jumpMs = 2_000;

export function createDatabaseClock(options: {
  readonly pool: Pool;
  readonly onJump?: (jump: ClockJump) => void;
}): DatabaseClock {
  let offset: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let answeredAt: number | undefined;

  const sample = async (): Promise<void> => {
    const before = performance.now();
    const { rows } = await options.pool.query<{ ms: string }>(
      "select floor(extract(epoch from clock_timestamp()) * 1000)::int8 as ms",
    );
    const after = performance.now();
    answeredAt = after;
    const observedMs = Number(rows[0]?.ms);
    // The database read its clock before the answer arrived: counted from here, this clock is never ahead of the log's own,
    // so nothing starts before it is due by the time that is recorded.
    const next = observedMs - after;
    // A slow answer says little about now: keep the better sample unless the difference cannot be explained by it.
    const slack = after - before;
    if (offset !== undefined && Math.abs(next - offset) > jumpMs + slack) {
      options.onJump?.({ observedMs, expectedMs: Math.round(offset + after) });
      offset = next;
    } else if (offset === undefined || slack < 50) offset = next;
  };

  const schedule = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      // While the database is away the monotonic clock carries on.
      sample()
        .catch(() => undefined)
        .finally(schedule);
    }, sampleEveryMs);
    timer.unref();
  };

  return {
    start: async () => {
      await sample();
      schedule();
    },
    silentMs: () => (answeredAt === undefined ? 0 : performance.now() - answeredAt),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
    now: () => {
      if (offset === undefined) throw new Error("The database clock was used before start().");
      return Math.floor(offset + performance.now());
    },
  };
}
