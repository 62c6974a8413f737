// The environment, validated once at start. A wrong value stops the process with one line that names the variable, what is
// wrong and an example. The same table makes docs/reference/configuration.md.
import {
  commonVariables,
  duration,
  port,
  readVariables,
  type EnvironmentOf,
  type VariableTable,
} from "@wedsync/adapter-process";
import { planDefaults } from "@wedsync/season-policy";
import { z } from "zod";

export const roles = ["api", "dispatcher", "worker"] as const;

export const variables = {
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }),
    meaning: "Direct connection to Postgres 15-18 as a member of the role `wedsync_app` (no transaction pooler).",
    example: "postgres://wedsync:secret@db.internal:5432/wedsync",
  },
  WEDSYNC_ROLES: {
    schema: z
      .string()
      .default(roles.join(","))
      .transform((text) => text.split(",").map((role) => role.trim()))
      .pipe(z.array(z.enum(roles)).min(1)),
    meaning: "What this process does: any of api, dispatcher, worker. All of them when absent.",
    example: "api,dispatcher",
  },
  WEDSYNC_PORT: { schema: port.default(4600), meaning: "Port of the HTTP API; 0 picks a free one.", example: "4600" },
  WEDSYNC_MASTER_KEY: {
    schema: z.string().regex(/^[A-Za-z0-9+/]{43}=$/, "32 bytes in base64"),
    meaning: "Wraps the keys of personal data: 32 random bytes, base64. Losing it loses all personal data.",
    example: "$(openssl rand -base64 32)",
  },
  WEDSYNC_WORKER_SLOTS: {
    schema: z.coerce.number().int().min(1).max(1_000).default(32),
    meaning:
      "Executions that run at the same time in this process; the least, where the pool follows the wanted capacity.",
    example: "64",
  },
  WEDSYNC_WORKER_SLOTS_MAX: {
    schema: z.coerce.number().int().min(1).max(1_000).default(128),
    meaning:
      "Most slots the pool of the leading process grows to. At or below WEDSYNC_WORKER_SLOTS the pool keeps its size.",
    example: "256",
  },
  WEDSYNC_CAPACITY_MODE: {
    schema: z.enum(["shadow", "active"]).default("shadow"),
    meaning: "`active`: the scaling plan is the floor of the wanted capacity. `shadow`: it is only recorded and shown.",
    example: "active",
  },
  WEDSYNC_CAPACITY_FLOOR: {
    schema: z.coerce.number().int().min(0).max(100_000).optional(),
    meaning: "Fewest slots wanted of all workers together; WEDSYNC_WORKER_SLOTS when absent.",
    example: "64",
  },
  WEDSYNC_CAPACITY_CAP: {
    schema: z.coerce.number().int().min(1).max(100_000).default(1_000),
    meaning: "Most slots wanted of all workers together; never below the floor.",
    example: "2000",
  },
  WEDSYNC_CAPACITY_LEAD_TIME: {
    schema: duration.default(planDefaults.leadTimeMs),
    meaning: "How long before the demand its slots are asked for: the time new workers need to be ready.",
    example: "15m",
  },
  WEDSYNC_LEASE_TERM: {
    schema: duration.default(5_000),
    meaning: "How long a worker or leader may be silent before its work is taken over.",
    example: "5s",
  },
  WEDSYNC_OUTAGE_HOLD_AFTER: {
    schema: duration.default(21_600_000),
    meaning: "After this long without a dispatcher, normal and low work resumes in hold until an operator releases it.",
    example: "6h",
  },
  SMTP_URL: {
    schema: z.url({ protocol: /^smtps?$/ }),
    meaning: "Mail server of the e-mail module.",
    example: "smtps://user:secret@mail.example.com:465",
  },
  WEDSYNC_MAIL_FROM: {
    schema: z.email().default("no-reply@wedsync.local"),
    meaning: "Sender of mails.",
    example: "hello@example.com",
  },
  WEDSYNC_HTTP_HANDLER_SECRET: {
    schema: z
      .string()
      .regex(/^(whsec_)?[A-Za-z0-9+/]{32,86}={0,2}$/, "24 to 64 bytes in base64")
      .optional(),
    meaning:
      "Signs the calls of module types with an http handler (Standard Webhooks). Without it such types are refused.",
    example: "whsec_$(openssl rand -base64 32)",
  },
  WEDSYNC_HTTP_HANDLER_ALLOW_PRIVATE: {
    schema: z
      .enum(["true", "false"])
      .default("false")
      .transform((text) => text === "true"),
    meaning: "Lets http handlers live at private addresses and without TLS, for handlers inside your own network.",
    example: "false",
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    meaning: "OpenTelemetry collector (OTLP over HTTP) that gets the traces; without it none are sent.",
    example: "http://127.0.0.1:4318",
  },
  ...commonVariables,
} as const satisfies VariableTable;

export type Environment = EnvironmentOf<typeof variables>;

/** Reads and checks the environment; all problems at once, values never echoed. */
export const readEnvironment = (source: Readonly<Record<string, string | undefined>>) =>
  readVariables(variables, source);
