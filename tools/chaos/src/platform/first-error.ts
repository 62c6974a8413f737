// Why a process did not start, from what it wrote on standard error.

const isLogLine = (line: string): boolean => line.startsWith("{");
const isErrorLine = (line: string): boolean =>
  isLogLine(line) ? /"level":"(error|fatal)"/.test(line) : /^(?:Uncaught )?\w*Error\b/.test(line);

/** The line that names the error; without one the first that is not of the log, else the last. */
export const firstErrorOf = (lines: readonly string[]): string =>
  lines.find((line) => isErrorLine(line)) ??
  lines.find((line) => line.trim() !== "" && !isLogLine(line)) ??
  lines.at(-1) ??
  "it said nothing";
