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
  ["tools/chaos/src/short.e2e.spec.ts", 120],
  ["tools/simulate/src/backtest/real-bookings.shared.spec.ts", 100],
  ["tools/start/src/crash.e2e.spec.ts", 60],
  ["tools/start/src/import.e2e.spec.ts", 60],
  ["apps/orchestrator/src/scaling.e2e.spec.ts", 50],
  ["apps/orchestrator/src/roles.e2e.spec.ts", 50],
  ["apps/orchestrator/src/replay.e2e.spec.ts", 45],
  ["tools/simulate/src/run/run.e2e.spec.ts", 40],
  ["packages/adapters/embedded-postgres/src/server.int.spec.ts", 35],
  ["tools/start/src/start.e2e.spec.ts", 30],
  ["apps/orchestrator/src/http-handler.e2e.spec.ts", 30],
  ["tools/simulate/src/run/plan-book.property.spec.ts", 20],
];

/** How long a spec file is expected to take, in seconds. */
export const expectedSeconds = (path: string): number =>
  [...longFiles, ...levels].find(([end]) => path.endsWith(end))?.[1] ?? 0;
