// `simulate backtest`: how well the platform would have forecast a season that is over.
import { readFile } from "node:fs/promises";
import { Option, type Command } from "commander";
import { day, wholeNumber } from "../generate/options.js";
import { formatDay } from "../generate/dates.js";
import { inPieces, writeProblem, writeWhole } from "../generate/write.js";
import { kinds, type Kind } from "./columns.js";
import { materialOf, naiveScale, rangeProblem, type Material } from "./facts.js";
import { holidaysOf } from "./holidays.js";
import { startProgress } from "./progress.js";
import { reportText } from "./report.js";
import { forecastHeader, originsOf, runBacktest } from "./run.js";

interface Flags {
  readonly kind: Kind;
  readonly map: string;
  readonly from: number;
  readonly to: number;
  readonly horizon: number;
  readonly originEvery: number;
  readonly holidays?: string;
  readonly out?: string;
  readonly json?: boolean;
}

const errorCode = (thrown: unknown): string =>
  typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "unknown";

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
    .option("--json", "one JSON document on standard output");
  const refuse = (message: string): never =>
    command.error(`error: ${message}`, { exitCode: 2, code: "backtest_input" });

  const judge = async <Fact>(file: string, flags: Flags, material: Material<Fact>): Promise<void> => {
    const { from, to, horizon, originEvery: every } = flags;
    const problem = rangeProblem(material, from, to, horizon);
    if (problem !== undefined) refuse(problem);
    const holidays =
      flags.holidays === undefined ? undefined : await holidaysOf(flags.holidays, material.first, to + horizon);
    if (holidays?.ok === false) refuse(holidays.problem.message);
    const scale = naiveScale(material, from);
    const context = holidays?.ok === true ? { holidays: holidays.value } : {};
    const span = { from, to, horizon, every, scale };
    const origins = originsOf({
      ...span,
      context,
      forecasters: [],
      actual: material.actual,
      onProgress: () => undefined,
    });
    const progress = startProgress(origins.length * material.forecasters.length, process.stderr);
    const started = performance.now();
    const { scores, lines } = await runBacktest({ ...material, ...span, context, onProgress: progress.update });
    progress.stop();
    if (flags.out !== undefined) {
      try {
        await writeWhole(flags.out, inPieces([forecastHeader, ...lines].map((line) => `${line}\n`)));
      } catch (thrown) {
        command.error(`error: ${writeProblem(flags.out, thrown)}`, { exitCode: 1, code: "output_unwritable" });
      }
    }
    if (flags.json !== true) {
      process.stdout.write(`${reportText(scores)}\n`);
      return;
    }
    const document = {
      file,
      kind: flags.kind,
      rows: material.rows,
      from: formatDay(from),
      to: formatDay(to),
      horizon,
      origins: origins.length,
      scale,
      seconds: Math.round((performance.now() - started) / 100) / 10,
      forecasters: scores,
    };
    process.stdout.write(`${JSON.stringify(document)}\n`);
  };

  command.action(async (file: string) => {
    const flags = command.optsWithGlobals<Flags>();
    let bytes: Uint8Array;
    try {
      bytes = await readFile(file);
    } catch (thrown) {
      return refuse(`${file} cannot be read (${errorCode(thrown)}): check the path.`);
    }
    const material = materialOf(flags.kind, bytes, flags.map);
    if (!material.ok) {
      const { line, message } = material.problem;
      return refuse(line === undefined ? message : `${file}, line ${line}: ${message}`);
    }
    return material.value.use((found) => judge(file, flags, found));
  });
};
