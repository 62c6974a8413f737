// From the figures of interleaved rounds to rows of the report.
import type { Measurement, Target } from "./result.js";
import type { Figures } from "./rounds.js";
import { median, medianRatio, range } from "./statistics.js";

export interface Comparison {
  readonly id: string;
  readonly variant: string;
  readonly unit: string;
  readonly figures: Figures | undefined;
  readonly baseline?: { readonly name: string; readonly figures: Figures | undefined };
  readonly target: Target;
  readonly note?: string;
}

const valuesOf = (figures: Figures | undefined): readonly number[] => (figures?.ok === true ? figures.values : []);
const reasonOf = (figures: Figures | undefined): string =>
  figures === undefined ? "not run" : figures.ok ? "" : figures.reason;

/** Two or three significant digits are all that a noisy machine gives. */
export const rounded = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(4)) : value);

export function compare({ id, variant, unit, figures, baseline, target, note }: Comparison): Measurement {
  const values = valuesOf(figures);
  const others = baseline === undefined ? [] : valuesOf(baseline.figures);
  const notes = [
    note,
    values.length > 1 ? `${values.length} rounds, ${spread(values)}` : undefined,
    values.length === 0 ? `not measured: ${reasonOf(figures)}` : undefined,
    baseline !== undefined && others.length === 0 ? `no baseline: ${reasonOf(baseline.figures)}` : undefined,
  ].filter((part) => part !== undefined);
  return {
    id,
    variant,
    unit,
    value: values.length === 0 ? null : rounded(median(values)),
    baseline:
      baseline === undefined
        ? null
        : { name: baseline.name, value: others.length === 0 ? null : rounded(median(others)) },
    ratio: values.length === 0 || others.length === 0 ? null : rounded(medianRatio(values, others)),
    target,
    ...(notes.length === 0 ? {} : { note: notes.join("; ") }),
  };
}

function spread(values: readonly number[]): string {
  const { low, high } = range(values);
  return `${rounded(low)} to ${rounded(high)}`;
}
