// Between a domain's typed events and the log's JSON. The domain sees only the newest version of each event.
import type { JsonObject, RecordedEvent } from "./envelope.js";

export interface EncodedEvent {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: JsonObject;
}

/** Why a stored event cannot be given to the domain. `newer_than_known` is not poison: hold and upgrade. */
export type DecodeFailure = {
  readonly ok: false;
  readonly code: "unknown_type" | "newer_than_known" | "invalid";
  readonly type: string;
  readonly schemaVersion: number;
  /** Which rule failed where; never a value. */
  readonly message: string;
};

export type Decoded<Event> = { readonly ok: true; readonly event: Event } | DecodeFailure;

export interface EventCodec<Event> {
  encode(event: Event): EncodedEvent;
  /** Upcasts to the newest version and checks. Never throws. */
  decode(recorded: Pick<RecordedEvent, "type" | "schemaVersion" | "data">): Decoded<Event>;
}
