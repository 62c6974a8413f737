// The life of an app's process: checked environment, start, one ready message to a supervisor, a clean end.
import type { EnvironmentProblem } from "./environment.js";

export interface RunningApp {
  readonly port: number;
  /** Finishes what runs and closes everything. */
  stop(): Promise<void>;
}

/**
 * Runs until a signal, or until the supervisor's channel closes. What goes wrong at start is one line on standard error and
 * exit 1. A supervisor gets `{port}` when the app is up.
 */
export async function runApp<Environment>(
  name: string,
  read:
    | { readonly ok: true; readonly environment: Environment }
    | { readonly ok: false; readonly problems: readonly EnvironmentProblem[] },
  start: (environment: Environment) => Promise<RunningApp>,
): Promise<void> {
  if (!read.ok) return fail(read.problems.map((found) => found.message).join("\n"));
  try {
    const running = await start(read.environment);
    process.send?.({ port: running.port });
    let stopping = false;
    const stop = (): void => {
      if (stopping) return;
      stopping = true;
      void running.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.on("SIGTERM", stop);
    // Ctrl-C reaches the whole group; under a supervisor the supervisor decides.
    process.on("SIGINT", () => {
      if (process.send === undefined) stop();
    });
    process.on("disconnect", stop);
  } catch (error) {
    fail(error instanceof Error ? (error.message.split("\n")[0] ?? error.name) : `${name} could not start.`);
  }
}

function fail(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}
