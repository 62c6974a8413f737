// Weddings of Chinese tradition in East and South-East Asia: the last quarter, and hardly any in the seventh lunar month.
import type { SeasonProfile } from "../profile.js";

/**
 * Singapore 2016: 11.5 % of the marriages in December, and above the mean in nearly every year of the decade before. Taiwan 2009 to
 * 2011: 3,624, 3,012 and 3,334 marriages in the seventh lunar month against 9,699 to 13,775 in a mean month, a factor of 0.3.
 */
export const asiaPacific: SeasonProfile = {
  name: "asia-pacific",
  version: 1,
  zone: "Asia/Singapore",
  floor: 0.1,
  cap: 15,
  seasons: [
    { code: "peak", months: [10, 11, 12], multiplier: 3 },
    { code: "mid", months: [1, 3, 4, 5, 6, 9], multiplier: 2 },
    { code: "off", months: [2, 7, 8], multiplier: 1.5 },
  ],
  weekdays: [0.3, 0.3, 0.3, 0.4, 0.8, 2.8, 2.1],
  combination: "season_times_weekday",
  events: { dayWeight: 5, weekWeight: 2, weekDays: 7 },
  periods: [
    {
      code: "ghost_month",
      multiplier: 0.3,
      when: { kind: "calendar_month", calendar: "chinese", month: 7 },
    },
    { code: "public_holiday", multiplier: 1.2, when: { kind: "holidays", calendar: "SG", types: ["public"] } },
  ],
  sources: [
    "Singapore Department of Statistics, as reported by The Straits Times, December 2017: 3,210 marriages in December 2016, 11.5 %.",
    "Taiwan Ministry of the Interior, as reported by yam News, August 2012: marriages in the seventh lunar month 2009-2011.",
    "Months but December, weekdays, holidays: estimates.",
  ],
};
