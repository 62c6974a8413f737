// Which counts may leave the house: one so small that single people could be told from it is left out. The one rule for every
// export of features.

/** Counts from above 0 to below this are left out. */
export const smallestShownCount = 5;

/** The count, or null when it is too small to be shown. @param below 0 shows all; `smallestShownCount` when absent */
export const shownCount = (count: number, below: number = smallestShownCount): number | null =>
  count > 0 && count < below ? null : count;
