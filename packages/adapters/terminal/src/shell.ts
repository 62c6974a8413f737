// The process around a command line: signals, broken pipes, streams, a clock.

export interface Shell {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts when the user wants to stop. */
  readonly signal: AbortSignal;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Milliseconds, for spacing progress lines and telling rates only. */
  readonly now: () => number;
}

/**
 * This process as a shell. The first SIGINT or SIGTERM aborts the signal, so that work ends cleanly; the second ends the
 * process with 130. A reader that goes away (`| head`) is no failure.
 */
export function processShell(): Shell {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(130);
      stop.abort();
    });
  }
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  return {
    env: process.env,
    signal: stop.signal,
    stdout: process.stdout,
    stderr: process.stderr,
    now: () => performance.now(),
  };
}
