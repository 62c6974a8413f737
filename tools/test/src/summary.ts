// What a run comes to. A skipped or todo test did not prove anything, so it counts as failed.
import { readFile } from "node:fs/promises";

export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly files: number;
}

interface JestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numTotalTestSuites: number;
  readonly numRuntimeErrorTestSuites: number;
}

/** Reads the runner's result file; a missing one means that nothing was proved. */
export async function readSummary(file: string): Promise<Summary> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return { passed: 0, failed: 1, skipped: 0, files: 0 };
  const result = JSON.parse(text) as JestResult;
  const skipped = result.numPendingTests + result.numTodoTests;
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites + skipped,
    skipped,
    files: result.numTotalTestSuites,
  };
}
