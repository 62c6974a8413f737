// `npx pnpm@12 generate` and `npx pnpm@12 --filter @wedsync/contracts run freeze`.
import process from "node:process";
import { fileURLToPath } from "node:url";
import { catalogue } from "../catalogue.js";
import { run } from "./run.js";

const command = process.argv[2];
if (command === "generate" || command === "freeze") {
  const outcome = run(command, catalogue, {
    root: fileURLToPath(new URL("../../", import.meta.url)),
    reference: fileURLToPath(new URL("../../../../docs/reference/events.md", import.meta.url)),
  });
  if (outcome.ok) {
    process.stdout.write(`contracts: ${outcome.message}\n`);
  } else {
    for (const { message } of outcome.problems) process.stderr.write(`contracts: ${message}\n`);
    process.exitCode = 1;
  }
} else {
  process.stderr.write("contracts: say `generate` or `freeze`.\n");
  process.exitCode = 1;
}
