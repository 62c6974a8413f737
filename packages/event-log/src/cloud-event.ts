// The wire form of an event: CloudEvents 1.0 attribute names, lower case, positions as decimal strings (they exceed 2^53).
import type { JsonObject, RecordedEvent } from "./envelope.js";

export interface CloudEvent {
  readonly specversion: "1.0";
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: "application/json";
  readonly schemaversion: number;
  readonly category: string;
  readonly stream: string;
  readonly streamversion: number;
  readonly position: string;
  readonly epoch: number;
  readonly leaderepoch?: number;
  readonly recordedtime: string;
  readonly correlationid: string;
  readonly causationid?: string;
  readonly vendor?: string;
  readonly market?: string;
  readonly region: string;
  readonly actor: string;
  readonly onbehalfof?: string;
  readonly traceparent?: string;
  readonly data: JsonObject;
}

/**
 * The event as other systems see it.
 * @param isoInstant turns epoch milliseconds into an RFC 3339 string; an argument because this layer has no calendar.
 */
export function toCloudEvent(event: RecordedEvent, isoInstant: (epochMs: number) => string): CloudEvent {
  const { meta } = event;
  return {
    specversion: "1.0",
    id: event.id,
    source: meta.source,
    type: event.type,
    subject: event.subject ?? `${event.category}-${event.stream}`,
    time: isoInstant(meta.time),
    datacontenttype: "application/json",
    schemaversion: event.schemaVersion,
    category: event.category,
    stream: `${event.category}-${event.stream}`,
    streamversion: event.streamVersion,
    position: event.position.toString(),
    epoch: event.epoch,
    ...(event.leaderEpoch === undefined ? {} : { leaderepoch: event.leaderEpoch }),
    recordedtime: isoInstant(event.recordedAt),
    correlationid: meta.correlationId,
    ...(meta.causationId === undefined ? {} : { causationid: meta.causationId }),
    ...(meta.vendor === undefined ? {} : { vendor: meta.vendor }),
    ...(meta.market === undefined ? {} : { market: meta.market }),
    region: meta.region,
    actor: meta.actor,
    ...(meta.onBehalfOf === undefined ? {} : { onbehalfof: meta.onBehalfOf }),
    ...(meta.traceparent === undefined ? {} : { traceparent: meta.traceparent }),
    data: event.data,
  };
}
