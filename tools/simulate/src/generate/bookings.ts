// `simulate bookings`: a CSV file of made-up bookings, for imports and tests.
import type { Command } from "commander";
import type { BadLineKind } from "./bad-lines.js";
import { bookingLines, type BookingLineOptions } from "./booking-lines.js";
import { eventRange } from "./booking-rows.js";
import { targetProblem } from "../output/targets.js";
import { writeProblem, writeWhole } from "../output/write-whole.js";
import { seed, wholeNumber } from "./options.js";

interface BookingFlags extends BookingLineOptions {
  readonly out: string;
  readonly json?: boolean;
}

/** Adds `bookings` to the program. Failures go through `command.error`, so the program decides how to exit. */
export const registerBookings = (program: Command): void => {
  const command = program
    .command("bookings")
    .description(
      "write made-up bookings as CSV, by published shares of months and weekdays; the same seed, the same file",
    )
    .requiredOption("--rows <number>", "how many good rows", wholeNumber(1, 10_000_000))
    .requiredOption("--out <file>", "the file to write")
    .option("--seed <number>", "what the chance starts from", seed, 1)
    .option("--bad-lines <number>", "malformed lines among them, of all kinds in turn", wholeNumber(0, 1_000_000), 0)
    .option("--from-year <year>", "first year of the weddings", wholeNumber(1970, 2190), 2025)
    .option("--years <number>", "over how many years", wholeNumber(1, 10), 2)
    .option("--json", "one JSON document on standard output");
  command.action(async () => {
    const flags = command.optsWithGlobals<BookingFlags>();
    const problem = await targetProblem([], [{ option: "--out", path: flags.out }]);
    if (problem !== undefined) command.error(`error: ${problem}`, { exitCode: 2, code: "output_refused" });
    const bad: { line: number; kind: BadLineKind }[] = [];
    function* texts(): Generator<string> {
      for (const { line, text, bad: kind } of bookingLines(flags)) {
        if (kind !== undefined) bad.push({ line, kind });
        yield `${text}\n`;
      }
    }
    try {
      await writeWhole({ path: flags.out, texts: texts() });
    } catch (thrown) {
      command.error(`error: ${writeProblem(flags.out, thrown)}`, { exitCode: 1, code: "output_unwritable" });
    }
    const { out: file, rows, fromYear, years } = flags;
    const document = { file, rows, seed: flags.seed, events: eventRange({ ...flags, fromYear, years }), badLines: bad };
    const line = `${file}: ${rows} bookings and ${bad.length} bad lines, seed ${flags.seed}`;
    process.stdout.write(`${flags.json === true ? JSON.stringify(document) : line}\n`);
  });
};
