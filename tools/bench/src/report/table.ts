// Results as a table for a terminal, and figures as people read them.
import type { Result } from "../result.js";

/** 12,345 or 0.0123: no more digits than the figure is worth. */
export function figure(value: number | null): string {
  if (value === null) return "-";
  return value.toLocaleString("en-US", { maximumSignificantDigits: 4 });
}

export const cells = (result: Result): readonly string[] => [
  result.variant,
  `${figure(result.value)} ${result.unit}`,
  result.baseline === null ? "" : `${result.baseline.name}: ${figure(result.baseline.value)}`,
  result.ratio === null ? "" : `${result.ratio.toLocaleString("en-US", { maximumSignificantDigits: 3 })}x`,
  result.target,
  result.target === "reported" ? "-" : result.ok ? "yes" : "no",
];

export const header = ["variant", "measured", "beside it", "ratio", "target", "met"] as const;

/** The rows of all ids, columns padded to their widest cell. */
export function textTable(results: readonly Result[]): string {
  const rows = [["id", ...header], ...results.map((result) => [result.id, ...cells(result)])];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
