// The policy that decides until somebody activates another one: the profiles that ship with the season policy, with the holidays
// of the years around now. Markets that no profile names are planned together as the market `default`.
import { resolveHolidays } from "@wedsync/adapter-holidays";
import { calendarsOf, defaultProfile, resolvePolicy, type SeasonPolicy } from "@wedsync/season-policy";
import * as profiles from "@wedsync/season-policy/profiles";
import { restOfTheWorld } from "./planned-as.js";

const yearsAhead = 3;

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

/** Makes the first policy. @throws Error when a shipped profile cannot be resolved. */
export function seedPolicy(now: number): SeasonPolicy {
  const year = new Date(now).getUTCFullYear();
  const years = { from: year - 1, to: year + yearsAhead };
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
  return made.policy;
}
