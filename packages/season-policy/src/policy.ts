// A season policy: complete, versioned data. Where its dates come from is `resolve-policy.ts`; here they are only checked.
import { seasonPolicy, type MarketPolicy, type SeasonPolicy } from "@wedsync/contracts/season-policy";
import { isValidDate } from "./civil-time.js";
import { check, issue, type Issue } from "./issues.js";
import { seasonalIssues } from "./policy-rules.js";

export type { MarketPolicy, SeasonPolicy };

export type PolicyCheck =
  | { readonly ok: true; readonly policy: SeasonPolicy }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/**
 * Checks a policy that came as JSON. Refused: unknown keys, a cap below its floor, an unknown time zone, a month that no season
 * or two seasons have, days that do not exist, periods that end before they begin. Each issue names the path.
 */
export function parsePolicy(json: unknown): PolicyCheck {
  const checked = check(seasonPolicy, json, policyIssues);
  return checked.ok ? { ok: true, policy: checked.value } : checked;
}

function policyIssues(policy: SeasonPolicy): readonly Issue[] {
  return Object.entries(policy.markets).flatMap(([market, data]) => {
    const at = ["markets", market];
    return [...nameIssues(market, at), ...seasonalIssues(data, at), ...dateIssues(data, at)];
  });
}

function nameIssues(market: string, at: readonly PropertyKey[]): readonly Issue[] {
  return /^[A-Za-z0-9._-]{1,128}$/.test(market)
    ? []
    : [issue(at, "invalid_format", "A market's name has 1 to 128 characters of A-Z a-z 0-9 . _ -")];
}

function dateIssues(data: MarketPolicy, at: readonly PropertyKey[]): readonly Issue[] {
  const ranges: readonly (readonly [readonly PropertyKey[], { readonly from: string; readonly to: string }])[] = [
    [[...at, "covers"], data.covers],
    ...data.periods.map((period, index) => [[...at, "periods", index], period] as const),
  ];
  return ranges.flatMap(([path, range]) => rangeIssues(range, path));
}

/** Both days exist, and they are in order. */
export function rangeIssues(
  range: { readonly from: string; readonly to: string },
  at: readonly PropertyKey[],
): readonly Issue[] {
  const ends = (["from", "to"] as const).filter((end) => !isValidDate(range[end]));
  if (ends.length > 0) return ends.map((end) => issue([...at, end], "date_invalid", "This day does not exist."));
  return range.to < range.from ? [issue([...at, "to"], "out_of_order", "It must not end before it begins.")] : [];
}
