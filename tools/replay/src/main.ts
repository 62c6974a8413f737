#!/usr/bin/env node
// The process around the command line: signals, broken pipes, exit code. All else is in program.ts.
import { run } from "./program.js";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  });
}
// `replay timeline | head` is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  signal: stop.signal,
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => performance.now(),
});
