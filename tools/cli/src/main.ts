#!/usr/bin/env node
// The process around the command line. All else is in program.ts.
import { processShell } from "@wedsync/adapter-terminal";
import { run } from "./program.js";

process.exitCode = await run(process.argv.slice(2), {
  ...processShell(),
  random: Math.random,
  wallClock: Date.now,
});
