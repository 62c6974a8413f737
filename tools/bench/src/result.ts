// What a measurement is: a figure, the baseline of the same run beside it, and whether the target is met.

/** A target as data; `text` is what people read. */
export type Target =
  | { readonly kind: "ratio-at-least" | "ratio-at-most" | "value-below" | "value-at-least"; readonly limit: number }
  /** Worth knowing, without a limit. */
  | { readonly kind: "reported" };

export interface Baseline {
  readonly name: string;
  /** null: it could not be measured; the note says why. */
  readonly value: number | null;
}

export interface Measurement {
  readonly id: string;
  readonly variant: string;
  /** null: it could not be measured; the note says why. */
  readonly value: number | null;
  readonly unit: string;
  readonly baseline: Baseline | null;
  /** Value over baseline; the median over the rounds, each against the baseline of the same round. */
  readonly ratio: number | null;
  readonly target: Target;
  /** How it was measured, or what holds it back. */
  readonly note?: string;
}

/** One row of the report, as `--json` prints it. */
export interface Result extends Omit<Measurement, "target"> {
  readonly target: string;
  readonly ok: boolean;
}

const signs = { "ratio-at-least": ">=", "ratio-at-most": "<=", "value-below": "<", "value-at-least": ">=" } as const;

export function targetText(target: Target, unit: string): string {
  if (target.kind === "reported") return "reported";
  const isRatio = target.kind === "ratio-at-least" || target.kind === "ratio-at-most";
  return `${signs[target.kind]} ${target.limit}${isRatio ? "x" : ` ${unit}`}`;
}

/** A figure that is missing, or whose baseline is missing, meets no target, not even the one of being reported. */
export function isMet({ value, baseline, ratio, target }: Measurement): boolean {
  if (value === null || (baseline !== null && baseline.value === null)) return false;
  switch (target.kind) {
    case "reported":
      return true;
    case "ratio-at-least":
      return ratio !== null && ratio >= target.limit;
    case "ratio-at-most":
      return ratio !== null && ratio <= target.limit;
    case "value-below":
      return value < target.limit;
    case "value-at-least":
      return value >= target.limit;
  }
}

export function toResult(measurement: Measurement): Result {
  return {
    ...measurement,
    target: targetText(measurement.target, measurement.unit),
    ok: isMet(measurement),
  };
}
