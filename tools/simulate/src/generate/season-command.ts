// `simulate season`: the sample season as one JSON document, to load through the API.
import type { Command } from "commander";
import { targetProblem } from "../output/targets.js";
import { writeProblem, writeWhole } from "../output/write-whole.js";
import { formatDay, parseDay } from "./dates.js";
import { day, seed, wholeNumber } from "./options.js";
import { generateSeason } from "./season.js";

interface SeasonFlags {
  readonly weddings: number;
  readonly seed: number;
  readonly today?: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** Adds `season` to the program. Failures go through `command.error`, so the program decides how to exit. */
export const registerSeason = (program: Command): void => {
  const command = program
    .command("season")
    .description("a small sample season as JSON: vendors, journeys, weddings, and mails due now")
    .option("--weddings <number>", "how many weddings", wholeNumber(1, 100_000), 30)
    .option("--seed <number>", "what the chance starts from", seed, 1)
    .option("--today <date>", "the day around which it is laid (default: today, UTC)", day)
    .option("--out <file>", "write it to this file instead of standard output")
    .option("--json", "one JSON document on standard output");
  command.action(async () => {
    const flags = command.optsWithGlobals<SeasonFlags>();
    if (flags.out !== undefined) {
      const problem = await targetProblem([], [{ option: "--out", path: flags.out }]);
      if (problem !== undefined) command.error(`error: ${problem}`, { exitCode: 2, code: "output_refused" });
    }
    const today = flags.today ?? parseDay(new Date().toISOString().slice(0, 10)) ?? 0;
    const season = generateSeason({ weddings: flags.weddings, seed: flags.seed, today });
    if (flags.out === undefined) {
      process.stdout.write(`${JSON.stringify(season, undefined, flags.json === true ? undefined : 2)}\n`);
      return;
    }
    try {
      await writeWhole({ path: flags.out, texts: [`${JSON.stringify(season, undefined, 2)}\n`] });
    } catch (thrown) {
      command.error(`error: ${writeProblem(flags.out, thrown)}`, { exitCode: 1, code: "output_unwritable" });
    }
    const document = { file: flags.out, weddings: season.weddings.length, seed: flags.seed, today: formatDay(today) };
    const line = `${flags.out}: ${season.weddings.length} weddings, seed ${flags.seed}, laid around ${formatDay(today)}`;
    process.stdout.write(`${flags.json === true ? JSON.stringify(document) : line}\n`);
  });
};
