// How an append ends. Refusals are data: callers decide again, nobody catches exceptions to find out.

/** Written; positions are consecutive in the order of the request's streams and events. */
export interface Appended {
  readonly ok: true;
  readonly firstPosition: bigint;
  readonly lastPosition: bigint;
  /** The log's time of the commit group, epoch milliseconds. */
  readonly recordedAt: number;
}

/** Another writer was first, or the writer knows of a version that does not exist. */
export interface VersionConflict {
  readonly ok: false;
  readonly code: "version_conflict";
  readonly stream: string;
  readonly expectedVersion: number;
  readonly actualVersion: number;
}

/** A guarded fact no longer holds. */
export interface GuardRefused {
  readonly ok: false;
  readonly code: "guard_refused";
  readonly key: string;
  readonly expected: string | null;
  readonly actual: string | null;
}

/** The writer is no longer the leader of its role. */
export interface LeaderFenced {
  readonly ok: false;
  readonly code: "leader_fenced";
  readonly role: string;
  readonly epoch: number;
  readonly currentEpoch: number;
}

/** The log runs on another server than the one that wrote it (restored backup, promoted replica): an operator decides. */
export interface LogFenced {
  readonly ok: false;
  readonly code: "log_fenced";
  readonly message: string;
}

/** The request itself cannot be stored, whatever the log holds. */
export interface AppendInvalid {
  readonly ok: false;
  readonly code: "append_invalid";
  readonly reason: "too_large" | "too_deep" | "bad_text" | "not_json" | "empty" | "duplicate_stream";
  /** Where: the event's type and a JSON pointer into its data, or a place in the request. Never a value. */
  readonly path: string;
  readonly message: string;
}

export type AppendRefusal = VersionConflict | GuardRefused | LeaderFenced | LogFenced | AppendInvalid;
export type AppendResult = Appended | AppendRefusal;
