// The result of a simulation as one document: what `--json` prints and what the texts and pages are made of.
import { formatDay } from "../generate/dates.js";
import { officeHours } from "./build-demand.js";
import type { PolicyResult, SeasonOptions, SeasonResult } from "./simulate-season.js";
import type { SpreadVerdict } from "./sensitivity.js";
import { percent } from "./text.js";
import { verdictOf } from "./verdict.js";

export interface ReportInput {
  readonly file: string;
  readonly bookings: number;
  /** Day number of the last wedding in the file. */
  readonly lastWedding: number;
  /** Day number of the last day of which the file tells: see `Bookings`. */
  readonly toldUntil: number;
  readonly timeZone: string;
  readonly options: SeasonOptions;
  readonly result: SeasonResult;
  readonly sensitivity: readonly SpreadVerdict[];
}

const dayMs = 86_400_000;
/** Where a floor leaves less to save than this, the saving says more of the floor than of the policies. */
const decentLimit = 0.75;

/** Builds the document. Instants are epoch milliseconds, waits milliseconds, capacity slot-hours, savings shares. */
export const reportOf = ({
  file,
  bookings,
  lastWedding,
  toldUntil,
  timeZone,
  options,
  result,
  sensitivity,
}: ReportInput) => ({
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
  verdict: verdictOf(result.policies, options.floor),
  sensitivity,
  notes: notesOf({ lastWedding, toldUntil }, options, result),
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
function notesOf(
  { lastWedding, toldUntil }: Pick<ReportInput, "lastWedding" | "toldUntil">,
  options: SeasonOptions,
  { peak }: SeasonResult,
): readonly string[] {
  const notes: string[] = [];
  if (toldUntil < options.lastDay) {
    notes.push(
      `The file tells of days up to ${formatDay(toldUntil)}: what was booked or cancelled after it is missing, so the days from ` +
        "then on are not what came.",
    );
  }
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
  const limit = 1 - options.floor / peak.slots;
  if (limit < decentLimit) {
    notes.push(
      `The floor of ${options.floor} slots (--slots-floor) is ${percent(1 - limit)} of the static peak's ${peak.slots}: no policy ` +
        `can save more than ${percent(Math.max(0, limit))} here.`,
    );
  }
  const days = Math.round((options.lastDay - options.firstDay + 1) * dayMs) / dayMs;
  if (days < 365) notes.push(`The season has ${days} days: savings of a whole year can differ.`);
  return notes;
}
