// A row of the events table as a recorded event.
import type { RecordedEvent } from "@wedsync/event-log";

export const eventColumns =
  "position, stream, version, category, type, schema_version, event_id, epoch, leader_epoch, " +
  "(extract(epoch from recorded_at) * 1000)::int8 as recorded_ms, subject, meta, data";

export interface EventRow {
  readonly position: string;
  readonly stream: string;
  readonly version: number;
  readonly category: string;
  readonly type: string;
  readonly schema_version: number;
  readonly event_id: string;
  readonly epoch: number;
  readonly leader_epoch: string | null;
  readonly recorded_ms: string;
  readonly subject: string | null;
  readonly meta: RecordedEvent["meta"];
  readonly data: RecordedEvent["data"];
}

export function toRecordedEvent(row: EventRow): RecordedEvent {
  return {
    id: row.event_id,
    type: row.type,
    schemaVersion: row.schema_version,
    data: row.data,
    ...(row.subject === null ? {} : { subject: row.subject }),
    category: row.category,
    stream: row.stream,
    streamVersion: row.version,
    position: BigInt(row.position),
    epoch: row.epoch,
    ...(row.leader_epoch === null ? {} : { leaderEpoch: Number(row.leader_epoch) }),
    recordedAt: Number(row.recorded_ms),
    meta: row.meta,
  };
}
