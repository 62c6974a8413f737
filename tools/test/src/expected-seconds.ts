// How long spec files are expected to take where no run was seen yet, as on a clean checkout.

/** Seconds that a file of a level usually takes, in the order in which they are looked for. */
const levels: readonly (readonly [string, number])[] = [
  [".shared.spec.ts", 30],
  [".e2e.spec.ts", 15],
  [".int.spec.ts", 6],
  [".property.spec.ts", 3],
  [".unit.spec.ts", 1],
];

/** Files that take much longer than their level, in seconds on two cores. Only their order counts. */
export const longFiles: readonly (readonly [string, number])[] = [
  ["tools/start/src/real-bookings.shared.spec.ts", 250],
  ["tools/chaos/src/short.e2e.spec.ts", 290],
  ["apps/orchestrator/src/roles.e2e.spec.ts", 120],
  ["tools/simulate/src/backtest/real-bookings.shared.spec.ts", 100],
  ["tools/start/src/import.e2e.spec.ts", 130],
  ["tools/start/src/crash.e2e.spec.ts", 120],
  ["tools/start/src/start.e2e.spec.ts", 115],
  ["apps/orchestrator/src/replay-tampering.e2e.spec.ts", 75],
  ["tools/simulate/src/run/run.e2e.spec.ts", 70],
  ["apps/orchestrator/src/replay.e2e.spec.ts", 47],
  ["apps/orchestrator/src/replay-connection.e2e.spec.ts", 37],
  ["packages/season-policy/src/forecast/bookings-forecaster.unit.spec.ts", 62],
  ["apps/orchestrator/src/scaling.e2e.spec.ts", 58],
  ["packages/adapters/embedded-postgres/src/server.int.spec.ts", 36],
  ["tools/bench/src/bench.e2e.spec.ts", 36],
  ["tools/simulate/src/run/plan-book.property.spec.ts", 36],
  ["apps/metrics-aggregator/src/process.e2e.spec.ts", 27],
  ["apps/metrics-aggregator/src/rebuild.e2e.spec.ts", 22],
  ["apps/orchestrator/src/http-handler.e2e.spec.ts", 20],
];

/** How long a spec file is expected to take, in seconds. */
export const expectedSeconds = (path: string): number =>
  [...longFiles, ...levels].find(([end]) => path.endsWith(end))?.[1] ?? 0;
