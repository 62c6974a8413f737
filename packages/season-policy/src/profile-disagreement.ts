// Where learned multipliers and an assumed profile say different things.
import type { SeasonProfile } from "./profile.js";
import type { SeasonalFactors } from "./seasonal-factors.js";

export interface Disagreement {
  readonly kind: "month" | "weekday";
  /** Month 1 to 12, or weekday 1 = Monday to 7. */
  readonly of: number;
  /** Learned multiplier against the mean. */
  readonly learned: number;
  /** The other profile's, against its mean over the same months or weekdays. */
  readonly assumed: number;
}

/**
 * Months and weekdays whose multipliers differ by more than the factor, the widest apart first. Both sides are set against their
 * own mean, for 1 means another thing in each profile.
 */
export function disagreements(
  factors: SeasonalFactors,
  granularity: "month" | "day",
  other: SeasonProfile,
  tolerance: number,
): readonly Disagreement[] {
  const assumedMonths = Array.from(
    { length: 12 },
    (_, index) => other.seasons.find(({ months }) => months.includes(index + 1))?.multiplier,
  );
  const found = [
    ...compare("month", factors.months, assumedMonths),
    ...(granularity === "day" ? compare("weekday", factors.weekdays, other.weekdays) : []),
  ];
  const distance = ({ learned, assumed }: Disagreement): number => Math.abs(Math.log(learned / assumed));
  return found
    .filter((one) => distance(one) > Math.log(tolerance))
    .sort((a, b) => distance(b) - distance(a) || a.of - b.of);
}

function compare(
  kind: Disagreement["kind"],
  learned: readonly (number | undefined)[],
  assumed: readonly (number | undefined)[],
): readonly Disagreement[] {
  const both = learned.flatMap((value, index) => {
    const other = assumed[index];
    return value === undefined || other === undefined ? [] : [{ of: index + 1, value, other }];
  });
  const mean = both.reduce((sum, { other }) => sum + other, 0) / both.length;
  return both.map(({ of, value, other }) => ({ kind, of, learned: value, assumed: other / mean }));
}
