// What planned capacity costs against capacity that stands at its peak all the time, by market and season.
import type { SeasonPolicy } from "@wedsync/contracts/season-policy";
import { capacityHours, type CapacityPlan } from "./capacity-plan.js";
import { addDays, hourMs, localDate, startOfDay } from "./civil-time.js";
import { requireRange } from "./errors.js";
import { marketOf, seasonOf } from "./multiplier.js";

export interface CostQuestion {
  readonly policy: SeasonPolicy;
  /** One plan, or several: of other markets, or that follow each other. Overlaps are counted twice. */
  readonly plan: CapacityPlan | readonly CapacityPlan[];
  /** The baseline: slots that would stand all the time, for all markets or for each by name. */
  readonly staticPeak: number | Readonly<Record<string, number>>;
  /** Price of one slot for one hour, in any currency. */
  readonly pricePerSlotHour: number;
}

export interface CostLine {
  /** Hours that the plans cover. */
  readonly hours: number;
  readonly slotHours: number;
  /** Slot-hours of the static peak in the same hours. */
  readonly staticSlotHours: number;
  readonly cost: number;
  readonly staticCost: number;
  /** Share of the static cost that is saved; negative when the plan costs more. */
  readonly saving: number;
}

export interface SeasonCost extends CostLine {
  readonly market: string;
  /** Code of the season, by the market's local days. */
  readonly season: string;
}

export interface CostReport {
  /** By market, then by season in the order of the market's year. */
  readonly seasons: readonly SeasonCost[];
  readonly total: CostLine;
}

/**
 * Compares plans with a static peak.
 * @throws SeasonError `market_unknown`, `range_invalid` (no static peak for a market)
 */
export function costReport({ policy, plan, staticPeak, pricePerSlotHour }: CostQuestion): CostReport {
  requireRange("pricePerSlotHour", pricePerSlotHour, 0);
  const sums = new Map<string, { market: string; season: string; hours: number; slots: number; peak: number }>();
  for (const one of Array.isArray(plan) ? (plan as readonly CapacityPlan[]) : [plan as CapacityPlan]) {
    const { market, steps } = one;
    const peak = typeof staticPeak === "number" ? staticPeak : (staticPeak[market] ?? Number.NaN);
    requireRange(`staticPeak of ${market}`, peak, 0);
    for (const { season, from, to } of seasonSpans(policy, one)) {
      const key = `${market} ${season}`;
      const sum = sums.get(key) ?? { market, season, hours: 0, slots: 0, peak: 0 };
      const hours = (to - from) / hourMs;
      sum.hours += hours;
      sum.slots += capacityHours(steps, from, to);
      sum.peak += peak * hours;
      sums.set(key, sum);
    }
  }
  const line = (hours: number, slotHours: number, staticSlotHours: number): CostLine => ({
    hours,
    slotHours,
    staticSlotHours,
    cost: slotHours * pricePerSlotHour,
    staticCost: staticSlotHours * pricePerSlotHour,
    saving: staticSlotHours === 0 ? 0 : 1 - slotHours / staticSlotHours,
  });
  const all = [...sums.values()];
  const total = (of: (sum: (typeof all)[number]) => number): number => all.reduce((sum, one) => sum + of(one), 0);
  return {
    seasons: all.map(({ market, season, hours, slots, peak }) => ({ market, season, ...line(hours, slots, peak) })),
    total: line(
      total(({ hours }) => hours),
      total(({ slots }) => slots),
      total(({ peak }) => peak),
    ),
  };
}

/** The plan's time, cut where the market's season changes. */
export function seasonSpans(
  policy: SeasonPolicy,
  plan: Pick<CapacityPlan, "market" | "from" | "to">,
): readonly { readonly season: string; readonly from: number; readonly to: number }[] {
  const market = marketOf(policy, plan.market);
  const spans: { season: string; from: number; to: number }[] = [];
  for (let date = localDate(plan.from, market.zone), from = plan.from; from < plan.to; date = addDays(date, 1)) {
    const to = Math.min(startOfDay(addDays(date, 1), market.zone), plan.to);
    const season = seasonOf(market, date).code;
    const last = spans.at(-1);
    if (last?.season === season) last.to = to;
    else spans.push({ season, from, to });
    from = to;
  }
  return spans;
}
