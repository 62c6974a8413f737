// The result of a simulation as one document: what `--json` prints and what the texts and pages are made of.
import { formatDay } from "../generate/dates.js";
import { officeHours } from "./build-demand.js";
import type { PolicyResult, SeasonOptions, SeasonResult } from "./simulate-season.js";
import { verdictOf } from "./verdict.js";

export interface ReportInput {
  readonly file: string;
  readonly bookings: number;
  /** Day number of the last wedding in the file. */
  readonly lastWedding: number;
  readonly timeZone: string;
  readonly options: SeasonOptions;
  readonly result: SeasonResult;
}

const dayMs = 86_400_000;

/** Builds the document. Instants are epoch milliseconds, waits milliseconds, capacity slot-hours, savings shares. */
export const reportOf = ({ file, bookings, lastWedding, timeZone, options, result }: ReportInput) => ({
  file,
  bookings,
  season: {
    from: formatDay(options.firstDay),
    to: formatDay(options.lastDay),
    timeZone,
    market: options.market,
    executions: result.executions,
  },
  assumptions: {
    scale: options.scale,
    seed: options.seed,
    journey: options.steps,
    spreadMinutes: options.spreadMinutes,
    officeHours,
    serviceMs: options.serviceMs,
    serviceSigma: options.serviceSigma,
    leadMs: options.leadMs,
    floor: options.floor,
    cap: options.cap,
    planAt: options.planAt,
    targetUtilisation: options.targetUtilisation,
    reactive: options.reactive,
    stabilisationMs: options.stabilisationMs,
    thresholds: options.thresholds,
    pricePerSlotHour: options.pricePerSlotHour,
  },
  staticPeak: {
    slots: result.peak.slots,
    met: result.peak.met,
    waitGoalMs: options.waitGoalMs,
    busiestWeek: { from: result.peak.from, to: result.peak.to },
  },
  plans: result.plans,
  policies: result.policies.map(policyReport),
  verdict: verdictOf(result.policies),
  notes: notesOf(lastWedding, options, result),
});

export type Report = ReturnType<typeof reportOf>;

const policyReport = ({ capacity: _, cost, ...figures }: PolicyResult) => ({
  ...figures,
  cost: cost.total.cost,
  staticCost: cost.total.staticCost,
  saving: cost.total.saving,
  seasons: cost.seasons,
});

/** What a reader must know before using the figures. */
function notesOf(lastWedding: number, options: SeasonOptions, { peak }: SeasonResult): readonly string[] {
  const notes: string[] = [];
  const cut = options.steps.filter(({ day }) => day !== null && lastWedding + day < options.lastDay);
  const earliest = Math.min(...cut.map(({ day }) => day ?? 0));
  if (cut.length > 0) {
    notes.push(
      `The file ends with weddings on ${formatDay(lastWedding)}: from ${formatDay(lastWedding + earliest + 1)} on work for later ` +
        `weddings is missing (${cut.map(({ key }) => key).join(", ")}), so the last months are quieter than a real year's.`,
    );
  }
  if (!peak.met) {
    notes.push(`Even ${peak.slots} slots (--slots-cap) do not meet the goal of the static peak; compare with care.`);
  }
  const days = Math.round((options.lastDay - options.firstDay + 1) * dayMs) / dayMs;
  if (days < 365) notes.push(`The season has ${days} days: savings of a whole year can differ.`);
  return notes;
}
