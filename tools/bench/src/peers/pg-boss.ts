// pg-boss: batches of up to 50 jobs, fetched again at once while there is more, else its shortest poll (0.5 s).
import { payload, type Load, type PeerRequest, type RunningPeer } from "./peer.js";

interface Boss {
  on(event: "error", listener: () => void): unknown;
  start(): Promise<unknown>;
  createQueue(name: string): Promise<void>;
  work(name: string, options: object, handler: (jobs: readonly unknown[]) => Promise<void>): Promise<string>;
  send(name: string, data: object): Promise<unknown>;
  stop(options: object): Promise<void>;
}

interface BossLibrary {
  readonly PgBoss: new (options: object) => Boss;
}

export const pgBoss = async (load: Load, { databaseUrl, concurrency }: PeerRequest): Promise<RunningPeer> => {
  const { PgBoss } = load<BossLibrary>("pg-boss");
  const boss = new PgBoss({ connectionString: databaseUrl });
  boss.on("error", () => undefined);
  await boss.start();
  await boss.createQueue("bench");
  let done = 0;
  const options = { batchSize: concurrency, pollingIntervalSeconds: 0.5, burstWhenBatchFull: true };
  await boss.work("bench", options, async (jobs) => {
    await Promise.resolve();
    done += jobs.length;
  });
  return {
    add: async () => void (await boss.send("bench", payload)),
    done: () => done,
    close: async () => await boss.stop({ graceful: false }),
  };
};
