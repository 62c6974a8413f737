// One id of the target table: what it needs, how it measures, what it reports.
import type { Measurement } from "./result.js";
import type { Workshop } from "./workshop.js";

/** How much is measured: enough to see that it works, the usual run, or everything that the targets name. */
export type Size = "quick" | "usual" | "full";

export interface CaseContext {
  readonly workshop: Workshop;
  readonly size: Size;
  readonly signal: AbortSignal;
  /** Rounds of each variant. */
  readonly rounds: number;
  /** Announces so many steps, and that one of them is done. */
  readonly steps: (count: number) => void;
  readonly step: (name: string) => void;
  readonly say: (line: string) => void;
}

export interface BenchCase {
  readonly id: string;
  readonly title: string;
  /** What is compared and how, for the report. */
  readonly method: string;
  run(context: CaseContext): Promise<readonly Measurement[]>;
}

/** The value for a size. */
export const bySize = <Value>(size: Size, values: Readonly<Record<Size, Value>>): Value => values[size];
