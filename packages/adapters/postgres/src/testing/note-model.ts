// A read model for the specs of this adapter: one row a stream, with a tenant. `Bad` events are poison.
import type { AppendRequest, Json } from "@wedsync/event-log";
import type { ReadModel } from "../read-models/read-model.js";
import { fact, request } from "./fact-events.js";

export interface NoteChange {
  readonly stream: string;
  readonly version: number;
  readonly vendor: string;
  readonly amount: number;
}

export const notes: ReadModel<NoteChange> = {
  name: "notes",
  version: 1,
  table: {
    key: ["stream"],
    tenant: "vendor",
    columns: { stream: "uuid", vendor: "text", amount: "int8", day: "date", open: "bool", version: "int4" },
    indexes: [["vendor", "amount"]],
  },
  types: new Set(["Noted", "Bad", "Future"]),
  knownVersions: { Noted: 1, Bad: 1, Future: 0 },
  onPoison: "park",
  fold: ({ type, stream, streamVersion, data }) => {
    if (type === "Bad") throw new RangeError("a bad note");
    return { stream, version: streamVersion, vendor: String(data["vendor"]), amount: Number(data["amount"]) };
  },
  keyOf: (change) => change.stream,
  apply: (row, { stream, version, vendor, amount }) =>
    row !== undefined && version <= Number(row["version"])
      ? row
      : {
          stream,
          vendor,
          version,
          amount: Number(row?.["amount"] ?? 0) + amount,
          day: "2027-06-12",
          open: amount % 2 === 0,
        },
};

/** An append of one event to a stream. */
export const note = (
  stream: string,
  version: number,
  vendor: string,
  amount = 1,
  type = "Noted",
  more: Readonly<Record<string, Json>> = {},
): AppendRequest => request(stream, version - 1, [fact(type, { vendor, amount, ...more })]);
