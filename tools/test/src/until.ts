// Waiting for what another process does.
import { inspect } from "node:util";

/** Less than the limit of a test (jest.config.ts), so that a failure shows the line that waited and the last answer. */
const patienceMs = 300_000;

export interface UntilOptions {
  /** Time between two questions, in milliseconds; 20 when absent. */
  readonly everyMs?: number;
  /** Time after which it gives up, in milliseconds; five minutes when absent: only what hangs takes longer. */
  readonly patienceMs?: number;
}

/**
 * Asks again until the answer holds, and returns it.
 * @throws Error with the last answer when it never holds
 */
export async function until<Value>(
  ask: () => Promise<Value>,
  holds: (value: Value) => boolean,
  options: UntilOptions = {},
): Promise<Value> {
  const patience = options.patienceMs ?? patienceMs;
  const startedAt = performance.now();
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    if (performance.now() - startedAt > patience)
      throw new Error(`Waited ${patience / 1_000} s in vain; the last answer was ${inspect(value, { depth: 4 })}`);
    await new Promise((resolve) => setTimeout(resolve, options.everyMs ?? 20));
  }
}
