// The bookings file, line by line, with malformed lines spread over it at seeded places.
import { badLineKinds, badLineNames, type BadLineKind } from "./bad-lines.js";
import { bookingColumns, generateBookings, type BookingOptions } from "./booking-rows.js";
import { createRandom } from "./random.js";

export interface BookingLineOptions extends BookingOptions {
  /** Malformed lines besides the good rows. */
  readonly badLines: number;
}

export interface BookingLine {
  /** Counted from 1, the header's. */
  readonly line: number;
  readonly text: string;
  readonly bad?: BadLineKind;
}

/** Which good row (from 0) each bad line stands before, in order; drawn apart so that the good rows stay the same. */
const placesOf = (options: BookingLineOptions): readonly number[] => {
  const random = createRandom(~options.seed);
  const places = Array.from({ length: options.badLines }, () => random.int(0, Math.max(options.rows - 1, 0)));
  return places.toSorted((a, b) => a - b);
};

/**
 * Header, good rows, and bad lines among them (each a spoilt copy of the row that follows it, the kinds in turn). The
 * good rows of a seed do not depend on how many bad lines are asked for.
 */
export function* bookingLines(options: BookingLineOptions): Generator<BookingLine> {
  const places = placesOf(options);
  let line = 1;
  yield { line, text: bookingColumns.join(",") };
  let placed = 0;
  let row = 0;
  for (const booking of generateBookings(options)) {
    while (places[placed] === row) {
      const kind = badLineNames[placed % badLineNames.length] ?? "missing_columns";
      placed += 1;
      line += 1;
      yield { line, text: badLineKinds[kind](booking), bad: kind };
    }
    row += 1;
    line += 1;
    yield { line, text: bookingColumns.map((column) => booking[column]).join(",") };
  }
}
