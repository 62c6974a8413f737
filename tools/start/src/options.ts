// Command line of `start`.
import { Command, InvalidArgumentError } from "commander";

export interface StartOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly empty: boolean;
  readonly reset: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

function port(text: string): number {
  const value = Number(text);
  // The highest of the ports derived from it is N + 25.
  if (!Number.isInteger(value) || value < 0 || value > 65_510)
    throw new InvalidArgumentError("A port is a number from 0 (any) to 65510.");
  return value;
}

/** Parses the arguments; prints help or one line and exits 2 on wrong usage. */
export function parseOptions(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): StartOptions {
  const program = new Command("start")
    .description("The whole platform on this machine: Postgres, API, dispatcher, worker, read models and a mail inbox.")
    .option("--data-dir <folder>", "where everything is kept", environment["WEDSYNC_DATA_DIR"] ?? ".wedsync")
    .option(
      "--port <n>",
      "port of the API; the aggregator is n+10, the inbox page n+20, its SMTP n+25; 0 picks free ones",
      port,
      Number(environment["WEDSYNC_PORT"] ?? 4600),
    )
    .option("--empty", "no sample season", false)
    .option("--reset", "delete the data folder first (asks)", false)
    .option("--yes", "do not ask", false)
    .option("--json", "one JSON line when ready instead of text", false)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  return program
    .parse(
      argv.filter((argument) => argument !== "--"),
      { from: "user" },
    )
    .opts<StartOptions>();
}
