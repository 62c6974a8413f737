// Command line of `bench`.
import { Command, InvalidArgumentError } from "commander";
import type { Size } from "./case.js";

export interface BenchOptions {
  /** Ids in the order asked for; empty: all. */
  readonly only: readonly string[];
  readonly size: Size;
  readonly rounds: number | undefined;
  readonly json: boolean;
  /** File that the report is written to. */
  readonly write: string | undefined;
}

interface Flags {
  readonly only: readonly string[];
  readonly quick: boolean;
  readonly full: boolean;
  readonly rounds?: number;
  readonly json: boolean;
  readonly write?: string | true;
}

function rounds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 99) throw new InvalidArgumentError("Rounds are 1 to 99.");
  return value;
}

/** Where `--write` without a file writes, from the root of the repository. */
export const reportFile = "docs/benchmarks.md";

/** Parses the arguments; prints help or one line and exits 2 on wrong usage. */
export function parseOptions(argv: readonly string[], known: readonly string[]): BenchOptions {
  const ids = (text: string): readonly string[] => {
    const wanted = text.split(",").map((id) => id.trim().toUpperCase());
    const unknown = wanted.filter((id) => !known.includes(id));
    if (unknown.length > 0)
      throw new InvalidArgumentError(`There is no ${unknown.join(", ")}; there are ${known.join(", ")}.`);
    return wanted;
  };
  const program = new Command("bench")
    .description("Measures the platform beside its baselines, in one run on this machine. Never fails on a time.")
    .option("--only <ids>", `some of ${known.join(",")}`, ids, [])
    .option("--quick", "small counts: shows that everything works, not how fast", false)
    .option("--full", "the counts of the targets: 100,000 executions waiting, ten million events", false)
    .option("--rounds <n>", "rounds of each variant (1 quick, 5 otherwise)", rounds)
    .option("--write [file]", `also write the report, to ${reportFile} when no file is named`)
    .option("--json", "one JSON document on standard output", false)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  const flags = program
    .parse(
      argv.filter((argument) => argument !== "--"),
      { from: "user" },
    )
    .opts<Flags>();
  if (flags.quick && flags.full) program.error("--quick and --full exclude each other.", { exitCode: 2 });
  return {
    only: flags.only,
    size: flags.quick ? "quick" : flags.full ? "full" : "usual",
    rounds: flags.rounds,
    json: flags.json,
    write: flags.write === true ? reportFile : flags.write,
  };
}
