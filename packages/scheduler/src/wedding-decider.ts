// A wedding as its vendor knows it: booked, moved, cancelled. Each change of its schedule raises the schedule version that
// guards every start of its work.
import { accept, refuse, type Decider } from "@wedsync/event-log";
import type { Sealed, WeddingEvent } from "@wedsync/contracts/scheduler";
import { calendarDays, isValidDate } from "./civil-time.js";
import { checkSchedule, type Schedule, type ScheduleProblem } from "./due-at.js";

export interface WeddingState {
  readonly status: "none" | "booked" | "cancelled";
  readonly weddingId: string;
  readonly schedule: Schedule;
  readonly scheduleVersion: number;
  readonly market: string;
  readonly bookedOn?: string;
  readonly sealed?: Sealed;
  readonly detailsDigest: string;
  /** Applied journeys with the version that was applied last. */
  readonly journeys: Readonly<Record<string, number>>;
}

export type WeddingCommand =
  | {
      readonly kind: "put";
      readonly weddingId: string;
      readonly schedule: Schedule;
      readonly market: string;
      /** Day of the booking, YYYY-MM-DD; what is known of it stays when absent. */
      readonly bookedOn?: string;
      readonly sealed: Sealed;
      readonly detailsDigest: string;
    }
  | {
      readonly kind: "cancel";
      /** Day of the cancellation, YYYY-MM-DD; the day it is recorded when absent. */
      readonly cancelledOn?: string;
    }
  | { readonly kind: "apply_journey"; readonly journeyId: string; readonly version: number };

export type WeddingRefusal =
  | { readonly code: "wedding_unknown"; readonly message: string }
  | { readonly code: "wedding_cancelled"; readonly message: string }
  | { readonly code: "cancelled_on_invalid"; readonly message: string }
  | Omit<ScheduleProblem, "ok">;

export const weddingDecider: Decider<WeddingState, WeddingCommand, WeddingEvent, WeddingRefusal> = {
  initialState: {
    status: "none",
    weddingId: "",
    schedule: { date: "", endDate: "", zone: "" },
    scheduleVersion: 0,
    market: "",
    detailsDigest: "",
    journeys: {},
  },
  decide: (command, state) => {
    if (command.kind === "put") return put(command, state);
    if (state.status === "none") return refuse({ code: "wedding_unknown", message: "There is no such wedding." });
    if (command.kind === "cancel") {
      return cancel(command, state);
    }
    if (state.status === "cancelled") return cancelled;
    if (state.journeys[command.journeyId] === command.version) return accept();
    return accept<WeddingEvent>({
      type: "JourneyApplied",
      data: { journeyId: command.journeyId, version: command.version },
    });
  },
  evolve: (state, event) => {
    switch (event.type) {
      case "WeddingBooked": {
        const { weddingId, date, endDate, zone, scheduleVersion, market, bookedOn, sealed, detailsDigest } = event.data;
        return {
          ...state,
          status: "booked",
          weddingId,
          schedule: { date, endDate, zone },
          scheduleVersion,
          market,
          ...(bookedOn === undefined ? {} : { bookedOn }),
          sealed,
          detailsDigest,
        };
      }
      case "WeddingMoved": {
        const { date, endDate, zone, scheduleVersion } = event.data;
        return { ...state, schedule: { date, endDate, zone }, scheduleVersion };
      }
      case "WeddingDetailsChanged":
        return {
          ...state,
          market: event.data.market,
          sealed: event.data.sealed,
          detailsDigest: event.data.detailsDigest,
        };
      case "WeddingBookingDateCorrected":
        return { ...state, bookedOn: event.data.bookedOn };
      case "WeddingCancelled":
        return { ...state, status: "cancelled", scheduleVersion: event.data.scheduleVersion };
      case "JourneyApplied":
        return { ...state, journeys: { ...state.journeys, [event.data.journeyId]: event.data.version } };
    }
  },
  isTerminal: (state) => state.status === "cancelled",
};

const cancelled = refuse<WeddingRefusal>({
  code: "wedding_cancelled",
  message: "The wedding was cancelled; book it again under another id.",
});

type Cancel = Extract<WeddingCommand, { readonly kind: "cancel" }>;

function cancel({ cancelledOn }: Cancel, state: WeddingState): ReturnType<typeof weddingDecider.decide> {
  if (state.status === "cancelled") return accept();
  if (cancelledOn !== undefined && !isValidDate(cancelledOn))
    return refuse({
      code: "cancelled_on_invalid",
      message: `The day of the cancellation is not ${calendarDays}.`,
    });
  const data = { scheduleVersion: state.scheduleVersion + 1, ...(cancelledOn === undefined ? {} : { cancelledOn }) };
  return accept<WeddingEvent>({ type: "WeddingCancelled", data });
}

type Put = Extract<WeddingCommand, { readonly kind: "put" }>;

function put(command: Put, state: WeddingState): ReturnType<typeof weddingDecider.decide> {
  const checked = checkSchedule(command.schedule, command.bookedOn);
  if (!checked.ok) return refuse({ code: checked.code, message: checked.message });
  if (state.status === "cancelled") return cancelled;
  const { weddingId, schedule, market, bookedOn, sealed, detailsDigest } = command;
  if (state.status === "none") {
    return accept<WeddingEvent>({
      type: "WeddingBooked",
      data: {
        weddingId,
        ...schedule,
        scheduleVersion: 1,
        market,
        ...(bookedOn === undefined ? {} : { bookedOn }),
        sealed,
        detailsDigest,
      },
    });
  }
  const events: WeddingEvent[] = [];
  if (
    schedule.date !== state.schedule.date ||
    schedule.endDate !== state.schedule.endDate ||
    schedule.zone !== state.schedule.zone
  ) {
    events.push({ type: "WeddingMoved", data: { ...schedule, scheduleVersion: state.scheduleVersion + 1 } });
  }
  if (market !== state.market || detailsDigest !== state.detailsDigest) {
    events.push({ type: "WeddingDetailsChanged", data: { market, sealed, detailsDigest } });
  }
  if (bookedOn !== undefined && bookedOn !== state.bookedOn) {
    events.push({ type: "WeddingBookingDateCorrected", data: { bookedOn } });
  }
  return accept(...events);
}
