// What every peer is asked to do, and the loop that asks. Each is called the way its own documentation shows for many small
// jobs; what is set beside that is said in its file.

export interface PeerRequest {
  readonly peer: string;
  /** Folder that the libraries are required from. */
  readonly folder: string;
  readonly databaseUrl?: string;
  readonly redisPort?: number;
  readonly jobs: number;
  readonly warmUp: number;
  readonly callers: number;
  /** Jobs that may run at the same time. */
  readonly concurrency: number;
}

export interface PeerReport {
  readonly perSecond: number;
  /** Processor time of the process, microseconds a job; the server's comes on top. */
  readonly cpuUs: number;
}

/** A running queue with a worker that does nothing. */
export interface RunningPeer {
  /** Adds one job and waits until it is accepted. */
  add(): Promise<void>;
  /** Jobs that ended, with their end recorded by the library. */
  done(): number;
  close(): Promise<void>;
}

export type Load = <Library>(name: string) => Library;
export type StartPeer = (load: Load, request: PeerRequest) => Promise<RunningPeer>;

/** The same size as the payload of a measured execution. */
export const payload = { subject: "Four weeks to go", text: "Dear {{ couple.names }}, ".padEnd(160, "see you soon. ") };

/** Callers add one at a time while the same process executes; the clock stops when the last job has ended. */
export async function measurePeer(peer: RunningPeer, request: PeerRequest): Promise<PeerReport> {
  const { jobs, warmUp, callers } = request;
  await addAll(peer, warmUp, callers);
  await until(() => peer.done() >= warmUp);
  const cpu = process.cpuUsage();
  const began = performance.now();
  await addAll(peer, jobs, callers);
  await until(() => peer.done() >= warmUp + jobs);
  const seconds = (performance.now() - began) / 1_000;
  if (peer.done() !== warmUp + jobs)
    throw new Error(`${peer.done()} jobs ended of ${warmUp + jobs}: some ran more than once`);
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: jobs / seconds, cpuUs: (user + system) / jobs };
}

async function addAll(peer: RunningPeer, count: number, callers: number): Promise<void> {
  let left = count;
  const call = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await peer.add();
    }
  };
  await Promise.all(Array.from({ length: Math.min(callers, count) }, call));
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}
