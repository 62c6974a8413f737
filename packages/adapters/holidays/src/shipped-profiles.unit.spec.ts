import { calendarsOf, multiplierAt, parsePolicy, resolvePolicy, type SeasonProfile } from "@wedsync/season-policy";
import * as shipped from "@wedsync/season-policy/profiles";
import { resolveHolidays } from "./index.js";

const profiles: readonly SeasonProfile[] = Object.values(shipped);

it("SEA-2: all shipped profiles with their countries' holidays of three years are one complete policy that fits an event", () => {
  const years = { fromYear: 2026, toYear: 2028 };
  const found = resolveHolidays({ calendars: calendarsOf(profiles), ...years });
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  const made = resolvePolicy({
    name: "default",
    version: 1,
    markets: Object.fromEntries(profiles.map((profile) => [profile.name, profile])),
    years: { from: years.fromYear, to: years.toYear },
    holidays: found.holidays,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.issues));
  const text = JSON.stringify(made.policy);
  expect(parsePolicy(JSON.parse(text))).toEqual({ ok: true, policy: made.policy });
  expect(text.length).toBeLessThan(64 * 1_024);
  expect(made.gaps).toEqual([
    { market: "south-asia", period: "auspicious_day", year: 2027 },
    { market: "south-asia", period: "auspicious_day", year: 2028 },
  ]);
  const thanksgiving = multiplierAt(made.policy, { market: "tax-season", at: "2027-11-25" });
  expect(thanksgiving.reasons).toContainEqual({
    code: "period",
    params: { period: "federal_holiday", multiplier: 0.3 },
  });
});
