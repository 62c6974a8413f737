// Rolling origins: every forecaster is asked on every origin day, and judged when the days have come.
import type { ForecastContext, Forecaster } from "@wedsync/season-policy/forecast";
import { formatDay } from "../generate/dates.js";
import { createScorer, type Score } from "./score.js";

export interface Plan<Fact> {
  readonly facts: readonly Fact[];
  readonly context: ForecastContext;
  /** The first is the one whose forecasts are written out. */
  readonly forecasters: readonly Forecaster<Fact>[];
  /** Outcome of a day. */
  readonly actual: (day: number) => number;
  /** Target days, both included. */
  readonly from: number;
  readonly to: number;
  readonly origins: readonly number[];
  readonly scale: number;
  readonly onProgress: (done: number) => void;
}

export interface ForecasterScores {
  readonly name: string;
  /** By lead in days: exactly so many days before. */
  readonly leads: Readonly<Record<string, Score>>;
  /** All leads from 1 to the horizon together. */
  readonly all: Score;
}

/** Leads that are reported one by one, where the horizon reaches them. */
const reported = [1, 7, 14, 30];

export const forecastHeader = "origin,target,point,lo80,hi80,busyProbability";

/** The origin days: they end on the day before the last target and hit the day before the first. */
export const originsOf = (span: {
  readonly from: number;
  readonly to: number;
  readonly horizon: number;
  /** Days between origins. */
  readonly every: number;
}): readonly number[] => {
  const { from, to, horizon, every } = span;
  const first = from - 1 - every * Math.floor((horizon - 1) / every);
  return Array.from({ length: Math.floor((to - 1 - first) / every) + 1 }, (_, at) => first + at * every);
};

/** Runs the plan; the lines are those of `forecasts.csv` without its header. */
export const runBacktest = <Fact>(
  plan: Plan<Fact>,
): { readonly scores: readonly ForecasterScores[]; readonly lines: readonly string[] } => {
  const { from, to, actual, scale, origins, context } = plan;
  const leads = reported.filter((lead) => lead <= (context.horizon ?? 30));
  const lines: string[] = [];
  const scores: ForecasterScores[] = [];
  // The first origin takes longest: all of history comes before it.
  plan.onProgress(0);
  for (const [place, forecaster] of plan.forecasters.entries()) {
    const forecastAt = forecaster.prepare(plan.facts, context);
    const all = createScorer(scale);
    const byLead = new Map(leads.map((lead) => [lead, createScorer(scale)]));
    for (const [at, origin] of origins.entries()) {
      const forecast = forecastAt(origin);
      for (const day of forecast.days) {
        if (day.day < from || day.day > to) continue;
        const outcome = actual(day.day);
        all.add(day, outcome, forecast.busyThreshold);
        byLead.get(day.lead)?.add(day, outcome, forecast.busyThreshold);
        if (place > 0) continue;
        const numbers = [day.point, day.interval80.low, day.interval80.high].map((value) => value.toFixed(3));
        lines.push([formatDay(origin), formatDay(day.day), ...numbers, day.busyProbability.toFixed(4)].join(","));
      }
      plan.onProgress(place * origins.length + at + 1);
    }
    const scored = leads.map((lead) => [String(lead), byLead.get(lead)?.score()] as const);
    scores.push({
      name: forecaster.name,
      leads: Object.fromEntries(scored.flatMap(([lead, score]) => (score === undefined ? [] : [[lead, score]]))),
      all: all.score(),
    });
  }
  return { scores, lines };
};
