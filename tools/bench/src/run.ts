// Runs the chosen ids one after the other. An id that fails is a row of the report, and the rest goes on.
import type { BenchCase, CaseContext, Size } from "./case.js";
import type { Progress } from "./progress.js";
import { toResult, type Result } from "./result.js";
import type { Workshop } from "./workshop.js";

export interface RunInput {
  readonly cases: readonly BenchCase[];
  readonly workshop: Workshop;
  readonly size: Size;
  readonly rounds: number;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** @throws when the signal aborts, and for nothing else */
export async function runCases({
  cases,
  workshop,
  size,
  rounds,
  signal,
  progress,
}: RunInput): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const entry of cases) {
    signal.throwIfAborted();
    progress.begin(entry.id);
    const context: CaseContext = {
      workshop,
      size,
      rounds,
      signal,
      steps: progress.steps,
      step: progress.step,
      say: progress.say,
    };
    try {
      results.push(...(await entry.run(context)).map(toResult));
    } catch (error) {
      signal.throwIfAborted();
      results.push(failed(entry, error));
    }
  }
  progress.end();
  return results;
}

function failed({ id, title }: BenchCase, error: unknown): Result {
  const note = `failed: ${error instanceof Error ? error.message : String(error)}`;
  return toResult({
    id,
    variant: title,
    value: null,
    unit: "",
    baseline: null,
    ratio: null,
    target: { kind: "reported" },
    note,
  });
}
