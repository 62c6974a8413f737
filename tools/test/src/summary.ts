// What a run comes to. A skipped or todo test did not prove anything, so it counts as failed.
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";

export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly files: number;
  readonly failures: readonly Failure[];
}

/** A test, or a file that could not run, and why. */
export interface Failure {
  readonly file: string;
  readonly name: string;
  readonly message: string;
}

interface JestResult {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numTotalTestSuites: number;
  readonly numRuntimeErrorTestSuites: number;
}

/** Reads the runner's result file; a missing one means that nothing was proved. */
export async function readSummary(file: string): Promise<Summary> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return { passed: 0, failed: 1, skipped: 0, files: 0, failures: [] };
  const result = JSON.parse(text) as JestResult;
  const skipped = result.numPendingTests + result.numTodoTests;
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites + skipped,
    skipped,
    files: result.numTotalTestSuites,
    failures: result.testResults.flatMap(({ name: path, message, assertionResults }) => {
      const file = relative(process.cwd(), path);
      if (assertionResults.length === 0 && message !== "") return [{ file, name: "the file itself", message }];
      return assertionResults.flatMap(({ status, fullName, failureMessages }) =>
        status === "failed" ? [{ file, name: fullName, message: (failureMessages ?? []).join("\n") }] : [],
      );
    }),
  };
}

/** The sum of several passes. */
export const addSummaries = (summaries: readonly Summary[]): Summary =>
  summaries.reduce((sum, one) => ({
    passed: sum.passed + one.passed,
    failed: sum.failed + one.failed,
    skipped: sum.skipped + one.skipped,
    files: sum.files + one.files,
    failures: [...sum.failures, ...one.failures],
  }));

/** What a reader of a long log looks for: each failure again at its end, the first `lines` lines of it without a library's frames. */
export function listFailures(failures: readonly Failure[], lines: number): string {
  return failures
    .map(({ file, name, message }) => {
      const text = stripVTControlCharacters(message)
        .split("\n")
        .filter((line) => !line.includes("/node_modules/"))
        .slice(0, lines);
      return [`FAILED ${file}: ${name}`, ...text.map((line) => `    ${line}`)].join("\n");
    })
    .join("\n");
}
