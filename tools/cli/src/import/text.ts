// The import's result for a person: the counts, then the first rejected lines with their numbers.
import type { Status } from "../answers.js";
import { clean, count, table } from "../output.js";
import type { ImportResult } from "./tally.js";

/** Rejected lines shown to a person; `--json` has all. */
const shown = 20;

export const importText = (result: ImportResult, status: Status | undefined): string => {
  const counts: (readonly [string, number])[] = [
    ["rows", result.rows],
    ["imported", result.imported],
    ["unchanged", result.unchanged],
    ["cancelled", result.cancelled],
    ["not yet booked", result.notYetBooked],
    ["rejected", result.rejected.length],
    ["steps accepted", result.steps.accepted],
    ["steps skipped (due before acceptance)", result.steps.skipped],
    ["steps pending", result.steps.pending],
    ["steps unchanged", result.steps.unchanged],
  ];
  if (status !== undefined) {
    counts.push([
      "pending (whole platform)",
      (status.executions["scheduled"] ?? 0) + (status.executions["waiting"] ?? 0),
    ]);
    counts.push(["due today (whole platform)", status.dueToday ?? 0]);
  }
  const width = Math.max(...counts.map(([name]) => name.length));
  const lines = counts.map(([name, number]) => `${name.padEnd(width)}  ${count(number)}`);
  const first = result.rejected.slice(0, shown).map(({ line, code, message }) => [line, code, clean(message)]);
  if (first.length > 0) lines.push("", table(["line", "code", "why"], first));
  const more = result.rejected.length - shown;
  if (more > 0) lines.push(`... and ${count(more)} more: --json names all.`);
  return lines.join("\n");
};
