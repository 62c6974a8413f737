// What is known of a run when it is over: everything a check may look at. Nothing here comes from the platform's own words
// about itself, except its log and its tables.

export type EffectKind = "keyed" | "plain" | "at-most-once";
export const effectKinds: readonly EffectKind[] = ["keyed", "plain", "at-most-once"];
export const moduleTypeOf = (kind: EffectKind): string => `chaos-${kind}`;

/** One event of the log. Instants are epoch milliseconds. */
export interface EventRow {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly category: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly eventId: string;
  readonly leaderEpoch: number | null;
  readonly recordedAt: number;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One answer that a client got to a request for work. */
export interface AcceptedRow {
  readonly at: number;
  readonly via: "single" | "bulk";
  readonly vendor: string;
  readonly key: string;
  /** HTTP status; of a bulk item the one it would have had alone. */
  readonly status: number;
  readonly code?: string;
  readonly executionId?: string;
  /** Digest of the body that was sent. */
  readonly body: string;
  /** Only for refused single requests: the platform names it in the problem. */
  readonly correlationId?: string;
}

/** One request that reached the provider, written before it was answered. */
export interface EffectRow {
  readonly at: number;
  readonly execution: string;
  readonly attempt: number;
  readonly kind: EffectKind;
  readonly key: string | null;
  /** False when nothing happened: refused, lost on the way, or the same key again. */
  readonly visible: boolean;
  readonly answer: "accepted" | "rejected" | "cut";
  /** The signature of the request was right. */
  readonly signed: boolean;
}

export interface FaultRow {
  readonly at: number;
  /** When the fault was over: the process continued, the server was back. */
  readonly until: number;
  readonly what: string;
  readonly target: string;
  /** Worker incarnation that it met. */
  readonly worker?: string;
}

/** The platform's lease rows and load as seen from outside at one instant of the database. */
export interface SampleRow {
  /** Database time; before and after are the reader's bounds for it on the same machine's clock. */
  readonly at: number;
  readonly leases: readonly { readonly worker: string; readonly counter: number; readonly slots: number }[];
  readonly open: Readonly<Record<string, number>>;
  /** Due work that no move of its wedding keeps from starting. */
  readonly due: number;
  readonly holds: number;
}

export type TableRow = Readonly<Record<string, unknown>>;

export interface Tables {
  readonly pending: readonly TableRow[];
  readonly open_attempt: readonly TableRow[];
  readonly attention: readonly TableRow[];
  readonly guard: readonly TableRow[];
  readonly worker: readonly TableRow[];
  readonly parked: readonly TableRow[];
}

/** One generation of the aggregator's read models when the run was over, from its own tables. */
export interface GenerationRow {
  readonly name: string;
  readonly status: string;
  readonly position: number;
  readonly parked: number;
}

/** Reads of one client over and over: an answer older than one before is a regression. */
export interface Polls {
  readonly count: number;
  readonly regressions: readonly TableRow[];
}

export interface Evidence {
  readonly seed: number;
  /** Executions that the run was to ask for. */
  readonly asked: number;
  /** Faults that the run was to meet; none in a calm one. */
  readonly faultKinds: readonly string[];
  readonly leaseTermMs: number;
  /** Live workers at the end. */
  readonly workers: number;
  /** Database time when the drain had ended. */
  readonly drainedAt: number;
  readonly isDrained: boolean;
  readonly settings: Readonly<Record<string, string>>;
  readonly events: readonly EventRow[];
  readonly accepted: readonly AcceptedRow[];
  readonly effects: readonly EffectRow[];
  readonly faults: readonly FaultRow[];
  readonly samples: readonly SampleRow[];
  /** Positions in the order the tailing reader saw them, as runs [first, last]. */
  readonly tail: readonly (readonly [number, number])[];
  /** Reads of histories from the orchestrator. */
  readonly polls: Polls;
  /** Reads of executions from the aggregator, and for each that was read twice when it was read first and last. */
  readonly modelPolls: Polls & { readonly spans: readonly (readonly [number, number])[] };
  readonly generations: readonly GenerationRow[];
  readonly tables: Tables;
  /** Executions that the platform lists as doubts. */
  readonly doubts: readonly string[];
  /** The read models as they were, and after they were thrown away and folded again. */
  readonly projection: {
    readonly live: string;
    readonly rebuilt: string;
    readonly position: number;
    readonly effectsDuringRebuild: number;
    readonly effectsDuringVerify: number;
  };
  /** Answer to an append whose expected version was ahead of its stream. */
  readonly appendAhead: string;
  readonly counters: Readonly<Record<string, number>>;
  readonly remarks: readonly {
    readonly at: number;
    readonly member: string;
    readonly kind: string;
    readonly detail: string;
  }[];
  /** Decisions that a recomputation from recorded inputs would make otherwise; null when nothing here recomputes them. */
  readonly replayDiff: number | null;
  /** Every check of `replay verify`. */
  readonly replayChecks: readonly { readonly name: string; readonly ok: boolean; readonly count: number }[];
  /** The first of what its red checks found, in words, each with the name of its check. */
  readonly replayFindings: readonly string[];
}
