// The demand multiplier of a market at a time, and the rules that made it.
//
// How the parts combine is data (`combination`), and never a blind product of everything:
//   base    = season x weekday                     (`season_times_weekday`), or the stronger of the two (`strongest`)
//   days    = base x the strongest period above 1 x the strongest period below 1   (a feast inside a fast counts once each)
//   work    = days x (1 + dayShare (dayWeight - 1) + weekShare (weekWeight - 1))   (only the share an event is near to)
//   result  = work, kept inside [floor, cap]
import type { MarketPolicy, Reason, SeasonPolicy } from "@wedsync/contracts/season-policy";
import { isValidDate, localDate, monthOf, requireDate, weekdayOf } from "./civil-time.js";
import { requireRange, seasonError } from "./errors.js";

export interface MultiplierQuestion {
  /** A market of the policy. */
  readonly market: string;
  /** An instant (epoch milliseconds) or a local day of the market (YYYY-MM-DD). */
  readonly at: number | string;
  /** Which share of the work (0 to 1) concerns an event on this day, and one whose event week it is; none when absent. */
  readonly events?: { readonly dayShare: number; readonly weekShare: number };
}

export interface MultiplierDecision {
  /** Demand against a quiet day of the market; inside the market's [floor, cap]. */
  readonly multiplier: number;
  /** Code of the season of the day. */
  readonly season: string;
  /** Every rule that had a part, in the order they were applied; text is rendered when read. */
  readonly reasons: readonly Reason[];
}

/**
 * The multiplier of a market at an instant or on a day.
 * @throws SeasonError `market_unknown`, `date_invalid`, `range_invalid` (a share outside 0..1, or shares above 1 together)
 */
export function multiplierAt(policy: SeasonPolicy, question: MultiplierQuestion): MultiplierDecision {
  const market = marketOf(policy, question.market);
  const { at } = question;
  if (typeof at === "string") requireDate(at);
  else requireRange("at", at, -2_208_988_800_000, 8_640_000_000_000_000);
  const day = dayMultiplier(market, typeof at === "string" ? at : localDate(at, market.zone));
  const work = eventFactor(market, question.events);
  const wanted = day.multiplier * work.factor;
  const multiplier = Math.min(Math.max(wanted, market.floor), market.cap);
  const bound: readonly Reason[] =
    multiplier === wanted
      ? []
      : [
          {
            code: wanted > multiplier ? "multiplier_cap" : "multiplier_floor",
            params: { multiplier, without: wanted },
          },
        ];
  return { multiplier, season: day.season, reasons: [...day.reasons, ...work.reasons, ...bound] };
}

/** @throws SeasonError `market_unknown` */
export function marketOf(policy: SeasonPolicy, market: string): MarketPolicy {
  const found = Object.hasOwn(policy.markets, market) ? policy.markets[market] : undefined;
  if (found !== undefined) return found;
  throw seasonError("market_unknown", `The policy ${policy.name} has no market of this name; add it to its markets.`);
}

/** The season of a local day. Every month has one (`parsePolicy`). */
export function seasonOf(market: MarketPolicy, date: string): { readonly code: string; readonly multiplier: number } {
  const month = monthOf(date);
  const season = market.seasons.find(({ months }) => months.includes(month));
  if (season !== undefined) return season;
  throw seasonError("range_invalid", `No season has month ${month}; check the policy with parsePolicy.`, { month });
}

function dayMultiplier(market: MarketPolicy, date: string): MultiplierDecision {
  const season = seasonOf(market, date);
  const weekday = weekdayOf(date);
  const weekdayMultiplier = market.weekdays[weekday - 1] ?? 1;
  const reasons: Reason[] = [
    { code: "season", params: { season: season.code, multiplier: season.multiplier } },
    { code: "weekday", params: { weekday, multiplier: weekdayMultiplier } },
  ];
  let multiplier =
    market.combination === "strongest"
      ? Math.max(season.multiplier, weekdayMultiplier)
      : season.multiplier * weekdayMultiplier;
  for (const period of strongestPeriods(market, date)) {
    multiplier *= period.multiplier;
    reasons.push({ code: "period", params: { period: period.code, multiplier: period.multiplier } });
  }
  if (!isValidDate(date) || date < market.covers.from || date > market.covers.to) {
    reasons.push({ code: "calendar_not_covered", params: { from: market.covers.from, to: market.covers.to } });
  }
  return { multiplier, season: season.code, reasons };
}

/** The strongest raising and the strongest lowering period of a day; of equals the first. */
function strongestPeriods(market: MarketPolicy, date: string): readonly MarketPolicy["periods"][number][] {
  let highest: MarketPolicy["periods"][number] | undefined;
  let lowest: MarketPolicy["periods"][number] | undefined;
  for (const period of market.periods) {
    if (date < period.from || date > period.to) continue;
    if (period.multiplier > (highest?.multiplier ?? 1)) highest = period;
    if (period.multiplier < (lowest?.multiplier ?? 1)) lowest = period;
  }
  return [highest, lowest].filter((period) => period !== undefined);
}

function eventFactor(
  market: MarketPolicy,
  shares: MultiplierQuestion["events"],
): { readonly factor: number; readonly reasons: readonly Reason[] } {
  if (shares === undefined) return { factor: 1, reasons: [] };
  const { dayShare, weekShare } = shares;
  requireRange("events.dayShare", dayShare, 0, 1);
  requireRange("events.weekShare", weekShare, 0, 1);
  // Work on its event's day is not counted again for the week.
  requireRange("events.dayShare + events.weekShare", dayShare + weekShare, 0, 1 + 1e-9);
  const { dayWeight, weekWeight } = market.events;
  const reasons: Reason[] = [];
  if (dayShare > 0) reasons.push({ code: "event_day", params: { share: dayShare, weight: dayWeight } });
  if (weekShare > 0) reasons.push({ code: "event_week", params: { share: weekShare, weight: weekWeight } });
  return { factor: 1 + dayShare * (dayWeight - 1) + weekShare * (weekWeight - 1), reasons };
}
