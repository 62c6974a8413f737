// From the profile of one market, as a person wrote it, to the part of the policy that decides: its holidays and moons as dates.
import { resolveHolidays } from "@wedsync/adapter-holidays";
import {
  calendarsOf,
  parseProfile,
  resolvePolicy,
  type Issue,
  type MarketPolicy,
  type PolicyGap,
} from "@wedsync/season-policy";
import { policyYears } from "./policy-years.js";

/** What a policy's paths begin with; a profile knows no market. */
const underMarket = /^\/markets\/[^/]+/;

export interface MarketPolicyQuestion {
  readonly market: string;
  /** A `SeasonProfile` that came as JSON. */
  readonly profile: unknown;
  /** Epoch milliseconds: days are resolved from the year before to the years after it. */
  readonly now: number;
}

export type MarketPolicyAnswer =
  | { readonly ok: true; readonly policy: MarketPolicy; readonly gaps: readonly PolicyGap[] }
  /** Paths are JSON pointers into the profile. */
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Checks a profile and resolves it. */
export function marketPolicyOf({ market, profile, now }: MarketPolicyQuestion): MarketPolicyAnswer {
  const checked = parseProfile(profile);
  if (!checked.ok) return checked;
  const years = policyYears(now);
  const found = resolveHolidays({ calendars: calendarsOf([checked.profile]), fromYear: years.from, toYear: years.to });
  if (!found.ok)
    return { ok: false, issues: found.issues.map(({ code, message }) => ({ path: "/periods", rule: code, message })) };
  const made = resolvePolicy({
    name: "default",
    version: 1,
    markets: { [market]: checked.profile },
    years,
    holidays: found.holidays,
  });
  if (!made.ok)
    return { ok: false, issues: made.issues.map((issue) => ({ ...issue, path: issue.path.replace(underMarket, "") })) };
  const policy = made.policy.markets[market];
  if (policy === undefined) throw new Error("A resolved policy lacks its only market.");
  return { ok: true, policy, gaps: made.gaps };
}
