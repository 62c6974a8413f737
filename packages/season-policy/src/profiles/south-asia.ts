// Hindu weddings in South Asia: the dates that almanacs name decide more than the month does.
import type { SeasonProfile } from "../profile.js";

/**
 * The table of auspicious days is one almanac's for 2026, 59 days, as published; almanacs differ by a few days and by region.
 * Each year needs its own: resolvePolicy lists the years without one. From Devshayani to Devutthana Ekadashi (Chaturmas) no
 * day is auspicious: July to November in 2026. Multipliers are estimates.
 */
export const southAsia: SeasonProfile = {
  name: "south-asia",
  version: 1,
  zone: "Asia/Kolkata",
  floor: 0.1,
  cap: 15,
  seasons: [
    { code: "winter_peak", months: [11, 12, 2], multiplier: 3 },
    { code: "spring_peak", months: [3, 4, 5], multiplier: 2.5 },
    { code: "mid", months: [1, 6], multiplier: 1.5 },
    { code: "off", months: [7, 8, 9, 10], multiplier: 0.5 },
  ],
  weekdays: [0.9, 0.9, 0.9, 0.9, 1.1, 1.1, 1.2],
  combination: "season_times_weekday",
  events: { dayWeight: 5, weekWeight: 2, weekDays: 7 },
  periods: [
    {
      code: "auspicious_day",
      multiplier: 4,
      when: {
        kind: "dates",
        source: "Saamana, list of marriage muhurtas of 2026 by the panchang, published at the end of 2025.",
        dates: [
          ...["05", "06", "08", "10", "12", "14", "19", "20", "21", "24", "25", "26"].map((day) => `2026-02-${day}`),
          ...["01", "03", "04", "07", "08", "09", "11", "12"].map((day) => `2026-03-${day}`),
          ...["15", "20", "21", "25", "26", "27", "28", "29"].map((day) => `2026-04-${day}`),
          ...["01", "03", "05", "06", "07", "08", "13", "14"].map((day) => `2026-05-${day}`),
          ...["21", "22", "23", "24", "25", "26", "27", "29"].map((day) => `2026-06-${day}`),
          ...["01", "06", "07", "11"].map((day) => `2026-07-${day}`),
          ...["21", "24", "25", "26"].map((day) => `2026-11-${day}`),
          ...["02", "03", "04", "05", "06", "11", "12"].map((day) => `2026-12-${day}`),
        ],
      },
    },
  ],
  sources: [
    "Saamana and Hindustan, November and December 2025: 59 marriage muhurtas in 2026, none in January.",
    "Months, weekdays and the weight of a day: estimates.",
  ],
};
