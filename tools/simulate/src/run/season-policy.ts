// The season policy of a simulated market: the shipped profile in the bookings' own zone, with the holidays it names.
import { resolveHolidays } from "@wedsync/adapter-holidays";
import { calendarsOf, resolvePolicy, type SeasonPolicy, type SeasonProfile } from "@wedsync/season-policy";
import * as shipped from "@wedsync/season-policy/profiles";
import { read, refuse, type Read } from "../input/problem.js";

const profiles: ReadonlyMap<string, SeasonProfile> = new Map(
  Object.values(shipped).map((profile) => [profile.name, profile]),
);

/** The policy of one market. `from` and `to`: years, both included. */
export const seasonPolicyOf = (
  market: string,
  zone: string,
  years: { readonly from: number; readonly to: number },
): Read<SeasonPolicy> => {
  const profile = profiles.get(market);
  if (profile === undefined)
    return refuse("market", `--market: there is no profile "${market}"; there are ${[...profiles.keys()].join(", ")}.`);
  const found = resolveHolidays({ calendars: calendarsOf([profile]), fromYear: years.from, toYear: years.to });
  if (!found.ok) return { ok: false, problems: found.issues };
  const made = resolvePolicy({
    name: market,
    version: 1,
    markets: { [market]: { ...profile, zone } },
    years,
    holidays: found.holidays,
  });
  if (made.ok) return read(made.policy);
  return {
    ok: false,
    problems: made.issues.map(({ path, message }) => ({ code: "policy", message: `${path}: ${message}` })),
  };
};
