// What a profile says about a day, and how its voice fades while history grows.
import { dateOf, weekdayOf } from "./calendar.js";
import type { DemandProfile } from "./port.js";

/** Days of history that weigh as much as the profile. */
const equalAfter = 91;
/** From here on history speaks alone. */
const silentAfter = 364;

/** The expected count of a day. */
export const profileValue = ({ level, months, weekdays }: DemandProfile, day: number): number =>
  level * (months[dateOf(day).month - 1] as number) * (weekdays[weekdayOf(day)] as number);

/** The expected counts of `length` days from `first` on. */
export const profileValues = (profile: DemandProfile, first: number, length: number): readonly number[] =>
  Array.from({ length }, (_, at) => profileValue(profile, first + at));

/** What history says, mixed with what the profile says after `historyDays` days of history. */
export const mixWithProfile = (fromHistory: number, fromProfile: number | undefined, historyDays: number): number => {
  if (fromProfile === undefined || historyDays >= silentAfter) return fromHistory;
  const trust = historyDays / (historyDays + equalAfter);
  return trust * fromHistory + (1 - trust) * fromProfile;
};
