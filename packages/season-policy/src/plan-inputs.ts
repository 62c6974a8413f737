// What a plan follows from, as a digest, and which markets a change of policy touches. Only the part of a policy that the
// plan's days meet counts, so that a new table for the year after next plans nothing again.
import type { MarketPolicy, SeasonPolicy } from "@wedsync/contracts/season-policy";
import { dayMs, eachDay, localDate, monthOf } from "./civil-time.js";
import { digestOf } from "./digest.js";
import { planDefaults } from "./plan-defaults.js";
import { completeRequest, requirePlannable, type PlanRequest } from "./plan-request.js";

/** SHA-256 of everything that `planCapacity` makes of the request; equal digests give equal plans but for the policy's version. @throws SeasonError */
export function planInputsDigest(asked: PlanRequest): string {
  const request = completeRequest(asked);
  requirePlannable(request);
  const { policy, current, ...rest } = request;
  const days = { from: request.from, to: request.to + request.leadTimeMs };
  return digestOf({
    ...rest,
    smallSlots: planDefaults.smallSlots,
    hourlyLoad: [...request.hourlyLoad].sort((a, b) => a.at - b.at),
    // Without ramp limits a plan does not depend on the slots that run now.
    ...(request.ramp === undefined ? {} : { current }),
    policy: relevantDigest(policy, request.market, days),
  });
}

/**
 * Digest of what a policy says of a market's demand between two instants (epoch milliseconds): two versions with the same one
 * are the same for a plan of that time. Undefined when the policy has no such market.
 */
export function relevantDigest(
  policy: SeasonPolicy,
  market: string,
  horizon: { readonly from: number; readonly to: number },
): string | undefined {
  const data = Object.hasOwn(policy.markets, market) ? policy.markets[market] : undefined;
  return data === undefined ? undefined : digestOf(relevantPart(data, horizon));
}

/**
 * The markets for whose demand between two instants (epoch milliseconds) it matters which of two policies holds; markets that
 * one of them lacks are among them. Sorted.
 */
export function marketsTouched(
  before: SeasonPolicy | undefined,
  after: SeasonPolicy,
  horizon: { readonly from: number; readonly to: number },
): readonly string[] {
  const names = new Set([...Object.keys(before?.markets ?? {}), ...Object.keys(after.markets)]);
  const known = (market: string) => (before === undefined ? undefined : relevantDigest(before, market, horizon));
  return [...names].filter((market) => known(market) !== relevantDigest(after, market, horizon)).sort();
}

/** The part of a market's policy that can show in a multiplier between two instants. */
function relevantPart(market: MarketPolicy, horizon: { readonly from: number; readonly to: number }): object {
  const { zone, floor, cap, combination, weekdays, events, covers, seasons } = market;
  const from = localDate(horizon.from - dayMs, zone);
  const to = localDate(horizon.to + dayMs, zone);
  const months = new Set<number>();
  for (const date of eachDay(from, to)) months.add(monthOf(date));
  return {
    zone,
    floor,
    cap,
    combination,
    weekdays,
    events,
    months: [...months]
      .sort((a, b) => a - b)
      .map((month) => {
        const season = seasons.find((one) => one.months.includes(month));
        return { month, code: season?.code, multiplier: season?.multiplier };
      }),
    periods: market.periods.filter((period) => period.to >= from && period.from <= to),
    ...(covers.from <= from && covers.to >= to ? {} : { covers }),
  };
}
