// How much the verdict owes to the hours of the day: the same season with its work spread over more of them. The default journey
// falls due within an hour, which nobody's queue does for ever.
import type { BookingRow } from "../input/read-bookings.js";
import type { LocalTime } from "./local-time.js";
import { simulateSeason, type SeasonOptions, type SeasonProgress } from "./simulate-season.js";
import { verdictOf, type Verdict } from "./verdict.js";

export interface SpreadVerdict extends Verdict {
  readonly spreadMinutes: number;
  readonly staticSlots: number;
  /** Slots below which the fleet does not go. */
  readonly floor: number;
}

const spreads = [180, 720];

/** The verdict at other spreads of a step's work, with the floor as it is and with one slot. Yields as `simulateSeason`. */
export function* sensitivityOf(
  rows: readonly BookingRow[],
  time: LocalTime,
  options: SeasonOptions,
): Generator<SeasonProgress, readonly SpreadVerdict[], void> {
  const verdicts: SpreadVerdict[] = [];
  for (const spreadMinutes of spreads) {
    for (const floor of new Set([options.floor, 1])) {
      const asked: SeasonOptions = { ...options, spreadMinutes, floor, policies: ["static-peak", "plan+reactive"] };
      const { policies, peak } = yield* simulateSeason(rows, time, asked);
      const verdict = verdictOf(policies, floor);
      if (verdict !== undefined) verdicts.push({ ...verdict, spreadMinutes, floor, staticSlots: peak.slots });
    }
  }
  return verdicts;
}
