// Something that is done again and again until it is ended.
import { setTimeout as pause } from "node:timers/promises";

export interface RoundsOptions {
  /** Pause before the first round and between two of them, milliseconds. */
  readonly everyMs: number;
  /** A round failed; the next one comes all the same. */
  readonly onFailed: (error: unknown) => void;
}

/** Begins the rounds. Returns what ends them: it waits for a round that is under way. */
export function startRounds(round: () => Promise<unknown>, { everyMs, onFailed }: RoundsOptions): () => Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  const going = (async () => {
    for (;;) {
      await pause(everyMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await round().catch(onFailed);
    }
  })();
  return async () => {
    stop.abort();
    await going;
  };
}
