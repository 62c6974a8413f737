// Variables that mean the same in every app.
import { z } from "zod";
import type { VariableTable } from "./environment.js";

export const commonVariables = {
  WEDSYNC_HOST: { schema: z.string().default("127.0.0.1"), meaning: "Address to listen on.", example: "0.0.0.0" },
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
