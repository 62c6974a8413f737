// BullMQ, on Redis and on its Postgres backend. Finished jobs are removed, as is usual for many small ones.
import { payload, type Load, type PeerRequest, type RunningPeer } from "./peer.js";

interface Queue {
  add(name: string, data: unknown, options?: object): Promise<unknown>;
  addBulk(jobs: readonly object[]): Promise<unknown>;
  close(): Promise<void>;
}

interface Worker {
  on(event: "completed" | "error", listener: () => void): unknown;
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
}

export interface BullClasses {
  readonly Queue: new (name: string, options: object) => Queue;
  readonly Worker: new (
    name: string,
    processor: (job: { readonly data: unknown }) => Promise<void>,
    options: object,
  ) => Worker;
}

interface BullLibrary extends BullClasses {
  withBackend(factory: unknown): BullClasses;
  readonly createPostgresBackend: unknown;
}

export const removed = { removeOnComplete: true, removeOnFail: true };

async function start({ Queue, Worker }: BullClasses, connection: object, concurrency: number): Promise<RunningPeer> {
  let done = 0;
  const queue = new Queue("bench", { connection });
  const worker = new Worker("bench", () => Promise.resolve(), { connection, concurrency });
  worker.on("completed", () => (done += 1));
  worker.on("error", () => undefined);
  await worker.waitUntilReady();
  return {
    add: async () => void (await queue.add("noop", payload, removed)),
    done: () => done,
    close: async () => {
      await worker.close();
      await queue.close();
    },
  };
}

export const bullOnRedis = async (load: Load, { redisPort, concurrency }: PeerRequest): Promise<RunningPeer> =>
  await start(load<BullLibrary>("bullmq"), redisConnection(redisPort), concurrency);

export const redisConnection = (port = 0): object => ({ host: "127.0.0.1", port, maxRetriesPerRequest: null });

export const bullOnPostgres = async (load: Load, { databaseUrl, concurrency }: PeerRequest): Promise<RunningPeer> => {
  const library = load<BullLibrary>("bullmq");
  const connection = { connectionString: databaseUrl, migrate: true, max: 10 };
  return await start(library.withBackend(library.createPostgresBackend), connection, concurrency);
};
