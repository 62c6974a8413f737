// Command line of `test`.
import { Command } from "commander";

export interface RunOptions {
  /** Spec files or parts of their paths; none: all. */
  readonly files: readonly string[];
  readonly json: boolean;
  readonly coverage: boolean;
  /** Part of a test's name. */
  readonly name?: string;
  /** Folder with real bookings: runs the checks on them instead of the others. */
  readonly sharedData?: string;
  /** Root of another Postgres installation (bin/, lib/, share/). */
  readonly postgresBinaries?: string;
}

/** Prints help or one line and exits 2 on wrong usage. */
export function parseOptions(argv: readonly string[]): RunOptions {
  const program = new Command("test")
    .description("All tests, or those of the named files, with the real services they need.")
    .argument("[files...]", "spec files, or parts of their paths")
    .option("--name <text>", "only tests whose name holds this text")
    .option("--coverage", "measure coverage of the pure layers and hold it to its floor", false)
    .option("--postgres-binaries <folder>", "run against another Postgres installation (its bin/, lib/, share/)")
    .option("--shared-data <folder>", "run the checks on real data in this folder, and nothing else")
    .option("--json", "one JSON document on standard output", false)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  const given = argv.filter((argument) => argument !== "--");
  const options = program.parse(given, { from: "user" }).opts<Omit<RunOptions, "files">>();
  return { ...options, files: program.args };
}
