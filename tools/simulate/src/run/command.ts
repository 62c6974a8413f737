// `simulate run`: a season of bookings on a simulated clock, under several capacity policies.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { planDefaults } from "@wedsync/season-policy";
import type { Command } from "commander";
import { askAside } from "../aside.js";
import { day, seed, wholeNumber } from "../generate/options.js";
import { problemText, type Read } from "../input/problem.js";
import { targetProblem, type Target } from "../output/targets.js";
import { writeProblem, writeWhole } from "../output/write-whole.js";
import { plotNames } from "./plots.js";
import { startProgress } from "./progress.js";
import { reportText } from "./report-text.js";
import { numberIn, policies, wallTime, zone } from "./run-options.js";
import type { SeasonAnswer, SeasonQuestion } from "./season-run.js";
import { policyNames, type PolicyName, type SeasonProgress } from "./simulate-season.js";

interface RunFlags {
  readonly map: string;
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  readonly market: string;
  readonly journey: string;
  readonly policies: readonly PolicyName[];
  readonly scale: number;
  readonly slotsFloor: number;
  readonly slotsCap: number;
  readonly serviceMs: number;
  readonly serviceSigma: number;
  readonly spreadMinutes: number;
  readonly leadMinutes: number;
  readonly utilisation: number;
  readonly planAt: string;
  readonly waitGoalMs: number;
  readonly reactivePerSlot: number;
  readonly reactivePollSeconds: number;
  readonly cooldownSeconds: number;
  readonly price: number;
  readonly seed: number;
  readonly sensitivity?: boolean;
  readonly svg?: string;
  readonly html?: string;
  readonly json?: boolean;
}

const longestSeasonDays = 800;

/** Adds `run` to the program. Failures go through `command.error`, so the program decides how to exit. */
export const registerRun = (program: Command): void => {
  const command = program
    .command("run")
    .description("a season of bookings on a simulated clock: load, waits, capacity and cost under several policies")
    .argument("<file>", "bookings as CSV with a header")
    .requiredOption("--map <pairs>", "columns: date=...,bookedOn=...[,status=...,statusDate=...][,segment=...]")
    .requiredOption("--from <date>", "first day of the season", day)
    .requiredOption("--to <date>", "last day of the season", day)
    .requiredOption("--time-zone <zone>", "zone of the weddings, such as Europe/Lisbon", zone)
    .option("--market <name>", "season profile of the market", "europe")
    .option("--journey <file>", "`default`, or a journey as JSON", "default")
    .option("--policies <names>", `of ${policyNames.join(", ")}`, policies, policyNames)
    .option("--scale <number>", "vendors with these bookings", wholeNumber(1, 1_000), 30)
    .option("--slots-floor <number>", "fewest slots, but for the static peak", wholeNumber(1, 10_000), 10)
    .option("--slots-cap <number>", "most slots", wholeNumber(1, 10_000), 200)
    .option("--service-ms <number>", "mean service time, milliseconds", wholeNumber(1, 3_600_000), 20_000)
    .option("--service-sigma <number>", "spread of its logarithm", numberIn(0, 3), 0.5)
    .option("--spread-minutes <number>", "over how long a step's work is spread", wholeNumber(0, 720), 60)
    .option(
      "--lead-minutes <number>",
      "from asking for a slot to having it",
      numberIn(0, 1_440),
      planDefaults.leadTimeMs / 60_000,
    )
    .option(
      "--utilisation <share>",
      "how busy the plan lets slots be",
      numberIn(0.05, 1),
      planDefaults.targetUtilisation,
    )
    .option("--plan-at <time>", "local time at which a day's plan is made", wallTime, "00:00")
    .option(
      "--wait-goal-ms <number>",
      "goal of the static peak for critical and high work",
      wholeNumber(0, 3_600_000),
      1_000,
    )
    .option("--reactive-per-slot <number>", "reactive: executions for each slot", numberIn(0.1, 10_000), 5)
    .option("--reactive-poll-seconds <number>", "reactive: how often the queue is looked at", wholeNumber(1, 3_600), 30)
    .option("--cooldown-seconds <number>", "how long slots stay that are wanted no more", wholeNumber(0, 86_400), 300)
    .option("--price <number>", "price of a slot-hour", numberIn(0, 1_000_000), 0.05)
    .option("--seed <number>", "what the chance starts from", seed, 1)
    .option("--sensitivity", "answer again with the work spread over more hours, and with a floor of one slot")
    .option("--svg <folder>", "write the plots as SVG files")
    .option("--html <file>", "write one page with tables and plots")
    .option("--json", "one JSON document on standard output");
  command.action(async (file: string) => {
    const flags = command.optsWithGlobals<RunFlags>();
    const refuse = (...problems: readonly string[]): never =>
      command.error(problems.map((problem) => `error: ${problem}`).join("\n"), { exitCode: 2, code: "input_refused" });

    const days = flags.to - flags.from + 1;
    if (days < 1) refuse("--from is after --to: the season has no day.");
    if (days > longestSeasonDays) refuse(`The season has ${days} days; at most ${longestSeasonDays} can be simulated.`);
    if (flags.slotsCap < flags.slotsFloor) refuse("--slots-cap is below --slots-floor.");
    const inputs = [file, ...(flags.journey === "default" ? [] : [flags.journey])];
    const problem = await targetProblem(inputs, targetsOf(flags));
    if (problem !== undefined) refuse(problem);

    const answer = await simulate(questionOf(file, flags));
    if (!answer.ok) return refuse(...answer.problems.map((found) => problemText(found, file)));
    const { report, plots, page } = answer.value;
    const files = [
      ...plots.map(({ name, text }) => ({ path: plotPath(flags.svg ?? "", name), texts: [text] })),
      ...(page === undefined || flags.html === undefined ? [] : [{ path: flags.html, texts: [page] }]),
    ];
    try {
      if (flags.svg !== undefined) await mkdir(flags.svg, { recursive: true });
      await writeWhole(...files);
    } catch (thrown) {
      command.error(`error: ${writeProblem(flags.html ?? flags.svg ?? "", thrown)}`, {
        exitCode: 1,
        code: "output_unwritable",
      });
    }
    const written = files.map(({ path }) => path);
    process.stdout.write(
      flags.json === true
        ? `${JSON.stringify({ ...report, files: written })}\n`
        : `${[reportText(report), ...written.map((path) => `written: ${path}`)].join("\n")}\n`,
    );
  });
};

async function simulate(question: SeasonQuestion): Promise<Read<SeasonAnswer>> {
  const progress = startProgress(process.stderr);
  try {
    return await askAside<SeasonProgress, Read<SeasonAnswer>>("run/season-main", question, progress.update);
  } finally {
    progress.stop();
  }
}

const plotPath = (folder: string, name: string): string => join(folder, `${name}.svg`);

const targetsOf = ({ svg, html }: RunFlags): readonly Target[] => [
  ...(svg === undefined
    ? []
    : plotNames.map((name) => ({ option: "--svg", path: plotPath(svg, name), makesFolder: true }))),
  ...(html === undefined ? [] : [{ option: "--html", path: html }]),
];

const questionOf = (file: string, flags: RunFlags): SeasonQuestion => ({
  file,
  map: flags.map,
  timeZone: flags.timeZone,
  journey: flags.journey,
  sensitivity: flags.sensitivity === true,
  wants: { plots: flags.svg !== undefined, page: flags.html !== undefined },
  options: {
    market: flags.market,
    firstDay: flags.from,
    lastDay: flags.to,
    policies: flags.policies,
    scale: flags.scale,
    seed: flags.seed,
    serviceMs: flags.serviceMs,
    serviceSigma: flags.serviceSigma,
    spreadMinutes: flags.spreadMinutes,
    leadMs: Math.round(flags.leadMinutes * 60_000),
    floor: flags.slotsFloor,
    cap: flags.slotsCap,
    waitGoalMs: flags.waitGoalMs,
    planAt: flags.planAt,
    targetUtilisation: flags.utilisation,
    reactive: { perSlot: flags.reactivePerSlot, pollMs: flags.reactivePollSeconds * 1_000 },
    stabilisationMs: flags.cooldownSeconds * 1_000,
    pricePerSlotHour: flags.price,
  },
});
