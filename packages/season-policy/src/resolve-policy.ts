// From profiles to a policy: every reference becomes dates, once, so that the policy is complete data for ever.
import type { MarketPolicy, SeasonPolicy } from "@wedsync/contracts/season-policy";
import { advent, easterSunday, lunarMonths, type DayRange } from "./calendars.js";
import { addDays, isValidDate } from "./civil-time.js";
import { issue, type Issue } from "./issues.js";
import { parsePolicy } from "./policy.js";
import { parseProfile, type ProfilePeriod, type SeasonProfile } from "./profile.js";

export type HolidayType = "public" | "bank" | "school" | "optional" | "observance";

/** The holidays of one calendar, as an adapter resolves them. */
export interface HolidayCalendar {
  /** First year that is complete. */
  readonly fromYear: number;
  /** Last year that is complete. */
  readonly toYear: number;
  readonly days: readonly { readonly date: string; readonly type: HolidayType }[];
}

export interface PolicyRecipe {
  readonly name: string;
  /** Version of the policy to make, from 1. */
  readonly version: number;
  /** A profile for each market, as it came from a file or from this package. */
  readonly markets: Readonly<Record<string, unknown>>;
  /** Years whose days are resolved, both included; at most 20. */
  readonly years: { readonly from: number; readonly to: number };
  /** By calendar, for example `GB-ENG`; needed for the calendars that the profiles name. */
  readonly holidays?: Readonly<Record<string, HolidayCalendar>>;
}

/** A period that has no day in a year: usually a table that nobody has continued. */
export interface PolicyGap {
  readonly market: string;
  readonly period: string;
  readonly year: number;
}

export type Resolution =
  | { readonly ok: true; readonly policy: SeasonPolicy; readonly gaps: readonly PolicyGap[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Makes a complete policy of profiles. Refused with the path: what `parseProfile` refuses, and holidays that are not given. */
export function resolvePolicy(recipe: PolicyRecipe): Resolution {
  const { years } = recipe;
  if (!(years.from >= 1900 && years.to <= 9998 && years.to - years.from >= 0 && years.to - years.from < 20)) {
    return { ok: false, issues: [issue(["years"], "out_of_order", "Give 1 to 20 years in order, 1900 to 9998.")] };
  }
  const issues: Issue[] = [];
  const gaps: PolicyGap[] = [];
  const markets: Record<string, MarketPolicy> = {};
  for (const [market, json] of Object.entries(recipe.markets)) {
    const checked = parseProfile(json);
    if (!checked.ok) {
      const under = issue(["markets", market], "", "").path;
      issues.push(...checked.issues.map((found) => ({ ...found, path: `${under}${found.path}` })));
      continue;
    }
    issues.push(...holidayIssues(recipe, market, checked.profile));
    if (issues.length > 0) continue;
    markets[market] = resolveMarket(recipe, checked.profile);
    gaps.push(...gapsOf(recipe, market, checked.profile, markets[market]));
  }
  if (issues.length > 0) return { ok: false, issues };
  const policy = parsePolicy({ name: recipe.name, version: recipe.version, markets });
  return policy.ok ? { ...policy, gaps } : policy;
}

/** The holiday calendars that profiles name: what has to be passed in. In the order in which they are named. */
export function calendarsOf(profiles: readonly SeasonProfile[]): readonly string[] {
  const named = profiles.flatMap(({ periods }) =>
    periods.flatMap(({ when }) => (when.kind === "holidays" ? [when.calendar] : [])),
  );
  return [...new Set(named)];
}

function holidayIssues(recipe: PolicyRecipe, market: string, profile: SeasonProfile): readonly Issue[] {
  const { from, to } = recipe.years;
  return profile.periods.flatMap(({ when }, index) => {
    if (when.kind !== "holidays") return [];
    const given = recipe.holidays?.[when.calendar];
    if (given !== undefined && given.fromYear <= from && given.toYear >= to) return [];
    const at = ["markets", market, "periods", index, "when", "calendar"];
    return [issue(at, "holidays_missing", `Pass in the holidays of ${when.calendar} for ${from} to ${to}.`)];
  });
}

function resolveMarket(recipe: PolicyRecipe, profile: SeasonProfile): MarketPolicy {
  const { zone, floor, cap, seasons, weekdays, combination, events } = profile;
  const covers = { from: `${recipe.years.from}-01-01`, to: `${recipe.years.to}-12-31` };
  const periods = profile.periods.flatMap(({ code, multiplier, when }) =>
    joined(rangesOf(when, covers, recipe)).map((range) => ({ code, ...range, multiplier })),
  );
  return { zone, floor, cap, seasons, weekdays, combination, events, periods, covers };
}

function rangesOf(when: ProfilePeriod["when"], covers: DayRange, recipe: PolicyRecipe): readonly DayRange[] {
  const { from, to } = recipe.years;
  // A range over New Year belongs to the year it begins in, so the year before may reach into the first.
  const years = Array.from({ length: to - from + 2 }, (_, index) => from - 1 + index);
  const inside = (ranges: readonly DayRange[]): readonly DayRange[] =>
    ranges.filter((range) => range.to >= covers.from && range.from <= covers.to);
  switch (when.kind) {
    case "yearly":
      return inside(years.map((year) => yearly(year, when.from, when.to)));
    case "calendar_month":
      return lunarMonths(when.calendar, when.month, covers.from, covers.to);
    case "easter":
      return inside(
        [...years, to + 1].map((year) => {
          const sunday = easterSunday(year);
          return { from: addDays(sunday, when.fromDay), to: addDays(sunday, when.toDay) };
        }),
      );
    case "advent":
      return inside(years.map(advent));
    case "dates":
      return inside(when.dates.map((date) => ({ from: date, to: date })));
    case "holidays": {
      const days = recipe.holidays?.[when.calendar]?.days ?? [];
      const wanted = days.filter(({ type }) => when.types.includes(type));
      return inside(wanted.map(({ date }) => ({ from: date, to: date })));
    }
  }
}

function yearly(year: number, from: string, to: string): DayRange {
  return { from: dayOf(year, from, 1), to: dayOf(to < from ? year + 1 : year, to, -1) };
}

/** A day of a year; 29 February is the day beside it in a year without one. */
function dayOf(year: number, monthDay: string, instead: number): string {
  const date = `${year}-${monthDay}`;
  return isValidDate(date) ? date : addDays(`${year}-02-28`, instead > 0 ? 1 : 0);
}

/** Days that follow each other become one range. */
function joined(ranges: readonly DayRange[]): readonly DayRange[] {
  const result: DayRange[] = [];
  for (const range of [...ranges].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = result.at(-1);
    if (last === undefined || range.from > addDays(last.to, 1)) result.push(range);
    else result[result.length - 1] = { from: last.from, to: range.to > last.to ? range.to : last.to };
  }
  return result;
}

function gapsOf(
  recipe: PolicyRecipe,
  market: string,
  profile: SeasonProfile,
  resolved: MarketPolicy,
): readonly PolicyGap[] {
  const gaps: PolicyGap[] = [];
  for (const { code } of profile.periods) {
    for (let year = recipe.years.from; year <= recipe.years.to; year += 1) {
      const has = resolved.periods.some(
        (period) => period.code === code && period.to >= `${year}-01-01` && period.from <= `${year}-12-31`,
      );
      if (!has) gaps.push({ market, period: code, year });
    }
  }
  return gaps;
}
