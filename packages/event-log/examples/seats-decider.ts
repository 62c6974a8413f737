// A decider: what may happen at a table with a few seats. No class, no clock, no I/O; everything it needs is in the command.
import { accept, refuse, type Decider, type EventCodec } from "@wedsync/event-log";

export type SeatCommand =
  | { readonly type: "open"; readonly seats: number }
  | { readonly type: "take"; readonly guest: string }
  | { readonly type: "leave"; readonly guest: string }
  | { readonly type: "close" };

export type SeatEvent =
  | { readonly type: "TableOpened"; readonly data: { readonly seats: number } }
  | { readonly type: "SeatTaken"; readonly data: { readonly guest: string } }
  | { readonly type: "SeatLeft"; readonly data: { readonly guest: string } }
  | { readonly type: "TableClosed"; readonly data: Readonly<Record<string, never>> };

export type SeatRefusal = { readonly code: "not_open" } | { readonly code: "full"; readonly seats: number };

export interface SeatState {
  readonly phase: "absent" | "open" | "closed";
  readonly seats: number;
  readonly guests: readonly string[];
}

export const seatDecider: Decider<SeatState, SeatCommand, SeatEvent, SeatRefusal> = {
  initialState: { phase: "absent", seats: 0, guests: [] },
  decide: (command, { phase, seats, guests }) => {
    if (command.type === "open") {
      return phase === "absent" ? accept({ type: "TableOpened", data: { seats: command.seats } }) : accept();
    }
    if (command.type === "close") return phase === "open" ? accept({ type: "TableClosed", data: {} }) : accept();
    const sits = guests.includes(command.guest);
    if (command.type === "leave") return sits ? accept({ type: "SeatLeft", data: { guest: command.guest } }) : accept();
    if (sits) return accept();
    if (phase !== "open") return refuse({ code: "not_open" });
    if (guests.length >= seats) return refuse({ code: "full", seats });
    return accept({ type: "SeatTaken", data: { guest: command.guest } });
  },
  evolve: (state, event) => {
    switch (event.type) {
      case "TableOpened":
        return { ...state, phase: "open", seats: event.data.seats };
      case "SeatTaken":
        return { ...state, guests: [...state.guests, event.data.guest] };
      case "SeatLeft":
        return { ...state, guests: state.guests.filter((guest) => guest !== event.data.guest) };
      case "TableClosed":
        return { ...state, phase: "closed" };
    }
  },
  isTerminal: (state) => state.phase === "closed",
};

/** Written by hand to show what a codec is; `@wedsync/contracts` makes one from schemas. */
export const seatCodec: EventCodec<SeatEvent> = {
  encode: ({ type, data }) => ({ type, schemaVersion: 1, data }),
  decode: ({ type, schemaVersion, data }) => {
    const failed = (code: "unknown_type" | "newer_than_known" | "invalid", message: string) =>
      ({ ok: false, code, type, schemaVersion, message }) as const;
    if (schemaVersion > 1) return failed("newer_than_known", "Known up to version 1.");
    const { seats, guest } = data;
    if (type === "TableClosed") return { ok: true, event: { type, data: {} } };
    if (type === "TableOpened") {
      return typeof seats === "number"
        ? { ok: true, event: { type, data: { seats } } }
        : failed("invalid", "seats: number");
    }
    if (type === "SeatTaken" || type === "SeatLeft") {
      return typeof guest === "string"
        ? { ok: true, event: { type, data: { guest } } }
        : failed("invalid", "guest: text");
    }
    return failed("unknown_type", "Not an event of a table.");
  },
};
