// Enough calendar for forecasting, in whole days since 1970-01-01: the pure layers have no Date.

/** Days of the lag that joins a day to the same weekday about one year before. */
export const yearLag = 364;

/** 0 for Monday .. 6 for Sunday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/**
 * Year, month (1 to 12) and day of month of a day number in the proleptic Gregorian calendar, after Howard Hinnant,
 * "chrono-compatible low-level date algorithms" (civil_from_days).
 */
export const dateOf = (day: number): { readonly year: number; readonly month: number; readonly date: number } => {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153);
  const date = ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date };
};
