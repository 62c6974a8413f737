// `simulate backtest`: how well the platform would have forecast a season that is over.
import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Option, type Command } from "commander";
import { augursForecaster } from "./augurs.js";
import { day, wholeNumber } from "../generate/options.js";
import { inPieces, writeProblem, writeWhole } from "../generate/write.js";
import { kinds, type Kind } from "./columns.js";
import { materialOf, rangeProblem, type Material } from "./facts.js";
import { holidaysOf } from "./holidays.js";
import { featureLines, judge } from "./judge.js";
import { read } from "./problem.js";
import { startProgress } from "./progress.js";
import { reportText, type Missing } from "./report.js";
import { forecastHeader } from "./run.js";

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
  readonly json?: boolean;
}

function* ended(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
};

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
    .option("--features <file>", "write what the forecaster looked at and what came, as CSV (bookings only)")
    .option("--json", "one JSON document on standard output");
  const refuse = (message: string): never =>
    command.error(`error: ${message}`, { exitCode: 2, code: "backtest_input" });

  const save = async (file: string, lines: Iterable<string>): Promise<void> => {
    try {
      await writeWhole(file, inPieces(ended(lines)));
    } catch (thrown) {
      command.error(`error: ${writeProblem(file, thrown)}`, { exitCode: 1, code: "output_unwritable" });
    }
  };

  const run = async <Fact>(
    flags: Flags,
    material: Material<Fact>,
    missing: readonly Missing[],
    file: string,
  ): Promise<void> => {
    const problem = rangeProblem(material, flags.from, flags.to, flags.horizon);
    if (problem !== undefined) return refuse(problem);
    if (flags.features !== undefined && material.featuresAt === undefined) {
      return refuse("--features is for bookings: a bare series has none.");
    }
    const last = flags.to + flags.horizon;
    const holidays = flags.holidays === undefined ? read([]) : holidaysOf(flags.holidays, material.first, last);
    if (!holidays.ok) return refuse(holidays.problem.message);
    const progress = startProgress(process.stderr);
    const started = performance.now();
    const options = { ...flags, context: { holidays: holidays.value }, onProgress: progress.update };
    const { judgement, lines } = await judge(material, options);
    progress.stop();
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    if (flags.out !== undefined) await save(flags.out, [forecastHeader, ...lines]);
    if (flags.features !== undefined) await save(flags.features, featureLines(material, options));
    const document = { file, kind: flags.kind, ...judgement, missing, seconds };
    process.stdout.write(
      flags.json === true ? `${JSON.stringify(document)}\n` : `${reportText(judgement.forecasters, missing)}\n`,
    );
  };

  command.action(async (file: string) => {
    const flags = command.optsWithGlobals<Flags>();
    let bytes: Uint8Array;
    try {
      bytes = await readFile(file);
    } catch (thrown) {
      return refuse(`${file} cannot be read (${errorCode(thrown)}): check the path.`);
    }
    for (const target of [flags.out, flags.features]) {
      if (target !== undefined && !(await isFolder(dirname(resolve(target))))) {
        return refuse(`${target} cannot be written: its folder does not exist.`);
      }
    }
    const standard = flags.kind === "series" ? await augursForecaster() : undefined;
    const material = materialOf(flags.kind, bytes, flags.map, standard === undefined ? [] : [standard]);
    if (!material.ok) {
      const { line, message } = material.problem;
      return refuse(line === undefined ? message : `${file}, line ${line}: ${message}`);
    }
    const missing =
      flags.kind === "series" && standard === undefined
        ? [{ name: "augurs-mstl", reason: "@bsull/augurs is not installed" }]
        : [];
    return material.value.use((found) => run(flags, found, missing, file));
  });
};
