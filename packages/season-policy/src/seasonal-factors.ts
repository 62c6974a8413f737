// The multiplicative model under a learned profile: count = exposure x level of the year x month x weekday, fitted by maximum
// Poisson likelihood with iterative proportional fitting (W. E. Deming and F. F. Stephan, 1940): each factor in turn is set to
// observed / predicted. Missing months do no harm and zero counts need no special care.

export interface Observation {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 = Monday; absent for a whole month. */
  readonly weekday?: number;
  /** Days that were counted, or 1. */
  readonly exposure: number;
  readonly count: number;
}

export interface SeasonalFactors {
  /** January first, mean 1 over the months that are known. */
  readonly months: readonly (number | undefined)[];
  /** Monday first, mean 1. */
  readonly weekdays: readonly number[];
  /** Count of an exposure of 1 at factors of 1, by year. */
  readonly levels: ReadonlyMap<number, number>;
}

const rounds = 200;
const settled = 1e-9;

/** The factors that make the observations likeliest. */
export function fitSeasonalFactors(observations: readonly Observation[]): SeasonalFactors {
  const months = new Map<number, number>(observations.map(({ month }) => [month, 1]));
  const weekdays = new Map<number, number>(observations.map(({ weekday = 0 }) => [weekday, 1]));
  const levels = new Map<number, number>(observations.map(({ year }) => [year, 1]));
  const predict = ({ year, month, weekday = 0, exposure }: Observation): number =>
    exposure * (levels.get(year) ?? 0) * (months.get(month) ?? 0) * (weekdays.get(weekday) ?? 0);
  const improve = (factors: Map<number, number>, keyOf: (observation: Observation) => number): number => {
    const observed = new Map<number, number>();
    const predicted = new Map<number, number>();
    for (const observation of observations) {
      const key = keyOf(observation);
      observed.set(key, (observed.get(key) ?? 0) + observation.count);
      predicted.set(key, (predicted.get(key) ?? 0) + predict(observation));
    }
    let change = 0;
    for (const [key, factor] of factors) {
      const expected = predicted.get(key) ?? 0;
      // Nothing is expected where a factor beside this one is 0: there the data cannot tell, so it stays.
      const ratio = expected === 0 ? 1 : (observed.get(key) ?? 0) / expected;
      factors.set(key, factor * ratio);
      change = Math.max(change, Math.abs(ratio - 1));
    }
    return change;
  };
  for (let round = 0; round < rounds; round += 1) {
    improve(levels, ({ year }) => year);
    const change = Math.max(
      improve(months, ({ month }) => month),
      improve(weekdays, ({ weekday = 0 }) => weekday),
    );
    if (change < settled) break;
  }
  return normalised(months, weekdays, levels);
}

function normalised(
  months: ReadonlyMap<number, number>,
  weekdays: ReadonlyMap<number, number>,
  levels: ReadonlyMap<number, number>,
): SeasonalFactors {
  const mean = (values: ReadonlyMap<number, number>): number =>
    [...values.values()].reduce((sum, value) => sum + value, 0) / values.size;
  const ofMonth = mean(months);
  const ofWeekday = mean(weekdays);
  return {
    months: Array.from({ length: 12 }, (_, index) => {
      const factor = months.get(index + 1);
      return factor === undefined ? undefined : factor / ofMonth;
    }),
    weekdays: Array.from({ length: 7 }, (_, index) => (weekdays.get(index + 1) ?? ofWeekday) / ofWeekday),
    levels: new Map([...levels].map(([year, level]) => [year, level * ofMonth * ofWeekday])),
  };
}

/** Exposure times month times weekday: the expected count at level 1. */
export const shapeOf = (factors: SeasonalFactors, { month, weekday, exposure }: Observation): number =>
  exposure * (factors.months[month - 1] ?? 1) * (weekday === undefined ? 1 : (factors.weekdays[weekday - 1] ?? 1));
