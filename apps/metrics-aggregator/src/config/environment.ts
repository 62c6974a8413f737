// The environment, validated once at start. The same table makes docs/reference/configuration.md.
import { commonVariables, port, readVariables, type EnvironmentOf, type VariableTable } from "@wedsync/adapter-process";
import { z } from "zod";

export const variables = {
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }),
    meaning:
      "Direct connection to Postgres 15-18 as a member of the role `wedsync_aggregator` (no transaction pooler).",
    example: "postgres://aggregator:secret@db.internal:5432/wedsync",
  },
  WEDSYNC_METRICS_PORT: {
    schema: port.default(4610),
    meaning: "Port of the query API; 0 picks a free one.",
    example: "4610",
  },
  ...commonVariables,
} as const satisfies VariableTable;

export type Environment = EnvironmentOf<typeof variables>;

/** Reads and checks the environment; all problems at once, values never echoed. */
export const readEnvironment = (source: Readonly<Record<string, string | undefined>>) =>
  readVariables(variables, source);
