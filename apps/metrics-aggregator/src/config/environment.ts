// The environment, validated once at start. The same table makes docs/reference/configuration.md.
import { port, readVariables, type EnvironmentOf, type VariableTable } from "@wedsync/adapter-process";
import { z } from "zod";

export const variables = {
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }),
    meaning:
      "Direct connection to Postgres 15-18 as a member of the role `wedsync_aggregator` (no transaction pooler).",
    example: "postgres://aggregator:secret@db.internal:5432/wedsync",
  },
  WEDSYNC_HOST: { schema: z.string().default("127.0.0.1"), meaning: "Address to listen on.", example: "0.0.0.0" },
  WEDSYNC_METRICS_PORT: {
    schema: port.default(4610),
    meaning: "Port of the query API; 0 picks a free one.",
    example: "4610",
  },
  WEDSYNC_REGION: {
    schema: z.string().min(1).max(64).default("local"),
    meaning: "Deployment region, written into every event.",
    example: "eu-west",
  },
  SUPABASE_JWT_SECRET: {
    schema: z.string().min(32).optional(),
    meaning: "Secret of HS256 JSON Web Tokens; without it only API keys are accepted.",
    example: "(at least 32 characters)",
  },
  WEDSYNC_RATE_LIMIT: {
    schema: z.coerce.number().int().min(1).default(6_000),
    meaning: "Requests a minute and caller.",
    example: "6000",
  },
  LOG_LEVEL: {
    schema: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
    meaning: "Least severe log line.",
    example: "info",
  },
} as const satisfies VariableTable;

export type Environment = EnvironmentOf<typeof variables>;

/** Reads and checks the environment; all problems at once, values never echoed. */
export const readEnvironment = (source: Readonly<Record<string, string | undefined>>) =>
  readVariables(variables, source);
