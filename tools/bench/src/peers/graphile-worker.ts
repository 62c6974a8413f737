// graphile-worker: as many jobs at once as the others, a pool to match, no cron. Ended jobs are removed by the library.
import { payload, type Load, type PeerRequest, type RunningPeer } from "./peer.js";

interface Runner {
  addJob(task: string, data: object): Promise<unknown>;
  stop(): Promise<void>;
  readonly events: { on(event: "job:complete", listener: () => void): unknown };
}

interface GraphileLibrary {
  run(options: object): Promise<Runner>;
  readonly Logger: new (factory: () => () => void) => unknown;
}

export const graphileWorker = async (load: Load, { databaseUrl, concurrency }: PeerRequest): Promise<RunningPeer> => {
  const { run, Logger } = load<GraphileLibrary>("graphile-worker");
  let done = 0;
  const runner = await run({
    connectionString: databaseUrl,
    concurrency,
    maxPoolSize: concurrency + 2,
    noHandleSignals: true,
    parsedCronItems: [],
    logger: new Logger(() => () => undefined),
    taskList: { noop: () => Promise.resolve() },
  });
  runner.events.on("job:complete", () => (done += 1));
  return {
    add: async () => void (await runner.addJob("noop", payload)),
    done: () => done,
    close: async () => await runner.stop(),
  };
};
