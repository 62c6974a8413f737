// Command line of `start`. A flag wins over the environment; what is empty counts as not given.
import { Command, InvalidArgumentError } from "commander";

export interface StartOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly empty: boolean;
  readonly reset: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

export const defaults = { dataDir: ".wedsync", port: 4_600 } as const;

/** The highest of the ports derived from it is N + 25. */
const highestPort = 65_510;
const portRule = `A port is a whole number from 1 to ${highestPort} (the inbox's SMTP is N + 25), or 0 for free ones.`;

/** Digits only: what a person writes as a port, and none of the other ways to write a number. */
function portOf(text: string): number | undefined {
  const value = /^(0|[1-9]\d{0,4})$/.test(text) ? Number(text) : Number.NaN;
  return value <= highestPort ? value : undefined;
}

function portArgument(text: string): number {
  const port = portOf(text);
  if (port === undefined) throw new InvalidArgumentError(portRule);
  return port;
}

function folderArgument(text: string, previous: string): string {
  return text.trim() === "" ? previous : text.trim();
}

/** Parses the arguments; prints help or one line and exits 2 on wrong usage. */
export function parseOptions(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): StartOptions {
  const dataDir = folderArgument(environment["WEDSYNC_DATA_DIR"] ?? "", defaults.dataDir);
  const program = new Command("start")
    .description("The whole platform on this machine: Postgres, API, dispatcher, worker, read models and a mail inbox.")
    .option("--data-dir <folder>", "where everything is kept", folderArgument, dataDir)
    .option(
      "--port <n>",
      `port of the API (default: WEDSYNC_PORT, else ${defaults.port}); the aggregator is n+10, the inbox page n+20, its SMTP n+25; 0 picks free ones`,
      portArgument,
    )
    .option("--empty", "no sample season", false)
    .option("--reset", "delete what start keeps in the data folder first (asks)", false)
    .option("--yes", "do not ask", false)
    .option("--json", "one JSON line when ready instead of text", false)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  const options = program
    .parse(
      argv.filter((argument) => argument !== "--"),
      { from: "user" },
    )
    .opts<Omit<StartOptions, "port"> & { readonly port?: number }>();
  return { ...options, port: options.port ?? environmentPort(program, environment["WEDSYNC_PORT"]) };
}

function environmentPort(program: Command, text: string | undefined): number {
  const given = text?.trim() ?? "";
  if (given === "") return defaults.port;
  return portOf(given) ?? program.error(`error: WEDSYNC_PORT is not a port. ${portRule} Example: ${defaults.port}`);
}
