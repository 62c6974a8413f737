// Read model `weddings`: when and where a wedding is, for its vendor. Whose wedding it is stays sealed in the log. What is
// planned for it is counted from the read model `executions` when it is asked for.
import type { ModelRow, ReadModel } from "@wedsync/adapter-postgres";
import { createCodec } from "@wedsync/contracts";
import { weddingEvents } from "@wedsync/contracts/scheduler";
import type { RecordedEvent } from "@wedsync/event-log";
import { calendarDay } from "./utc-day.js";

const codec = createCodec(weddingEvents);

type Column = "wedding" | "date" | "end_date" | "zone" | "market" | "status";

export interface WeddingChange {
  readonly stream: string;
  readonly version: number;
  /** From the booking. */
  readonly vendor?: string;
  readonly columns: Partial<Readonly<Record<Column, string>>>;
}

const daysOf = ({ date, endDate }: { readonly date: string; readonly endDate: string }) => ({
  date: calendarDay(date),
  end_date: calendarDay(endDate),
});

function fold(recorded: RecordedEvent): WeddingChange {
  const decoded = codec.decode(recorded);
  if (!decoded.ok) throw Object.assign(new Error(decoded.message), { name: "UnreadableEvent" });
  const { type, data } = decoded.event;
  const change = { stream: recorded.stream, version: recorded.streamVersion };
  switch (type) {
    case "WeddingBooked": {
      const { vendor } = recorded.meta;
      // Without a tenant the row would be nobody's, and a vendor would miss it without a word.
      if (vendor === undefined)
        throw Object.assign(new Error("WeddingBooked without a vendor"), { name: "VendorMissing" });
      const { weddingId: wedding, zone, market } = data;
      return { ...change, vendor, columns: { wedding, ...daysOf(data), zone, market, status: "booked" } };
    }
    case "WeddingMoved":
      return { ...change, columns: { ...daysOf(data), zone: data.zone } };
    case "WeddingDetailsChanged":
      return { ...change, columns: { market: data.market } };
    case "WeddingCancelled":
      return { ...change, columns: { status: "cancelled" } };
    case "JourneyApplied":
    case "WeddingBookingDateCorrected":
      return { ...change, columns: {} };
  }
}

function apply(row: ModelRow | undefined, change: WeddingChange): ModelRow | undefined {
  const { stream, version, vendor, columns } = change;
  if (row === undefined)
    return vendor === undefined ? undefined : { wedding_stream: stream, vendor, ...columns, version };
  return version <= Number(row["version"]) ? row : { ...row, ...columns, version };
}

export const weddings: ReadModel<WeddingChange> = {
  name: "weddings",
  version: 1,
  table: {
    key: ["wedding_stream"],
    tenant: "vendor",
    columns: {
      wedding_stream: "uuid",
      vendor: "text",
      wedding: "text",
      date: "date",
      end_date: "date",
      zone: "text",
      market: "text",
      status: "text",
      version: "int4",
    },
    indexes: [
      ["date", "wedding_stream"],
      ["vendor", "date", "wedding_stream"],
    ],
  },
  types: new Set(weddingEvents.map((definition) => definition.type)),
  knownVersions: Object.fromEntries(weddingEvents.map((definition) => [definition.type, definition.version])),
  onPoison: "park",
  fold,
  keyOf: (change) => change.stream,
  apply,
};
