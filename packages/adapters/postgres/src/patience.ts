// How long this process waits for a database that says nothing: a host that vanished ends no connection, it only falls silent.
import type { ClientConfig } from "pg";

const connectMs = 10_000;

/** A minute: longer than any statement that a request or a tick waits for. */
const usualMs = 60_000;

/** Ten minutes, for what counts or groups whole tables. */
const longMs = 600_000;

/**
 * Settings of a connection. Keep-alive ends idle ones whose other side is gone, the timeouts those that wait.
 * @param answerMs milliseconds without an answer after which a statement counts as unanswered; a minute when absent
 */
export const patientConnection = (answerMs = usualMs) =>
  ({
    keepAlive: true,
    keepAliveInitialDelayMillis: connectMs,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
  }) as const satisfies ClientConfig;

/** A statement that may take long; the driver takes its own limit from it. */
export const longStatement = <Statement extends object>(statement: Statement): Statement => ({
  ...statement,
  query_timeout: longMs,
});

/** Did the driver give up waiting? The connection is of no use then: its answer may still come. */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof Error && error.message === "Query read timeout";
