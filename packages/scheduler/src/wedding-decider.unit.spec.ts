import type { WeddingEvent } from "@wedsync/contracts/scheduler";
import { createDeciderSpec } from "@wedsync/event-log/testing";
import { sealed } from "./testing/work.js";
import { weddingDecider, type WeddingCommand } from "./wedding-decider.js";

const { given } = createDeciderSpec(weddingDecider, expect);
const schedule = { date: "2026-06-20", endDate: "2026-06-20", zone: "Europe/London" };
const later = { ...schedule, date: "2026-07-04", endDate: "2026-07-04" };
const put = (more: object = {}): WeddingCommand => ({
  kind: "put",
  weddingId: "smith-jones",
  schedule,
  market: "united-kingdom",
  sealed,
  detailsDigest: "a0b1",
  ...more,
});
const booked: WeddingEvent = {
  type: "WeddingBooked",
  data: {
    weddingId: "smith-jones",
    ...schedule,
    scheduleVersion: 1,
    market: "united-kingdom",
    sealed,
    detailsDigest: "a0b1",
  },
};
const moved = (to: typeof schedule, scheduleVersion: number): WeddingEvent => ({
  type: "WeddingMoved",
  data: { ...to, scheduleVersion },
});
const cancelled: WeddingEvent = { type: "WeddingCancelled", data: { scheduleVersion: 2 } };
const gone = {
  code: "wedding_cancelled",
  message: "The wedding was cancelled; book it again under another id.",
} as const;

describe("a wedding", () => {
  it("SEA-3: a cancellation names its day when that is another than the one it is recorded", () => {
    const cancelledOn = "2026-03-14";
    given(booked)
      .when({ kind: "cancel", cancelledOn })
      .thenEvents({ type: "WeddingCancelled", data: { scheduleVersion: 2, cancelledOn } })
      .thenRepeatIsQuiet();
    given(booked).when({ kind: "cancel", cancelledOn: "2026-02-30" }).thenRefused({
      code: "cancelled_on_invalid",
      message: "The day of the cancellation is not a day of the calendar from 1970 to 9999, written YYYY-MM-DD.",
    });
  });

  it("SEA-3: a day of the booking that is named later, or another one, is a fact of its own; none named changes nothing", () => {
    const corrected = (bookedOn: string): WeddingEvent => ({ type: "WeddingBookingDateCorrected", data: { bookedOn } });
    given(booked)
      .when(put({ bookedOn: "2025-09-01" }))
      .thenEvents(corrected("2025-09-01"))
      .thenRepeatIsQuiet();
    given(booked, corrected("2025-09-01"))
      .when(put({ bookedOn: "2025-08-31" }))
      .thenEvents(corrected("2025-08-31"));
    given(booked, corrected("2025-09-01")).when(put()).thenEvents();
    given()
      .when(put({ bookedOn: "2025-02-30" }))
      .thenRefused({
        code: "booked_on_invalid",
        message: "The day of the booking is not a day of the calendar from 1970 to 9999, written YYYY-MM-DD.",
      });
  });

  it("is booked with the first version of its schedule, and with the day of the booking when that is known", () => {
    given().when(put()).thenEvents(booked).thenRepeatIsQuiet().thenTerminal(false);
    given()
      .when(put({ bookedOn: "2025-09-01" }))
      .thenEvents({ ...booked, data: { ...booked.data, bookedOn: "2025-09-01" } } as WeddingEvent)
      .thenRepeatIsQuiet();
  });

  it("SCH-4 S17: a change of its day, its last day or its zone moves it, and raises the schedule version", () => {
    given(booked)
      .when(put({ schedule: later }))
      .thenEvents(moved(later, 2))
      .thenRepeatIsQuiet();
    const longer = { ...schedule, endDate: "2026-06-22" };
    given(booked)
      .when(put({ schedule: longer }))
      .thenEvents(moved(longer, 2));
    const elsewhere = { ...schedule, zone: "Europe/Paris" };
    given(booked)
      .when(put({ schedule: elsewhere }))
      .thenEvents(moved(elsewhere, 2));
    given(booked, moved(later, 2)).when(put()).thenEvents(moved(schedule, 3));
  });

  it("couple data sealed anew is no change, other data or another market is", () => {
    given(booked)
      .when(put({ sealed: { ...sealed, iv: "BBBB" } }))
      .thenNothing();
    const changed = (market: string, detailsDigest: string): WeddingEvent => ({
      type: "WeddingDetailsChanged",
      data: { market, sealed, detailsDigest },
    });
    given(booked)
      .when(put({ detailsDigest: "a0b2" }))
      .thenEvents(changed("united-kingdom", "a0b2"))
      .thenRepeatIsQuiet();
    given(booked)
      .when(put({ market: "ireland" }))
      .thenEvents(changed("ireland", "a0b1"))
      .thenRepeatIsQuiet();
    given(booked)
      .when(put({ schedule: later, detailsDigest: "a0b2" }))
      .thenEvents(moved(later, 2), changed("united-kingdom", "a0b2"));
  });

  it("a schedule that makes no sense is refused before anything else", () => {
    given(cancelled)
      .when(put({ schedule: { ...schedule, zone: "Europe/Lundon" } }))
      .thenRefused({ code: "zone_unknown", message: "The time zone is not an IANA name such as Europe/London." });
    given()
      .when(put({ schedule: { ...schedule, endDate: "2026-06-19" } }))
      .thenRefused({ code: "end_before_start", message: "The last day lies before the first day." });
  });

  it("SCENARIOS 4: its cancellation raises the schedule version too, and is final", () => {
    given(booked).when({ kind: "cancel" }).thenEvents(cancelled).thenRepeatIsQuiet().thenTerminal(true);
    given(booked, cancelled).when(put()).thenRefused(gone);
    given(booked, cancelled).when({ kind: "apply_journey", journeyId: "default", version: 1 }).thenRefused(gone);
  });

  it("what was never booked can neither be cancelled nor get a journey", () => {
    const unknown = { code: "wedding_unknown", message: "There is no such wedding." } as const;
    given().when({ kind: "cancel" }).thenRefused(unknown);
    given().when({ kind: "apply_journey", journeyId: "default", version: 1 }).thenRefused(unknown);
  });

  it("remembers which version of each journey was applied last, whatever the journey is called", () => {
    for (const journeyId of ["default", "constructor", "__proto__"]) {
      const applied = (version: number): WeddingEvent => ({ type: "JourneyApplied", data: { journeyId, version } });
      const apply = (version: number): WeddingCommand => ({ kind: "apply_journey", journeyId, version });
      given(booked).when(apply(1)).thenEvents(applied(1)).thenRepeatIsQuiet();
      given(booked, applied(1)).when(apply(2)).thenEvents(applied(2)).thenRepeatIsQuiet();
    }
  });
});
