// When to try again. Full jitter: the delay is uniform between zero and the exponential bound, which spreads a crowd of
// failures best (Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015).

export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly maxAttempts: number;
  readonly baseMs: number;
  readonly capMs: number;
  /** Attempts that may end with a lost worker. */
  readonly maxLost: number;
}

/**
 * Delay before the next attempt, whole milliseconds in [0, min(cap, base * 2^(attempt - 1))].
 * @param attempt number of the attempt that failed, from 1
 * @param random uniform in [0, 1)
 */
export function retryDelayMs(attempt: number, policy: Pick<RetryPolicy, "baseMs" | "capMs">, random: number): number {
  const bound = Math.min(policy.capMs, policy.baseMs * 2 ** Math.min(attempt - 1, 40));
  return Math.floor(random * bound);
}
