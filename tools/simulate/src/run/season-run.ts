// A simulated season from its files to its report and plots: plain data in and out, so that it can run in a thread.
import { readFileSync } from "node:fs";
import { defaultThresholds } from "@wedsync/season-policy";
import { formatDay } from "../generate/dates.js";
import { readBookingsFile } from "../input/bookings-file.js";
import { problemText, read, refuse, type Read } from "../input/problem.js";
import { errorCode } from "../output/write-whole.js";
import type { DemandStep } from "./demand.js";
import { defaultJourney, parseJourney } from "./journey.js";
import { createLocalTime } from "./local-time.js";
import { reportPage } from "./page.js";
import { plotsOf, type Plot } from "./plots.js";
import { renderPlot } from "./render-plot.js";
import { reportOf, type Report } from "./report.js";
import { seasonPolicyOf } from "./season-policy.js";
import { sensitivityOf } from "./sensitivity.js";
import { simulateSeason, type SeasonOptions, type SeasonProgress } from "./simulate-season.js";

/** What a season is asked for with; the rest of the options is read from files or made of the market. */
export interface SeasonQuestion {
  readonly file: string;
  readonly map: string;
  readonly timeZone: string;
  /** A file, or `default`. */
  readonly journey: string;
  readonly options: Omit<SeasonOptions, "policy" | "steps" | "thresholds">;
  readonly sensitivity: boolean;
  readonly wants: { readonly plots: boolean; readonly page: boolean };
}

export interface SeasonAnswer {
  readonly report: Report;
  /** SVG by the plot's name. */
  readonly plots: readonly { readonly name: Plot["name"]; readonly text: string }[];
  readonly page: string | undefined;
}

/** Fewer bookings say nothing about a season. */
const fewestBookings = 100;

/** Reads, simulates and reports; or says in one line each what is wrong. */
export const runSeasonFile = (
  question: SeasonQuestion,
  onProgress: (progress: SeasonProgress) => void,
): Read<SeasonAnswer> => {
  const { file, timeZone, options: asked, wants } = question;
  const policy = seasonPolicyOf(asked.market, timeZone, yearsOf(asked));
  if (!policy.ok) return policy;
  const steps = stepsOf(question.journey);
  if (!steps.ok) return steps;
  const bytes = bytesOf(file);
  if (!bytes.ok) return bytes;
  const bookings = readBookingsFile(bytes.value, question.map);
  if (!bookings.ok) return bookings;
  const { rows, toldUntil } = bookings.value;
  const concerned = rows.filter((row) => row.day >= asked.firstDay && row.bookedDay <= asked.lastDay).length;
  if (concerned < fewestBookings) {
    const message = `${concerned} bookings concern the season; ${fewestBookings} are needed to say anything about it.`;
    return refuse("few", `${file}: ${message}`);
  }
  const options: SeasonOptions = { ...asked, policy: policy.value, steps: steps.value, thresholds: defaultThresholds };
  const time = createLocalTime(timeZone);
  const result = followed(simulateSeason(rows, time, options), onProgress);
  const sensitivity = question.sensitivity ? followed(sensitivityOf(rows, time, options), onProgress) : [];
  const lastWedding = rows.reduce((last, row) => Math.max(last, row.day), 0);
  const report = reportOf({
    file,
    bookings: rows.length,
    lastWedding,
    toldUntil,
    timeZone,
    options,
    result,
    sensitivity,
  });
  const plots = wants.plots || wants.page ? plotsOf(report, result, time) : [];
  return read({
    report,
    plots: wants.plots ? plots.map((plot) => ({ name: plot.name, text: renderPlot(plot, "wide") })) : [],
    page: wants.page ? reportPage(report, plots) : undefined,
  });
};

/** Calendar years that the season's plans look at. */
function yearsOf({ firstDay, lastDay }: SeasonQuestion["options"]): { readonly from: number; readonly to: number } {
  const year = (day: number): number => Number(formatDay(day).slice(0, 4));
  return { from: year(firstDay - 60), to: year(lastDay + 3) };
}

function bytesOf(path: string): Read<Uint8Array> {
  try {
    return read(readFileSync(path));
  } catch (thrown) {
    return refuse("file", `${path} cannot be read (${errorCode(thrown)}): check the path.`);
  }
}

function stepsOf(journey: string): Read<readonly DemandStep[]> {
  if (journey === "default") return read(defaultJourney);
  const bytes = bytesOf(journey);
  if (!bytes.ok) return bytes;
  const steps = parseJourney(new TextDecoder().decode(bytes.value));
  if (steps.ok) return steps;
  const problems = steps.problems.map((problem) => ({
    ...problem,
    message: `${journey}: ${problemText(problem, journey)}`,
  }));
  return { ok: false, problems };
}

function followed<Progress, Result>(
  run: Generator<Progress, Result, void>,
  onProgress: (progress: Progress) => void,
): Result {
  let step = run.next();
  for (; step.done !== true; step = run.next()) onProgress(step.value);
  return step.value;
}
