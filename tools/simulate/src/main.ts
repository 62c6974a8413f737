#!/usr/bin/env node
// `simulate`: generated seasons and bookings, forecasts judged on the past. Wrong usage is exit 2, a failure 1, Ctrl-C 130.
import { Command, CommanderError } from "commander";
import { registerBacktest } from "./backtest/command.js";
import { registerBookings } from "./generate/bookings.js";
import { registerSeason } from "./generate/season-command.js";

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

const program = new Command("simulate").description(
  "Generated seasons and bookings (the same seed gives the same data), and forecasts judged on the past.",
);
program.exitOverride().showHelpAfterError("(--help lists the options)");
for (const register of [registerSeason, registerBookings, registerBacktest]) register(program);
for (const command of program.commands) command.exitOverride();

try {
  await program.parseAsync(
    process.argv.slice(2).filter((argument) => argument !== "--"),
    { from: "user" },
  );
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander's own findings are wrong usage; ours carry their exit code.
  process.exitCode = error.exitCode !== 0 && error.code.startsWith("commander.") ? 2 : error.exitCode;
}
