// How long this process waits for a database that says nothing: a host that vanished ends no connection, it only falls silent.
import type { ClientConfig } from "pg";

/** Milliseconds without an answer after which a statement counts as unanswered. */
export interface Patience {
  readonly answerMs: number;
}

const connectMs = 10_000;

/** A minute: longer than any statement that a request or a tick waits for. */
export const usualPatience: Patience = { answerMs: 60_000 };

/** Ten minutes, for what counts or groups whole tables. */
const long: Patience = { answerMs: 600_000 };

/** Settings of a connection. Keep-alive ends idle ones whose other side is gone, the timeouts those that wait. */
export const patientConnection = ({ answerMs }: Patience = usualPatience) =>
  ({
    keepAlive: true,
    keepAliveInitialDelayMillis: connectMs,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
  }) as const satisfies ClientConfig;

/** A statement that may take long; the driver takes its own limit from it. */
export const longStatement = <Statement extends object>(statement: Statement): Statement =>
  ({ ...statement, query_timeout: long.answerMs }) satisfies object;

/** Did the driver give up waiting? The connection is of no use then: its answer may still come. */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof Error && error.message === "Query read timeout";
