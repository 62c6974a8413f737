// The waiting time of urgent BullMQ jobs behind a backlog, with its own priorities.
import { removed, redisConnection, type BullClasses } from "./bullmq.js";
import { payload, type Load } from "./peer.js";

export interface PeerDelayRequest {
  readonly peer: string;
  /** Folder that the library is required from. */
  readonly folder: string;
  readonly redisPort: number;
  readonly backlog: { readonly module: "noop" | "wait"; readonly executions: number; readonly isCritical: boolean };
  readonly arrivals: number;
  readonly perSecond: number;
  readonly concurrency: number;
  readonly waitMs: number;
}

const urgent = 1;
const usual = 10;

interface JobData {
  readonly arrival?: number;
  readonly wait?: boolean;
}

export async function bullStartDelay(load: Load, request: PeerDelayRequest) {
  const { backlog, arrivals, perSecond, concurrency, waitMs } = request;
  const { Queue, Worker } = load<BullClasses>("bullmq");
  const connection = redisConnection(request.redisPort);
  const name = `delay-${process.pid}`;
  const queue = new Queue(name, { connection });
  const options = { ...removed, priority: backlog.isCritical ? urgent : usual };
  for (let added = 0; added < backlog.executions; added += 1_000) {
    const count = Math.min(1_000, backlog.executions - added);
    const data = { ...payload, wait: backlog.module === "wait" };
    await queue.addBulk(Array.from({ length: count }, () => ({ name: "backlog", data, opts: options })));
  }
  const started = new Map<number, number>();
  let done = 0;
  const worker = new Worker(
    name,
    async ({ data }) => {
      const { arrival, wait } = data as JobData;
      if (arrival !== undefined) started.set(arrival, performance.now());
      if (wait === true) await new Promise((resolve) => setTimeout(resolve, waitMs));
    },
    { connection, concurrency },
  );
  worker.on("completed", () => (done += 1));
  worker.on("error", () => undefined);
  await worker.waitUntilReady();
  const first = performance.now();
  const accepted = new Map<number, number>();
  const adding: Promise<void>[] = [];
  const dueOf = (index: number): number => first + (index * 1_000) / perSecond;
  for (let index = 0; index < arrivals; index += 1) {
    const pause = dueOf(index) - performance.now();
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    adding.push(
      queue
        .add("urgent", { ...payload, arrival: index }, { ...removed, priority: urgent })
        .then(() => void accepted.set(index, performance.now())),
    );
  }
  await Promise.all(adding);
  while (started.size < arrivals) await new Promise((resolve) => setTimeout(resolve, 5));
  const indexes = Array.from({ length: arrivals }, (_, index) => index);
  const since = (from: (index: number) => number): readonly number[] =>
    indexes.map((index) => Math.max(0, (started.get(index) ?? 0) - from(index)));
  return {
    acceptedToStart: since((index) => accepted.get(index) ?? 0),
    arrivalToStart: since(dueOf),
    backlogLeft: Math.max(0, backlog.executions + arrivals - done),
  };
}
