// The policy that decides until somebody activates another one: the profiles that ship with the season policy, with the holidays
// of the years around now. Markets that no profile names are planned together as the market `default`.
import { resolveHolidays } from "@wedsync/adapter-holidays";
import { calendarsOf, defaultProfile, resolvePolicy, type PolicyGap, type SeasonPolicy } from "@wedsync/season-policy";
import * as profiles from "@wedsync/season-policy/profiles";
import { restOfTheWorld } from "./planned-as.js";
import { policyYears } from "./policy-years.js";

const weddingProfiles = [
  profiles.asiaPacific,
  profiles.california,
  profiles.europe,
  profiles.middleEast,
  profiles.northAmerica,
  profiles.oceania,
  profiles.southAsia,
  profiles.unitedKingdom,
];

export interface SeedPolicy {
  readonly policy: SeasonPolicy;
  /** Years for which a table of days has none: it has to be continued. */
  readonly gaps: readonly PolicyGap[];
}

/** Makes the first policy. @throws Error when a shipped profile cannot be resolved. */
export function seedPolicy(now: number): SeedPolicy {
  const years = policyYears(now);
  const found = resolveHolidays({ calendars: calendarsOf(weddingProfiles), fromYear: years.from, toYear: years.to });
  if (!found.ok) throw new Error(found.issues.map(({ message }) => message).join(" "));
  const markets = Object.fromEntries(weddingProfiles.map((profile) => [profile.name, profile]));
  const made = resolvePolicy({
    name: "default",
    version: 1,
    markets: { ...markets, [restOfTheWorld]: defaultProfile },
    years,
    holidays: found.holidays,
  });
  if (!made.ok) throw new Error(made.issues.map(({ path, message }) => `${path}: ${message}`).join(" "));
  return { policy: made.policy, gaps: made.gaps };
}
