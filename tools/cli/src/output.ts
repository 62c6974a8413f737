// What a person sees: plain tables and lines. Text from the server is stripped of control characters, so that nothing
// stored in the platform can drive the operator's terminal.

/** Replaces control and direction-changing characters, and keeps line ends out of single-line output. */
export const clean = (value: unknown): string => {
  const text = typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value);
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "?");
};

/** Columns padded to their widest cell, two blanks between; the last column is not padded. */
export const table = (header: readonly string[], rows: readonly (readonly unknown[])[]): string => {
  const cells = [header, ...rows.map((row) => row.map(clean))];
  const widths = header.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, at) => (at === header.length - 1 ? cell : cell.padEnd(widths[at] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
};

/** An instant as ISO 8601, whether the server sent text or epoch milliseconds. */
export const instant = (value: string | number | undefined): string =>
  typeof value === "number" ? new Date(value).toISOString() : clean(value);

export const count = (number: number): string => number.toLocaleString("en-US");
