// Structured logs to standard error. What could carry personal data or a secret is cut by path before it is written.
import { pino, type DestinationStream, type Logger } from "pino";

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

/** A logger for one process, to standard error unless another destination is given. */
export function createLogger(
  level: string,
  destination: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Logger {
  return pino(
    {
      level,
      base: null,
      redact: { paths: hidden.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[hidden]" },
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
}

export type { Logger };
