// A profile learned from counts of past events, how well it fits, and where it disagrees with an assumed one.
import { fitSeasonalFactors, type Observation, type SeasonalFactors } from "./seasonal-factors.js";
import { dayNumber, isValidDate, isValidZone, monthOf, weekdayOf } from "./civil-time.js";
import { defaultProfile } from "./default-profile.js";
import { disagreements, type Disagreement } from "./profile-disagreement.js";
import { goodnessOfFit, type GoodnessOfFit } from "./goodness-of-fit.js";
import type { SeasonProfile } from "./profile.js";

/** One month (YYYY-MM) or one day (YYYY-MM-DD) of history; a count of null is not known and is left out. */
export interface HistoryPoint {
  readonly date: string;
  readonly count: number | null;
}

export interface LearnOptions {
  /** Name of the profile. */
  readonly name: string;
  /** Zone of the days. */
  readonly zone: string;
  /** `rate`: a month's figure is already a rate by time, so its length does not matter; `count` when absent. */
  readonly measure?: "count" | "rate";
  /** What is compared with; `defaultProfile` when absent. */
  readonly compareWith?: SeasonProfile;
  /** Factor from which two multipliers disagree, above 1; 1.25 when absent. */
  readonly tolerance?: number;
}

export interface LearnedProfile {
  readonly ok: true;
  /** Multipliers against the mean month and the mean weekday (1); weekdays of monthly counts are all 1. */
  readonly profile: SeasonProfile;
  readonly granularity: "month" | "day";
  /** Months without any count; the profile has 1 for them. */
  readonly unknownMonths: readonly number[];
  /** Month of the lowest and of the highest multiplier, 1 to 12. */
  readonly lowMonth: number;
  readonly peakMonth: number;
  readonly fit: GoodnessOfFit;
  readonly disagreements: readonly Disagreement[];
}

export interface LearnRefusal {
  readonly ok: false;
  readonly code:
    | "history_too_short"
    | "history_mixed"
    | "date_invalid"
    | "date_repeated"
    | "count_invalid"
    | "zone_unknown";
  readonly message: string;
}

/**
 * Learns month multipliers, and weekday multipliers when the history is daily, as a multiplicative model
 * (level of the year x month x weekday) by maximum Poisson likelihood; see `seasonal-factors.ts`.
 */
export function learnProfile(history: readonly HistoryPoint[], options: LearnOptions): LearnedProfile | LearnRefusal {
  if (!isValidZone(options.zone)) return refusal("zone_unknown", "The zone is not an IANA name.");
  const read = observationsOf(history, options.measure ?? "count");
  if (!read.ok) return read;
  const { observations, granularity } = read;
  const factors = fitSeasonalFactors(observations);
  const unknownMonths = factors.months.flatMap((factor, index) => (factor === undefined ? [index + 1] : []));
  if (unknownMonths.length > 4) return refusal("history_too_short", "Give counts of at least eight different months.");
  const profile = profileOf(factors, granularity, options);
  const ranked = factors.months
    .flatMap((factor, index) => (factor === undefined ? [] : [{ month: index + 1, factor }]))
    .sort((a, b) => a.factor - b.factor);
  return {
    ok: true,
    profile,
    granularity,
    unknownMonths,
    lowMonth: ranked[0]?.month ?? 0,
    peakMonth: ranked.at(-1)?.month ?? 0,
    fit: goodnessOfFit(observations),
    disagreements: disagreements(
      factors,
      granularity,
      options.compareWith ?? defaultProfile,
      options.tolerance ?? 1.25,
    ),
  };
}

type Read =
  | { readonly ok: true; readonly observations: readonly Observation[]; readonly granularity: "month" | "day" }
  | LearnRefusal;

function observationsOf(history: readonly HistoryPoint[], measure: "count" | "rate"): Read {
  const known = history.filter((point): point is { date: string; count: number } => point.count !== null);
  const daily = known[0]?.date.length === 10;
  const seen = new Set<string>();
  for (const { date, count } of known) {
    if (!isValidDate(daily ? date : `${date}-01`)) {
      return daily === (date.length === 10)
        ? refusal("date_invalid", "A date is not a month YYYY-MM or a day YYYY-MM-DD of the calendar.")
        : refusal("history_mixed", "Give months or days, not both.");
    }
    if (seen.has(date)) return refusal("date_repeated", "A month or day is given twice.");
    if (!(count >= 0 && count < Number.POSITIVE_INFINITY))
      return refusal("count_invalid", "A count is a number from 0.");
    seen.add(date);
  }
  if (known.every(({ count }) => count === 0))
    return refusal("history_too_short", "There are no events to learn from.");
  const observations = known.map(({ date, count }) => ({
    year: Number(date.slice(0, 4)),
    month: monthOf(date),
    ...(daily ? { weekday: weekdayOf(date) } : {}),
    exposure: daily || measure === "rate" ? 1 : daysInMonth(date),
    count,
  }));
  return { ok: true, observations, granularity: daily ? "day" : "month" };
}

function daysInMonth(month: string): number {
  const [year = 0, number = 0] = month.split("-").map(Number);
  const next = number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, "0")}-01`;
  return dayNumber(next) - dayNumber(`${month}-01`);
}

function profileOf(factors: SeasonalFactors, granularity: "month" | "day", options: LearnOptions): SeasonProfile {
  const rounded = (factor = 1): number => Math.round(factor * 1_000) / 1_000;
  const months = factors.months.map(rounded);
  const weekdays = factors.weekdays.map(rounded);
  // The bounds leave every learned combination as it is; they are for periods and events that come on top.
  const highest = Math.max(...months) * Math.max(...weekdays);
  const lowest = Math.min(...months) * Math.min(...weekdays);
  return {
    name: options.name,
    version: 1,
    zone: options.zone,
    floor: Math.max(0.001, rounded(lowest / 2)),
    cap: Math.max(1, rounded(highest * 2)),
    seasons: months.map((multiplier, index) => ({
      code: `month_${String(index + 1).padStart(2, "0")}`,
      months: [index + 1],
      multiplier,
    })),
    weekdays,
    combination: "season_times_weekday",
    events: (options.compareWith ?? defaultProfile).events,
    periods: [],
    sources: [`Learned from ${granularity === "day" ? "daily" : "monthly"} counts; event weights are not learned.`],
  };
}

const refusal = (code: LearnRefusal["code"], message: string): LearnRefusal => ({ ok: false, code, message });
