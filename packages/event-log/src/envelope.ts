// What is known about a fact besides the fact itself. Names follow CloudEvents 1.0 on the wire (see cloud-event.ts);
// inside, camelCase. No business word may appear here.

/** A JSON value; what event data is made of. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Who, why and on whose behalf: the same for all events of one append. */
export interface Metadata {
  /** The component that wrote, as a URI reference, for example `/orchestrator/api`. */
  readonly source: string;
  /** When the writer decided, epoch milliseconds. Information only: order and decisions use `recordedAt`. */
  readonly time: number;
  /** One id for everything one request caused. */
  readonly correlationId: string;
  /** Id of the event that caused this one. */
  readonly causationId?: string;
  /** Who did it: `key:<id>`, `user:<id>` or `system:<role>`. Never a name or an address. */
  readonly actor: string;
  readonly onBehalfOf?: string;
  /** The tenant. */
  readonly vendor?: string;
  /** The area with its own season calendar. */
  readonly market?: string;
  /** The deployment region where the data lives. */
  readonly region: string;
  /** W3C trace context of the request. */
  readonly traceparent?: string;
}

/** An event before it has a place in the log. The id is made by the caller (UUIDv7), so a lost reply can be settled. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: JsonObject;
  /** What the event is about inside its stream, when that is not the stream itself. */
  readonly subject?: string;
}

/** An event in the log: one position in one order, for ever. */
export interface RecordedEvent extends NewEvent {
  readonly category: string;
  /** UUID of the stream; `<category>-<uuid>` is its wire name. */
  readonly stream: string;
  /** 1 for the first event of the stream, without holes. */
  readonly streamVersion: number;
  /** 1 for the first event of the log, without holes; order of commits. */
  readonly position: bigint;
  /** Raised when an operator accepts a restored server; readers compare (epoch, position). */
  readonly epoch: number;
  /** Epoch of the leader that wrote it, for singleton roles. */
  readonly leaderEpoch?: number;
  /** The log's own time, epoch milliseconds; never decreases. */
  readonly recordedAt: number;
  readonly meta: Metadata;
}
