// The holidays of countries, states and regions as plain data for a season policy. The library is asked once, when a policy is
// made; afterwards the policy is complete.
import type { HolidayCalendar, HolidayType } from "@wedsync/season-policy";
import Holidays, { type HolidaysTypes } from "date-holidays";

export interface HolidayRequest {
  /** Country, or country-state, or country-state-region, for example `GB-ENG` (ISO 3166). */
  readonly calendars: readonly string[];
  /** First year, 1900 to 2100. */
  readonly fromYear: number;
  /** Last year, included; at most 20 years. */
  readonly toYear: number;
}

export interface HolidayIssue {
  readonly code: "calendar_unknown" | "years_invalid";
  readonly message: string;
  /** The calendar that is not known. */
  readonly calendar?: string;
}

/** A day that a calendar names. */
export interface NamedHoliday {
  /** Local day, YYYY-MM-DD. */
  readonly date: string;
  readonly type: HolidayType;
  /** In the language of the calendar; the same every year. Further days of a feast of several days are numbered. */
  readonly name: string;
}

export type ResolvedHolidays =
  | { readonly ok: true; readonly holidays: Readonly<Record<string, HolidayCalendar>> }
  | { readonly ok: false; readonly issues: readonly HolidayIssue[] };

export type NamedHolidays =
  | { readonly ok: true; readonly days: readonly NamedHoliday[] }
  | { readonly ok: false; readonly issues: readonly HolidayIssue[] };

const dayMs = 86_400_000;

/**
 * The holidays of each calendar, as `resolvePolicy` of @wedsync/season-policy takes them. Days are local days; a holiday that
 * begins at sunset counts for the day that it is named by, one of several days for each of them.
 */
export function resolveHolidays({ calendars, fromYear, toYear }: HolidayRequest): ResolvedHolidays {
  const wrongYears = yearIssues(fromYear, toYear);
  if (wrongYears.length > 0) return { ok: false, issues: wrongYears };
  const issues: HolidayIssue[] = [];
  const holidays: Record<string, HolidayCalendar> = {};
  for (const calendar of new Set(calendars)) {
    const source = open(calendar);
    if (source === undefined) issues.push(unknown(calendar));
    else holidays[calendar] = { fromYear, toYear, days: daysOf(source, fromYear, toYear) };
  }
  return issues.length > 0 ? { ok: false, issues } : { ok: true, holidays };
}

/** The holidays of one calendar by their names, in order of time; days as in `resolveHolidays`, names that share a day beside each other. */
export function namedHolidays(request: {
  readonly calendar: string;
  readonly fromYear: number;
  readonly toYear: number;
}): NamedHolidays {
  const { calendar, fromYear, toYear } = request;
  const wrongYears = yearIssues(fromYear, toYear);
  if (wrongYears.length > 0) return { ok: false, issues: wrongYears };
  const source = open(calendar);
  if (source === undefined) return { ok: false, issues: [unknown(calendar)] };
  return { ok: true, days: namedDays(source, fromYear, toYear).sort((a, b) => (a.date < b.date ? -1 : 1)) };
}

function yearIssues(fromYear: number, toYear: number): readonly HolidayIssue[] {
  const areWhole = [fromYear, toYear].every(Number.isInteger);
  if (areWhole && fromYear >= 1900 && toYear <= 2100 && toYear >= fromYear && toYear - fromYear < 20) return [];
  return [{ code: "years_invalid", message: "Give 1 to 20 whole years in order, between 1900 and 2100." }];
}

function unknown(calendar: string): HolidayIssue {
  const message = `There are no holidays of ${calendar}; use a country such as GB or a state such as GB-ENG.`;
  return { code: "calendar_unknown", calendar, message };
}

/** The library takes an unknown state for the whole country, so it is asked what it knows. */
function open(calendar: string): Holidays | undefined {
  const [country = "", state, region] = calendar.split("-");
  const known = new Holidays();
  if (!(country in known.getCountries())) return undefined;
  if (state === undefined) return new Holidays(country);
  if (!(state in (known.getStates(country) ?? {}))) return undefined;
  if (region === undefined) return new Holidays(country, state);
  return region in (known.getRegions(country, state) ?? {}) ? new Holidays(country, state, region) : undefined;
}

function daysOf(source: Holidays, fromYear: number, toYear: number): HolidayCalendar["days"] {
  const days = new Map<string, { date: string; type: HolidayType }>();
  for (const { date, type } of namedDays(source, fromYear, toYear)) days.set(`${date} ${type}`, { date, type });
  return [...days.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day);
}

function namedDays(source: Holidays, fromYear: number, toYear: number): NamedHoliday[] {
  // A holiday of several days may reach over New Year.
  const years = Array.from({ length: toYear - fromYear + 2 }, (_, index) => fromYear - 1 + index);
  return years
    .flatMap((year) => source.getHolidays(year))
    .flatMap((holiday) =>
      datesOf(holiday).map((date, index) => ({
        date,
        type: holiday.type,
        name: index === 0 ? holiday.name : `${holiday.name} (${index + 1})`,
      })),
    )
    .filter(({ date }) => date >= `${fromYear}-01-01` && date <= `${toYear}-12-31`);
}

function datesOf({ date, start, end }: HolidaysTypes.Holiday): readonly string[] {
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  // Two hours of grace: a day with a clock change has 23 or 25 hours. What is left of half a day counts as one.
  const count = Math.max(1, Math.ceil((end.getTime() - start.getTime()) / dayMs - 1 / 12));
  return Array.from({ length: count }, (_, index) => new Date(first + index * dayMs).toISOString().slice(0, 10));
}
