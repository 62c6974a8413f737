// `simulate backtest`: how well the platform would have forecast a season that is over.
import { smallestShownCount } from "@wedsync/season-policy";
import { Option, type Command } from "commander";
import { askAside } from "../aside.js";
import { day, wholeNumber } from "../generate/options.js";
import { kinds, type Kind } from "../input/columns.js";
import { problemText, type Read } from "../input/problem.js";
import { targetProblem, type Target } from "../output/targets.js";
import { writeProblem, writeWhole, type OutputFile } from "../output/write-whole.js";
import type { Backtest, BacktestProgress, BacktestQuestion } from "./backtest.js";
import { startProgress } from "./progress.js";
import { reportText } from "./report.js";

interface Flags {
  readonly kind: Kind;
  readonly map: string;
  readonly from: number;
  readonly to: number;
  readonly horizon: number;
  readonly originEvery: number;
  readonly holidays?: string;
  readonly out?: string;
  readonly features?: string;
  readonly suppressBelow: number;
  readonly json?: boolean;
}

function* ended(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}

/** Adds `backtest` to the program. Failures go through `command.error`, so the program decides how to exit. */
export const registerBacktest = (program: Command): void => {
  const command = program
    .command("backtest")
    .description("forecast every day of a past period from what was known before it, and judge the forecasts")
    .argument("<file>", "a CSV file with a header, UTF-8")
    .addOption(
      new Option("--kind <kind>", "what a row is: one booking, or the count of one day")
        .choices(Object.keys(kinds))
        .makeOptionMandatory(),
    )
    .requiredOption("--map <pairs>", `field=column pairs, such as ${kinds.bookings.example} or ${kinds.series.example}`)
    .requiredOption("--from <day>", "first day to forecast, YYYY-MM-DD", day)
    .requiredOption("--to <day>", "last day to forecast, YYYY-MM-DD", day)
    .option("--horizon <days>", "how many days ahead", wholeNumber(1, 60), 30)
    .option("--origin-every <days>", "days between two origins", wholeNumber(1, 366), 1)
    .option("--holidays <region>", "public holidays as a help, such as US or DE-BY")
    .option("--out <file>", "write every forecast as CSV")
    .option("--features <file>", "write what the forecaster looked at and what came, as CSV (bookings only)")
    .option(
      "--suppress-below <count>",
      "features: counts from above 0 to below this are left empty; 0 shows all",
      wholeNumber(0, 1_000_000),
      smallestShownCount,
    )
    .option("--json", "one JSON document on standard output");
  const refuse = (message: string): never =>
    command.error(`error: ${message}`, { exitCode: 2, code: "backtest_input" });

  const save = async (files: readonly OutputFile[]): Promise<void> => {
    try {
      await writeWhole(...files);
    } catch (thrown) {
      const names = files.map(({ path }) => path).join(", ");
      command.error(`error: ${writeProblem(names, thrown)}`, { exitCode: 1, code: "output_unwritable" });
    }
  };

  const ask = async (question: BacktestQuestion): Promise<Backtest> => {
    const progress = startProgress(process.stderr);
    try {
      const answer = await askAside<BacktestProgress, Read<Backtest>>(
        "backtest/backtest-main",
        question,
        ({ done, total }) => progress.update(done, total),
      );
      if (answer.ok) return answer.value;
      progress.stop();
      return refuse(answer.problems.map((problem) => problemText(problem, question.file)).join("\n"));
    } finally {
      progress.stop();
    }
  };

  command.action(async (file: string) => {
    const flags = command.optsWithGlobals<Flags>();
    const { out, features, kind, map, from, to, horizon, originEvery, holidays, suppressBelow } = flags;
    const targets: Target[] = [
      ...(out === undefined ? [] : [{ option: "--out", path: out }]),
      ...(features === undefined ? [] : [{ option: "--features", path: features }]),
    ];
    const problem = await targetProblem([file], targets);
    if (problem !== undefined) return refuse(problem);
    const started = performance.now();
    const made = await ask({
      file,
      kind,
      map,
      from,
      to,
      horizon,
      originEvery,
      holidays,
      features: features === undefined ? undefined : { suppressBelow },
    });
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    await save([
      ...(out === undefined ? [] : [{ path: out, texts: ended(made.forecasts) }]),
      ...(features === undefined ? [] : [{ path: features, texts: ended(made.features) }]),
    ]);
    const { judgement, missing } = made;
    const document = { file, kind, ...judgement, missing, seconds };
    process.stdout.write(
      flags.json === true
        ? `${JSON.stringify(document)}\n`
        : `${reportText(judgement.forecasters, missing, judgement.notes)}\n`,
    );
  });
};
