// Process entry of the in-process benchmarks: one request by IPC, one report, and the end. Started by `bench`, never by a
// running platform.
import "reflect-metadata";
import { startDelay, type StartDelayRequest } from "./start-delay.js";
import { throughput, type ThroughputRequest } from "./throughput.js";

type Request = ThroughputRequest | StartDelayRequest;

async function run(request: Request): Promise<unknown> {
  return request.job === "throughput" ? await throughput(request) : await startDelay(request);
}

const answer = (message: object): void => {
  process.send?.(message, () => process.disconnect());
};

process.once("message", (message) => {
  run(message as Request).then(
    (value) => answer({ ok: true, value }),
    (error: unknown) => answer({ ok: false, message: error instanceof Error ? error.message : String(error) }),
  );
});
// The parent is gone: nobody waits for the report.
process.on("disconnect", () => process.exit());
