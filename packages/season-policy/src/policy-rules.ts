// What must hold between the fields of a market's policy; its shape alone cannot say it. Shared by profiles (before their
// calendars are resolved) and complete policies.
import { isValidZone } from "./civil-time.js";
import { issue, type Issue } from "./issues.js";

interface Seasonal {
  readonly zone: string;
  readonly floor: number;
  readonly cap: number;
  readonly seasons: readonly { readonly code: string; readonly months: readonly number[] }[];
}

/** @param at where the market stands in the checked document */
export function seasonalIssues(market: Seasonal, at: readonly PropertyKey[]): readonly Issue[] {
  const issues: Issue[] = [];
  if (!isValidZone(market.zone)) {
    issues.push(issue([...at, "zone"], "zone_unknown", "It is not an IANA time zone such as Europe/London."));
  }
  if (market.cap < market.floor) {
    issues.push(issue([...at, "cap"], "cap_below_floor", "The cap must not be below the floor."));
  }
  return [...issues, ...monthIssues(market, at), ...codeIssues(market, at)];
}

function monthIssues(market: Seasonal, at: readonly PropertyKey[]): readonly Issue[] {
  const issues: Issue[] = [];
  const seen = new Set<number>();
  market.seasons.forEach(({ months }, season) =>
    months.forEach((month, index) => {
      if (seen.has(month)) {
        const path = [...at, "seasons", season, "months", index];
        issues.push(issue(path, "month_repeated", "Each month belongs to one season."));
      }
      seen.add(month);
    }),
  );
  if (seen.size < 12) {
    const missing = Array.from({ length: 12 }, (_, index) => index + 1).filter((month) => !seen.has(month));
    issues.push(issue([...at, "seasons"], "month_missing", `No season has the months ${missing.join(", ")}.`));
  }
  return issues;
}

function codeIssues(market: Seasonal, at: readonly PropertyKey[]): readonly Issue[] {
  const codes = market.seasons.map(({ code }) => code);
  return codes.flatMap((code, index) =>
    codes.indexOf(code) === index
      ? []
      : [issue([...at, "seasons", index, "code"], "code_repeated", "Two seasons must not share a code.")],
  );
}
