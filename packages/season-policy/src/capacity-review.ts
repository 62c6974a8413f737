// The monthly look back on a market's capacity: what was planned, what came, what it cost, where it was too little.
import type { SeasonPolicy } from "@wedsync/contracts/season-policy";
import { capacityHours, type CapacityPlan, type HourlyLoad } from "./capacity-plan.js";
import { hourMs } from "./civil-time.js";
import { costReport, type CostReport } from "./cost-report.js";

export interface ReviewQuestion {
  readonly policy: SeasonPolicy;
  /** The plan that was in force. */
  readonly plan: CapacityPlan;
  /** What was forecast, by whole UTC hour. */
  readonly forecast: readonly HourlyLoad[];
  /** Executions that fell due, by whole UTC hour; hours that are not there had none. */
  readonly actual: readonly { readonly at: number; readonly executions: number }[];
  /** Slots that would stand all the time. */
  readonly staticPeak: number;
  /** Price of one slot for one hour. */
  readonly pricePerSlotHour: number;
}

export interface CapacityReview {
  readonly market: string;
  readonly from: number;
  readonly to: number;
  /** Executions that fell due. */
  readonly executions: number;
  readonly slotHours: number;
  /** Executions by what the planned slots could have done, 0 and up. */
  readonly utilisation: number;
  /** Whole hours in which more fell due than the slots could do, the worst first; at most 20. */
  readonly shortHours: readonly { readonly at: number; readonly executions: number; readonly couldDo: number }[];
  /** How many such hours there were. */
  readonly shortHourCount: number;
  /** Share of the forecast hours in which what came was inside the interval; none when nothing was forecast. */
  readonly intervalCoverage?: number;
  readonly cost: CostReport;
}

/**
 * Reviews the whole hours of a plan.
 * @throws SeasonError `market_unknown`, `range_invalid`
 */
export function capacityReview(question: ReviewQuestion): CapacityReview {
  const { policy, plan, staticPeak, pricePerSlotHour } = question;
  const { market, from, to, steps, serviceRatePerSlot } = plan;
  const inside = ({ at }: { readonly at: number }): boolean => at >= from && at + hourMs <= to;
  const actual = new Map(question.actual.filter(inside).map(({ at, executions }) => [at, executions]));
  const shortHours = [...actual]
    .map(([at, executions]) => ({
      at,
      executions,
      couldDo: capacityHours(steps, at, at + hourMs) * 3_600 * serviceRatePerSlot,
    }))
    .filter(({ executions, couldDo }) => executions > couldDo)
    .sort((a, b) => b.executions - b.couldDo - (a.executions - a.couldDo) || a.at - b.at);
  const forecast = question.forecast.filter(inside);
  const covered = forecast.filter(({ at, lower, upper }) => {
    const came = actual.get(at) ?? 0;
    return came >= lower && came <= upper;
  });
  const executions = [...actual.values()].reduce((sum, one) => sum + one, 0);
  const slotHours = capacityHours(steps, from, to);
  const couldDo = slotHours * 3_600 * serviceRatePerSlot;
  return {
    market,
    from,
    to,
    executions,
    slotHours,
    utilisation: couldDo === 0 ? 0 : executions / couldDo,
    shortHours: shortHours.slice(0, 20),
    shortHourCount: shortHours.length,
    ...(forecast.length === 0 ? {} : { intervalCoverage: covered.length / forecast.length }),
    cost: costReport({ policy, plan, staticPeak, pricePerSlotHour }),
  };
}
