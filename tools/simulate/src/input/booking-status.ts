// What a status says of a booking: the one table for every command that reads bookings.

/** What became of a booking; a coming one takes place until something else is known. */
export type Outcome = "takes-place" | "took-place" | "cancelled" | "no-show";

const outcomes: ReadonlyMap<string, Outcome> = new Map([
  ["booked", "takes-place"],
  ["confirmed", "takes-place"],
  ["check-in", "took-place"],
  ["check-out", "took-place"],
  ["completed", "took-place"],
  ["canceled", "cancelled"],
  ["cancelled", "cancelled"],
  ["no-show", "no-show"],
]);

export const knownStatuses: readonly string[] = [...outcomes.keys()];

/** In any case, with blanks or underscores for hyphens; undefined for what is not in the table. */
export const outcomeOf = (status: string): Outcome | undefined =>
  outcomes.get(status.toLowerCase().replaceAll(/[ _]/g, "-"));
