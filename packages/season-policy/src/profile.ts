// A profile: the seasonal demand of a kind of market, by reference (a calendar's month, a country's holidays, a feast). It is
// what people write; `resolvePolicy` turns it into the dates of a policy.
import { z } from "zod";
import { check, issue, type Issue } from "./issues.js";
import { seasonalIssues } from "./policy-rules.js";
import { rangeIssues } from "./policy.js";

const code = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/);
const multiplier = z.number().min(0).max(1_000);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
const text = z.string().min(1).max(500);
const days = z.int().min(-400).max(400);

const when = z.discriminatedUnion("kind", [
  /** Each year's days from MM-DD to MM-DD; over New Year when `to` is before `from`. */
  z.strictObject({ kind: z.literal("yearly"), from: monthDay, to: monthDay }),
  /** A month of a lunar calendar; leap months of the Chinese calendar do not count. */
  z.strictObject({
    kind: z.literal("calendar_month"),
    calendar: z.enum(["islamic-umalqura", "chinese"]),
    month: z.int().min(1).max(12),
  }),
  /** Days from Easter Sunday (western), for example -46 to -1 for Lent. */
  z.strictObject({ kind: z.literal("easter"), fromDay: days, toDay: days }),
  /** From the fourth Sunday before Christmas to 24 December. */
  z.strictObject({ kind: z.literal("advent") }),
  /** The holidays of a calendar that is passed in when the policy is made, for example `GB-ENG`. */
  z.strictObject({
    kind: z.literal("holidays"),
    calendar: z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3}){0,2}$/),
    types: z.array(z.enum(["public", "bank", "school", "optional", "observance"])).min(1),
  }),
  /** Days by table, each year anew from a named source. */
  z.strictObject({ kind: z.literal("dates"), dates: z.array(date).min(1).max(400), source: text }),
]);

const seasonProfile = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9._-]{1,128}$/),
  version: z.int().min(1),
  zone: z.string().min(1).max(64),
  floor: z.number().positive().max(1_000),
  cap: z.number().positive().max(1_000),
  seasons: z
    .array(z.strictObject({ code, months: z.array(z.int().min(1).max(12)).min(1).max(12), multiplier }))
    .min(1)
    .max(12),
  weekdays: z.array(multiplier).length(7),
  combination: z.enum(["season_times_weekday", "strongest"]),
  events: z.strictObject({ dayWeight: multiplier, weekWeight: multiplier, weekDays: z.int().min(0).max(31) }),
  periods: z.array(z.strictObject({ code, multiplier, when })).max(100),
  /** Where the figures come from, and which are estimates. */
  sources: z.array(text).min(1).max(20),
});

/** The seasonal demand of a kind of market. Months and weekdays as in a `MarketPolicy`; periods by reference. */
export type SeasonProfile = z.infer<typeof seasonProfile>;
export type ProfilePeriod = SeasonProfile["periods"][number];

export type ProfileCheck =
  | { readonly ok: true; readonly profile: SeasonProfile }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Checks a profile that came as JSON. Refused: as by `parsePolicy`; days of a table that do not exist. */
export function parseProfile(json: unknown): ProfileCheck {
  const checked = check(seasonProfile, json, (profile) => [
    ...seasonalIssues(profile, []),
    ...profile.periods.flatMap(({ when }, index) => whenIssues(when, ["periods", index, "when"])),
  ]);
  return checked.ok ? { ok: true, profile: checked.value } : checked;
}

function whenIssues(when: ProfilePeriod["when"], at: readonly PropertyKey[]): readonly Issue[] {
  switch (when.kind) {
    case "dates":
      return when.dates.flatMap((day, index) =>
        rangeIssues({ from: day, to: day }, []).length === 0
          ? []
          : [issue([...at, "dates", index], "date_invalid", "This day does not exist.")],
      );
    case "yearly":
      // 29 February is a day of some years; 30 February is none of any.
      return (["from", "to"] as const)
        .filter((end) => rangeIssues({ from: `2000-${when[end]}`, to: `2000-${when[end]}` }, []).length > 0)
        .map((end) => issue([...at, end], "date_invalid", "This day does not exist."));
    case "easter":
      return when.toDay < when.fromDay
        ? [issue([...at, "toDay"], "out_of_order", "It must not end before it begins.")]
        : [];
    default:
      return [];
  }
}
