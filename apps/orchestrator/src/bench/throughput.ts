// Executions a second, end to end: callers accept while the same process dispatches and executes.
import { openBenchPlatform } from "./bench-platform.js";
import { acceptAll } from "./callers.js";
import { bookCustomers } from "./customers.js";
import type { BenchModule } from "./modules.js";
import { assertAllDone } from "./verify.js";

export interface ThroughputRequest {
  readonly job: "throughput";
  readonly databaseUrl: string;
  readonly masterKey: string;
  readonly module: BenchModule;
  readonly executions: number;
  /** Run before the clock starts, so that what is compiled and cached at first use is not measured. */
  readonly warmUp: number;
  readonly callers: number;
  readonly slots: number;
  readonly readModel: boolean;
  readonly waitMs: number;
}

export interface ThroughputReport {
  readonly seconds: number;
  readonly perSecond: number;
  /** Until the last execution was durable. */
  readonly acceptSeconds: number;
  /** Processor time of this process, microseconds an execution. */
  readonly cpuUs: number;
}

export async function throughput(request: ThroughputRequest): Promise<ThroughputReport> {
  const { module, callers, executions: count, warmUp } = request;
  const bench = await openBenchPlatform(request);
  try {
    const customers = await bookCustomers(bench, { name: "studio", vendors: 20, weddings: 200, daysAhead: 60 });
    bench.dispatch();
    await acceptAll(bench, customers, { module, count: warmUp, callers, key: "warm" });
    await bench.settled(warmUp);
    const cpu = process.cpuUsage();
    const began = performance.now();
    await acceptAll(bench, customers, { module, count, callers, key: "run" });
    const accepted = performance.now();
    await bench.settled(warmUp + count);
    const seconds = (performance.now() - began) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    await assertAllDone(bench.platform.log.pool, bench.platform.log.schema, warmUp + count);
    return {
      seconds,
      perSecond: count / seconds,
      acceptSeconds: (accepted - began) / 1_000,
      cpuUs: (user + system) / count,
    };
  } finally {
    await bench.close();
  }
}
