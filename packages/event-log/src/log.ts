// The log port: what every event log must do (memory, Postgres). The conformance suite in testing/ says the same in tests.
import type { Metadata, NewEvent, RecordedEvent } from "./envelope.js";
import type { AppendResult } from "./append-result.js";

/**
 * Which queue of the committer an append joins, first to last. Critical work never waits behind a bulk import:
 * `bulk` joins a group in slices of at most 200 events.
 */
export const appendClasses = ["critical", "control", "normal", "bulk"] as const;
export type AppendClass = (typeof appendClasses)[number];

/** The events one append adds to one stream. */
export interface StreamAppend {
  readonly category: string;
  readonly stream: string;
  /** The version the writer decided on; 0 = the stream must not exist. Behind or ahead of the stream: conflict. */
  readonly expectedVersion: number;
  readonly events: readonly NewEvent[];
}

/**
 * A fact that must still hold when the append is committed, although it lives on another stream: the row `key` of the
 * guard table has `value`, or is absent for `null`. Checked under the log's lock, after everything committed before.
 */
export interface Guard {
  readonly key: string;
  readonly value: string | null;
}

/** Proof of leadership for singleton roles: a stale epoch is refused, so a paused leader that wakes up cannot write. */
export interface LeaderToken {
  readonly role: string;
  readonly epoch: number;
}

/** All or nothing: every stream's version, every guard and the leader token hold, or nothing is written. */
export interface AppendRequest {
  readonly class: AppendClass;
  readonly meta: Metadata;
  readonly streams: readonly StreamAppend[];
  readonly guards?: readonly Guard[];
  readonly leader?: LeaderToken;
}

export interface ReadOptions {
  /** Read positions greater than this; 0n = from the beginning. */
  readonly after: bigint;
  /** At most this many events, 1 to 10,000. */
  readonly limit: number;
}

export interface TailOptions {
  readonly after: bigint;
  /** At most this many events a batch; 500 when absent. */
  readonly batch?: number;
  readonly signal: AbortSignal;
}

export interface EventReader {
  /** Events in position order, without gaps. Throws `LogError` `log_gap` if the store proves incomplete. */
  read(options: ReadOptions): Promise<readonly RecordedEvent[]>;
  /** Events of one stream from a version on (1 when absent), in order. Empty for a stream that does not exist. */
  readStream(category: string, stream: string, fromVersion?: number): Promise<readonly RecordedEvent[]>;
  /** The highest committed position; 0n for an empty log. */
  head(): Promise<bigint>;
  /** Follows the log until the signal aborts: batches in position order, each starting at the position after the last. */
  tail(options: TailOptions): AsyncIterable<readonly RecordedEvent[]>;
}

export interface EventLog extends EventReader {
  /** Appends all of the request or nothing. Expected refusals are results; only broken stores throw. */
  append(request: AppendRequest): Promise<AppendResult>;
  /**
   * Appends several requests in one commit group, in order. Each is all or nothing on its own: one that is refused
   * leaves its neighbours unharmed. Results are in the order of the requests.
   */
  appendTogether(requests: readonly AppendRequest[]): Promise<readonly AppendResult[]>;
}

/** Time as the log sees it. Decisions use this and never the process clock, so that every instance agrees. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}
