// docs/benchmarks.md, from the results of one run. No dates: the machine and the command say what was measured.
import type { BenchCase } from "../case.js";
import type { Machine } from "../machine.js";
import type { Result } from "../result.js";
import { cells, header } from "./table.js";

export interface ReportInput {
  readonly command: string;
  readonly machine: Machine;
  readonly cases: readonly Pick<BenchCase, "id" | "title" | "method">[];
  readonly results: readonly Result[];
}

const escape = (text: string): string => text.replaceAll("|", "\\|");
const line = (columns: readonly string[]): string => `| ${columns.map(escape).join(" | ")} |`;

export function markdownReport({ command, machine, cases, results }: ReportInput): string {
  const { cpu, cores, memoryGiB, system, node, postgres, redis, settings } = machine;
  const settingsText = Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}`)
    .join(", ");
  return [
    "# Benchmarks",
    "",
    `Written by \`${command}\`. Every figure stands beside its baseline, measured in the same run on the same machine in turns`,
    "(A, B, A, B, ...); values are medians over the rounds, ratios medians of the ratios round by round. Machines are noisy, so",
    "read the ratios.",
    "",
    `Machine: ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}; Node ${node}; Postgres ${postgres} (${settingsText}); Redis ${redis}.`,
    ...cases.flatMap((entry) =>
      section(
        entry,
        results.filter((result) => result.id === entry.id),
      ),
    ),
    "",
  ].join("\n");
}

function section(
  { id, title, method }: Pick<BenchCase, "id" | "title" | "method">,
  results: readonly Result[],
): readonly string[] {
  if (results.length === 0) return [];
  const notes = results.filter((result) => result.note !== undefined);
  return [
    "",
    `## ${id}: ${title}`,
    "",
    method,
    "",
    line(header),
    line(header.map(() => "---")),
    ...results.map((result) => line(cells(result))),
    ...(notes.length === 0
      ? []
      : ["", ...notes.map((result) => `- ${result.variant}${besides(result)}: ${result.note ?? ""}`)]),
  ];
}

const besides = ({ baseline }: Result): string => (baseline === null ? "" : `, beside ${baseline.name}`);
