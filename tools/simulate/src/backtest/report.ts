// The backtest for a person: one line for each forecaster and lead.
import type { ForecasterScores } from "./run.js";
import type { Score } from "./score.js";

const ratio = (value: number | null): string => (value === null ? "-" : value.toFixed(3));
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

const cellsOf = (name: string, lead: string, score: Score): readonly string[] => [
  name,
  lead,
  String(score.n),
  ratio(score.mase),
  score.mae.toFixed(2),
  percent(score.coverage80),
  score.width80.toFixed(1),
  ratio(score.busyPrecision),
  ratio(score.busyRecall),
];

/** A forecaster that could not be compared, and why. */
export interface Missing {
  readonly name: string;
  readonly reason: string;
  /** What it reached elsewhere; nothing of this run. */
  readonly reference?: { readonly mase: number; readonly series: string };
}

/** A table in plain text. */
export const reportText = (
  scores: readonly ForecasterScores[],
  missing: readonly Missing[],
  notes: readonly string[],
): string => {
  const head = ["forecaster", "days", "n", "MASE", "MAE", "in 80 %", "width", "precision", "recall"];
  const rows = scores.flatMap(({ name, leads, all }) => [
    ...Object.entries(leads).map(([lead, score]) => cellsOf(name, lead, score)),
    cellsOf(name, "all", all),
  ]);
  const table = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...table.map((row) => (row[column] ?? "").length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
  return [...lines, ...missing.map(({ name, reason }) => `${name}: not compared, ${reason}`), ...notes].join("\n");
};
