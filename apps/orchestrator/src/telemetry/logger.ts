// Structured logs to standard error. What could carry personal data or a secret is cut by path before it is written.
import { pino, type Logger } from "pino";

const hidden = [
  "authorization",
  "password",
  "secret",
  "key",
  "email",
  "names",
  "phone",
  "to",
  "subject",
  "text",
  "html",
  "payload",
  "config",
  "couple",
  "body",
  "data",
  "evidence",
];

/** A logger for one process. */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      redact: { paths: hidden.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[hidden]" },
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

export type { Logger };
