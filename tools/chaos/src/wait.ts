// Waiting, without surprises.
import { setTimeout as timer } from "node:timers/promises";

/** Resolves after some milliseconds, or at once when the signal aborts. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (ms <= 0) return;
  // The only thing a timer rejects with is that it was aborted.
  await timer(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}

/** Runs a step again and again until told to stop; a failing step is tried again after the pause. */
export async function repeat(everyMs: number, signal: AbortSignal, step: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await step().catch(() => undefined);
    await sleep(everyMs, signal);
  }
}
