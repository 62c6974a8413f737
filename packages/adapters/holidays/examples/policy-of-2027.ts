// A complete policy for two markets, with the holidays of their countries.
import { resolveHolidays } from "@wedsync/adapter-holidays";
import { calendarsOf, multiplierAt, resolvePolicy } from "@wedsync/season-policy";
import { oceania, unitedKingdom } from "@wedsync/season-policy/profiles";

const markets = { "united-kingdom": unitedKingdom, oceania };
const found = resolveHolidays({ calendars: calendarsOf(Object.values(markets)), fromYear: 2027, toYear: 2028 });
if (!found.ok) throw new Error(found.issues.map(({ message }) => message).join(" "));
const made = resolvePolicy({
  name: "default",
  version: 1,
  markets,
  years: { from: 2027, to: 2028 },
  holidays: found.holidays,
});
if (!made.ok) throw new Error(made.issues.map(({ path, message }) => `${path}: ${message}`).join(" "));

const multiplier = (market: string, at: string): number =>
  Math.round(multiplierAt(made.policy, { market, at }).multiplier * 100) / 100;

export const lines = [
  `calendars: ${Object.keys(found.holidays).join(", ")}`,
  `London, Saturday 2027-08-28: ${multiplier("united-kingdom", "2027-08-28")}`,
  `London, bank holiday Monday 2027-08-30: ${multiplier("united-kingdom", "2027-08-30")}`,
  `Sydney, Saturday 2027-11-13: ${multiplier("oceania", "2027-11-13")}`,
];
