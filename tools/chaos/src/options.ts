// The command line of a run.
import { randomInt } from "node:crypto";
import { Command, InvalidArgumentError, Option } from "commander";
import { sabotages, type Sabotage } from "./sabotage.js";

export interface ChaosOptions {
  readonly backend: "embedded";
  readonly executions: number;
  /** Over which the load is spread; the platform's own pace when absent. */
  readonly minutes?: number;
  readonly seed: number;
  readonly json: boolean;
  /** Folder that keeps logs and evidence. */
  readonly keep?: string;
  readonly sabotage?: Sabotage;
  /** No faults: shows whether a violation is the faults' doing. */
  readonly calm: boolean;
}

const whole = (least: number, most: number) => (text: string) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  return number;
};
const minutes = (text: string): number => {
  const number = Number(text);
  if (!(number > 0) || number > 1_440) throw new InvalidArgumentError("Give minutes, more than 0 and at most 1440.");
  return number;
};

export const program = (): Command =>
  new Command("chaos")
    .description(
      "Breaks a platform of its own on purpose (kills, zombies, database crashes, cut connections) while work is accepted,\n" +
        "then checks every invariant over its log, its tables and the book of a recorder outside.",
    )
    .addOption(new Option("--backend <name>", "what it runs on").choices(["embedded"]).default("embedded"))
    .option("--executions <n>", "how many executions are asked for", whole(1, 1_000_000), 2_000)
    .option("--minutes <m>", "spread them over this many minutes", minutes)
    .option(
      "--seed <s>",
      "repeat the choices of an earlier run (default: a random one, printed)",
      whole(0, 2 ** 31 - 1),
    )
    .option("--keep <folder>", "keep logs and evidence there; a failed run keeps them anyway")
    .option("--calm", "let no faults happen", false)
    .addOption(
      new Option("--sabotage <what>", "take one protection out of the run's own database; the run must fail").choices(
        sabotages,
      ),
    )
    .option("--json", "one JSON document on standard output", false)
    .exitOverride()
    .showHelpAfterError("(--help lists the options)");

/** @throws CommanderError for wrong usage and for `--help` */
export function parseOptions(argv: readonly string[]): ChaosOptions {
  const command = program();
  command.parse(
    argv.filter((argument) => argument !== "--"),
    { from: "user" },
  );
  const options = command.opts<Omit<ChaosOptions, "seed"> & { readonly seed?: number }>();
  return { ...options, seed: options.seed ?? randomInt(2 ** 31 - 1) };
}
