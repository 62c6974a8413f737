// Where the programs are that this tool starts.
import { fileURLToPath } from "node:url";

const own = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const programs = {
  job: own("jobs/main.js"),
  peer: own("peers/main.js"),
  orchestrator: fileURLToPath(import.meta.resolve("@wedsync/orchestrator/bench")),
} as const;
