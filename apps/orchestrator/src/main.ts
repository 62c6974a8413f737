// The orchestrator as a process.
import "reflect-metadata";
import { startOrchestrator } from "./bootstrap.js";
import { readEnvironment } from "./config/environment.js";

const fail = (line: string): never => {
  process.stderr.write(`${line}\n`);
  process.exit(1);
};

const read = readEnvironment(process.env);
if (!read.ok) fail(read.problems.map((found) => found.message).join("\n"));
else {
  try {
    const running = await startOrchestrator(read.environment);
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
    fail(error instanceof Error ? (error.message.split("\n")[0] ?? error.name) : "The orchestrator could not start.");
  }
}
