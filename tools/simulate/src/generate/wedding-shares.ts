// Data only: when people marry. Published figures, typed in by hand; the sources are named beside each.

/**
 * Share of weddings by month, January first, in percent (sums to 100). United States, as published at
 * https://patsawtelle.com/2017/07/03/june-here-comes-the-bride/ (2017).
 */
export const monthShares = [4.7, 7.0, 6.1, 7.4, 9.8, 10.9, 9.7, 10.2, 9.6, 9.4, 7.4, 7.8] as const;

/**
 * Share of weddings by day of the week, Sunday first, in percent (sums to 99.7: rounded in the source). England and
 * Wales 1995-2013, 4.9 million marriages registered with the ONS, as published in the Hinckley Times, 2018-02-28,
 * http://www.pressreader.com/uk/hinckley-times/20180228/282329680433237.
 */
export const weekdayShares = [4.4, 4.0, 3.3, 4.0, 5.0, 17.0, 62.0] as const;

/**
 * How bookings behave. Assumptions, not published figures, except the median lead: couples are engaged for 15 months
 * on average (The Knot, http://weddingsbymichelle.net/blog/weddings-by-the-numbers-by-the-knot-magazine/), and book
 * most vendors after the first third of that time.
 */
export const bookingHabits = {
  /** Days between booking and wedding: log-normal with this median and spread, at most three years. */
  leadMedianDays: 290,
  leadSpread: 0.75,
  leadMaxDays: 1_095,
  cancelledShare: 0.14,
  noShowShare: 0.005,
  /** Nights stayed, by weight from 0 on: a wedding day, a weekend, now and then a week. */
  nightWeights: [30, 34, 20, 9, 3, 1, 1, 2],
  groups: ["Couple", "Family", "Planner", "Agency"],
  groupWeights: [70, 16, 11, 3],
} as const;
