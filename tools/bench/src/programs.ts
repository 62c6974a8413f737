// Where the programs are that this tool starts.
import { fileURLToPath } from "node:url";

const own = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const programs = {
  job: own("jobs/main.js"),
  peer: own("peers/main.js"),
  bareRoute: own("jobs/bare-route-main.js"),
  orchestrator: fileURLToPath(import.meta.resolve("@wedsync/orchestrator/bench")),
  main: fileURLToPath(import.meta.resolve("@wedsync/orchestrator/main")),
  start: own("../../start/dist/main.js"),
  wedsync: own("../../cli/dist/main.js"),
  simulate: own("../../simulate/dist/main.js"),
  test: own("../../test/dist/main.js"),
} as const;
