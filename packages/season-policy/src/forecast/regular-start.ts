// Where a history begins in earnest. One row with a wrong year, or one event booked long before the house opened, would
// put years without any event before it, and everything learned from them would be learned from nothing.

/** A pause of more days than this may part stray rows from the history. */
const longPause = 60;
/** What stands before such a pause is stray when it has fewer events a day than this share of what follows. */
const strayShare = 0.05;
/** Either side is looked at as at least a year, so that neither the pause of a closed season nor a first day misleads. */
const fewestDays = 364;

/** The beginning of a history. */
export interface RegularStart {
  /** The day of the first event that is not stray; undefined without events. */
  readonly first: number | undefined;
  /** How many events before it were left out. */
  readonly strays: number;
}

/**
 * Finds where the days of events become regular; `days` has one ascending entry for each event, and none after today.
 * What stands before a pause of more than 60 days is left out when it is next to nothing beside what follows.
 */
export const regularStart = (days: ArrayLike<number>): RegularStart => {
  const count = days.length;
  const last = days[count - 1] as number;
  let from = 0;
  for (let at = 1; at < count; at += 1) {
    const day = days[at] as number;
    if (day - (days[at - 1] as number) <= longPause) continue;
    const before = (at - from) / Math.max(fewestDays, day - (days[from] as number));
    const after = (count - at) / Math.max(fewestDays, last - day + 1);
    if (before < strayShare * after) from = at;
  }
  return { first: days[from], strays: from };
};
