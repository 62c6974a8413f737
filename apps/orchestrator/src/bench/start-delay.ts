// How long a critical execution waits between acceptance and start, while arrivals keep their rate whatever happens (an
// open loop: a slow answer does not slow the arrivals down, so waiting is not hidden).
import { openBenchPlatform, type BenchPlatform } from "./bench-platform.js";
import { acceptAll, payload } from "./callers.js";
import { bookCustomers, type Customer } from "./customers.js";
import type { BenchModule } from "./modules.js";
import { assertAllDone } from "./verify.js";

export interface StartDelayRequest {
  readonly job: "start-delay";
  readonly databaseUrl: string;
  readonly masterKey: string;
  /** What waits already when the arrivals begin, from vendors of its own. */
  readonly backlog: { readonly module: BenchModule; readonly executions: number; readonly isCritical: boolean };
  readonly arrivals: number;
  readonly perSecond: number;
  readonly slots: number;
  readonly waitMs: number;
}

export interface StartDelayReport {
  /** Milliseconds from the acknowledgement to the start of the effect, one for each arrival. */
  readonly acceptedToStart: readonly number[];
  /** Milliseconds from the instant the arrival was due to the start of the effect. */
  readonly arrivalToStart: readonly number[];
  /** Of the backlog, what still waited when the last arrival had started: 0 means it was not loaded all the time. */
  readonly backlogLeft: number;
}

interface Arrival {
  readonly due: number;
  accepted: number;
  started: number;
}

export async function startDelay(request: StartDelayRequest): Promise<StartDelayReport> {
  const { backlog, arrivals } = request;
  const started = new Map<string, number>();
  const bench = await openBenchPlatform({
    ...request,
    readModel: false,
    onEffect: (execution) => started.set(execution, performance.now()),
  });
  try {
    const daysAhead = backlog.isCritical ? 1 : 60;
    const crowd = await bookCustomers(bench, { name: "crowd", vendors: 20, weddings: 200, daysAhead });
    const near = await bookCustomers(bench, { name: "near", vendors: 1, weddings: 20, daysAhead: 1 });
    await acceptAll(bench, crowd, {
      module: backlog.module,
      count: backlog.executions,
      callers: 500,
      key: "backlog",
      bulk: true,
    });
    bench.dispatch();
    const warmUp = 200;
    // The first starts of a new leader, and of code that was never run, are not what a running platform does.
    const warm = await acceptAll(bench, near, { module: "noop", count: warmUp, callers: 10, key: "warm" });
    while (!warm.every((execution) => started.has(execution))) await new Promise((resolve) => setTimeout(resolve, 20));
    const measured = await arrive(bench, near, request, started);
    const effectsThen = bench.effects();
    await bench.settled(backlog.executions + warmUp + arrivals);
    await assertAllDone(bench.platform.log.pool, bench.platform.log.schema, backlog.executions + warmUp + arrivals);
    return {
      acceptedToStart: measured.map((arrival) => Math.max(0, arrival.started - arrival.accepted)),
      arrivalToStart: measured.map((arrival) => arrival.started - arrival.due),
      backlogLeft: Math.max(0, backlog.executions + warmUp + arrivals - effectsThen),
    };
  } finally {
    await bench.close();
  }
}

async function arrive(
  { executions, context }: BenchPlatform,
  customers: readonly Customer[],
  { arrivals, perSecond }: StartDelayRequest,
  started: ReadonlyMap<string, number>,
): Promise<readonly Arrival[]> {
  const first = performance.now();
  const measured: Arrival[] = [];
  const waiting: Promise<void>[] = [];
  for (let index = 0; index < arrivals; index += 1) {
    const due = first + (index * 1_000) / perSecond;
    const pause = due - performance.now();
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    const customer = customers[index % customers.length];
    if (customer === undefined) throw new Error("There is no wedding to accept executions for.");
    waiting.push(
      (async () => {
        const body = { weddingId: customer.wedding, moduleType: "noop", payload, when: "now" as const };
        const { executionId } = await executions.request(customer.vendor, `near-${index}`, body, context);
        const accepted = performance.now();
        while (!started.has(executionId)) await new Promise((resolve) => setTimeout(resolve, 5));
        measured.push({ due, accepted, started: started.get(executionId) ?? accepted });
      })(),
    );
  }
  await Promise.all(waiting);
  return measured;
}
