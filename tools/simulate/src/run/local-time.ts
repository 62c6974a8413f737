// Local days and hours of one zone, each looked up once: a season asks for the same ones millions of times.
import { instantOf } from "@wedsync/scheduler";
import { Temporal } from "temporal-polyfill";
import { formatDay } from "../generate/dates.js";

const dayMs = 86_400_000;
/** Every offset in use is a multiple of it, so a local hour never begins inside. */
const quarterMs = 900_000;

export interface LocalHour {
  /** Day number (days since 1970-01-01) of the local day. */
  readonly day: number;
  /** 0 to 23. */
  readonly hour: number;
}

export interface LocalTime {
  readonly zone: string;
  /** Epoch milliseconds of a wall time, HH:MM, on a local day. */
  at(day: number, time: string): number;
  /** The local day and hour of an instant. */
  hourOf(at: number): LocalHour;
}

/** The zone must be known to the runtime. */
export const createLocalTime = (zone: string): LocalTime => {
  const instants = new Map<string, Map<number, number>>();
  const hours = new Map<number, LocalHour>();
  return {
    zone,
    at: (day, time) => {
      let ofTime = instants.get(time);
      if (ofTime === undefined) instants.set(time, (ofTime = new Map()));
      let at = ofTime.get(day);
      if (at === undefined) ofTime.set(day, (at = instantOf(formatDay(day), 0, time, zone)));
      return at;
    },
    hourOf: (at) => {
      const quarter = Math.floor(at / quarterMs);
      let found = hours.get(quarter);
      if (found === undefined) {
        const local = Temporal.Instant.fromEpochMilliseconds(quarter * quarterMs).toZonedDateTimeISO(zone);
        const day = Date.UTC(local.year, local.month - 1, local.day) / dayMs;
        hours.set(quarter, (found = { day, hour: local.hour }));
      }
      return found;
    },
  };
};
