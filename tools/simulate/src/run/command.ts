// `simulate run`: a season of bookings on a simulated clock, under several capacity policies.
import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { join } from "node:path";
import { defaultThresholds } from "@wedsync/season-policy";
import type { Command } from "commander";
import { formatDay } from "../generate/dates.js";
import { day, seed, wholeNumber } from "../generate/options.js";
import { writeProblem } from "../generate/write.js";
import { readBookings } from "./bookings-file.js";
import type { Checked } from "./checked.js";
import { parseColumnMap } from "./column-map.js";
import type { DemandStep } from "./demand.js";
import { defaultJourney, parseJourney } from "./journey.js";
import { createLocalTime } from "./local-time.js";
import { reportPage } from "./page.js";
import { plotsOf } from "./plots.js";
import { startProgress } from "./progress.js";
import { reportText } from "./report-text.js";
import { reportOf } from "./report.js";
import { numberIn, policies, wallTime, zone } from "./run-options.js";
import { seasonPolicyOf } from "./season-policy.js";
import {
  policyNames,
  simulateSeason,
  type PolicyName,
  type SeasonOptions,
  type SeasonResult,
} from "./simulate-season.js";
import { renderPlot } from "./render-plot.js";
import { writeFiles, type TextFile } from "./write-files.js";

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
  readonly svg?: string;
  readonly html?: string;
  readonly json?: boolean;
}

/** Fewer bookings say nothing about a season. */
const fewestBookings = 100;
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
    .option("--lead-minutes <number>", "from asking for a slot to having it", numberIn(0, 1_440), 5)
    .option("--utilisation <share>", "how busy the plan lets slots be", numberIn(0.05, 1), 0.5)
    .option("--plan-at <time>", "local time at which a day's plan is made", wallTime, "17:00")
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
    .option("--svg <folder>", "write the plots as SVG files")
    .option("--html <file>", "write one page with tables and plots")
    .option("--json", "one JSON document on standard output");
  command.action(async (file: string) => {
    const flags = command.optsWithGlobals<RunFlags>();
    const refuse = (problems: readonly string[]): never =>
      command.error(problems.map((problem) => `error: ${problem}`).join("\n"), { exitCode: 2, code: "input_refused" });
    const take = <Value>(checked: Checked<Value>, about = ""): Value =>
      checked.ok ? checked.value : refuse(checked.problems.map((problem) => `${about}${problem}`));
    const read = (path: string): Uint8Array => {
      try {
        return readFileSync(path);
      } catch (thrown) {
        const code =
          typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "unknown";
        return refuse([`${path} cannot be read (${code})`]);
      }
    };

    const days = flags.to - flags.from + 1;
    if (days < 1) refuse(["--from is after --to: the season has no day."]);
    if (days > longestSeasonDays)
      refuse([`The season has ${days} days; at most ${longestSeasonDays} can be simulated.`]);
    if (flags.slotsCap < flags.slotsFloor) refuse(["--slots-cap is below --slots-floor."]);
    const map = take(parseColumnMap(flags.map));
    const [fromYear, toYear] = [flags.from - 60, flags.to + 1].map((at) => Number(formatDay(at).slice(0, 4)));
    const policy = take(seasonPolicyOf(flags.market, flags.timeZone, { from: fromYear ?? 0, to: toYear ?? 0 }));
    const steps: readonly DemandStep[] =
      flags.journey === "default"
        ? defaultJourney
        : take(parseJourney(new TextDecoder().decode(read(flags.journey))), `${flags.journey}: `);
    const rows = take(readBookings(read(file), map), `${file}: `);
    const concerned = rows.filter((row) => row.day >= flags.from && row.bookedDay <= flags.to).length;
    if (concerned < fewestBookings) {
      refuse([
        `${file}: ${concerned} bookings concern the season; ${fewestBookings} are needed to say anything about it.`,
      ]);
    }

    const options = seasonOptions(flags, steps, policy);
    const time = createLocalTime(flags.timeZone);
    const result = await simulate();
    const lastWedding = rows.reduce((last, row) => Math.max(last, row.day), 0);
    const report = reportOf({ file, bookings: rows.length, lastWedding, timeZone: flags.timeZone, options, result });
    const files: TextFile[] = [];
    const plots = flags.svg === undefined && flags.html === undefined ? [] : plotsOf(report, result, time);
    if (flags.svg !== undefined) {
      for (const plot of plots)
        files.push({ path: join(flags.svg, `${plot.name}.svg`), text: renderPlot(plot, "wide") });
    }
    if (flags.html !== undefined) files.push({ path: flags.html, text: reportPage(report, plots) });
    try {
      writeFiles(files);
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

    async function simulate(): Promise<SeasonResult> {
      const progress = startProgress(process.stderr);
      try {
        const run = simulateSeason(rows, time, options);
        let step = run.next();
        for (; step.done !== true; step = run.next()) {
          progress.update(step.value);
          // Lets an interrupt through: the simulation itself never waits.
          await setImmediate();
        }
        return step.value;
      } finally {
        progress.stop();
      }
    }
  });
};

const seasonOptions = (
  flags: RunFlags,
  steps: readonly DemandStep[],
  policy: SeasonOptions["policy"],
): SeasonOptions => ({
  policy,
  market: flags.market,
  steps,
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
  thresholds: defaultThresholds,
  pricePerSlotHour: flags.price,
});
