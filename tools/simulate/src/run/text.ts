// Figures as people read them.

/** Whole numbers with separators; small ones with two digits. */
export const count = (value: number): string =>
  value.toLocaleString("en-US", { maximumFractionDigits: Number.isInteger(value) || value >= 100 ? 0 : 2 });

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Milliseconds as `0 ms`, `1.5 s`, `4 min`, `2.5 h`. */
export const duration = (ms: number): string => {
  const [size, unit] = (
    [
      [3_600_000, "h"],
      [60_000, "min"],
      [1_000, "s"],
    ] as const
  ).find(([size]) => ms >= size) ?? [1, "ms"];
  return `${Number((ms / size).toFixed(1))} ${unit}`;
};

/** Columns padded to their widest cell, two blanks between; the first two to the left, figures to the right. */
export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = header.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  return [header, ...rows]
    .map((row) =>
      row
        .map((cell, at) => {
          const isText = rows.every((one) => !/^-?[\d.,]+( \S+)?$/.test(one[at] ?? ""));
          return isText ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
};
