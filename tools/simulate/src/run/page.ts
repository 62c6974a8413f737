// The report as one page that needs nothing else: tables, and plots in two sizes of which the screen picks one. The template
// engine escapes every value; only the plots, which this tool renders, go in as they are.
import { tiers } from "@wedsync/contracts/scheduler";
import { Liquid } from "liquidjs";
import { pageTemplate } from "./page-template.js";
import type { Plot } from "./plots.js";
import { renderPlot } from "./render-plot.js";
import { assumptionLines, sensitivityLines, verdictLines } from "./report-text.js";
import type { Report } from "./report.js";
import { count, duration, percent } from "./text.js";

const engine = new Liquid({ outputEscape: "escape", strictVariables: true, strictFilters: true });

/** The page as HTML. */
export const reportPage = (report: Report, plots: readonly Plot[]): string => {
  const html: unknown = engine.parseAndRenderSync(pageTemplate, {
    season: report.season,
    verdict: [...verdictLines(report), ...sensitivityLines(report)],
    isGood: report.verdict?.ok ?? false,
    notes: report.notes,
    assumptions: assumptionLines(report),
    plots: plots.map((plot) => ({
      title: plot.title,
      summary: plot.summary,
      wide: renderPlot(plot, "wide"),
      narrow: renderPlot(plot, "narrow"),
    })),
    capacity: report.policies.map((policy) => [
      policy.name,
      count(policy.slotHours),
      percent(policy.saving),
      count(policy.maxSlots),
      count(policy.scalings),
      count(policy.cost),
      count(tiers.reduce((sum, tier) => sum + policy.waits[tier].missed, 0) + policy.expired),
    ]),
    waits: report.policies.flatMap((policy) =>
      tiers.map((tier) => {
        const { started, p50Ms, p95Ms, p99Ms, p999Ms, maxMs } = policy.waits[tier];
        return [policy.name, tier, count(started), ...[p50Ms, p95Ms, p99Ms, p999Ms, maxMs].map(duration)];
      }),
    ),
    seasons: report.policies.flatMap((policy) =>
      policy.seasons.map((season) => [
        policy.name,
        season.season,
        count(season.slotHours),
        count(season.staticSlotHours),
        percent(season.saving),
      ]),
    ),
  });
  return String(html);
};
