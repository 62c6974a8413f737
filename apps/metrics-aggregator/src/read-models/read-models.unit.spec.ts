// What the read models make of single events, and what they call poison.
import type { JsonObject, RecordedEvent } from "@wedsync/event-log";
import { applyAll } from "../testing/apply-all.js";
import { recorded } from "../testing/histories.js";
import { happened, weddingAppend, workOf } from "../testing/sample-events.js";
import { executions } from "./executions.js";
import { calendarDay, utcDay } from "./utc-day.js";
import { weddings } from "./weddings.js";

const stream = "0198f3a0-0000-7000-8000-00000000000a";

function weddingEvent(
  type: string,
  version: number,
  data: JsonObject,
  vendor: string | undefined = "lens",
): RecordedEvent {
  const meta = { source: "/tests", time: 0, correlationId: "c", actor: "system:tests", region: "local" };
  return {
    id: stream,
    type,
    schemaVersion: 1,
    data,
    category: "wedding",
    stream,
    streamVersion: version,
    position: BigInt(version),
    epoch: 1,
    recordedAt: 0,
    meta: vendor === "" ? meta : { ...meta, vendor },
  };
}
const bookedData = weddingAppend("lens", "w-1", "2027-06-12").streams[0]?.events[0]?.data ?? {};
const booked = (data: JsonObject = {}, vendor?: string) =>
  weddingEvent("WeddingBooked", 1, { ...bookedData, ...data }, vendor);

describe("the read model weddings", () => {
  it("AGG-1: keeps date, place and state of a wedding, and nothing of the couple", () => {
    const moved = { date: "2027-07-03", endDate: "2027-07-04", zone: "Europe/Rome", scheduleVersion: 2 };
    const details = { market: "italy", sealed: bookedData["sealed"] ?? null, detailsDigest: "e" };
    const rows = applyAll(weddings, [
      booked(),
      weddingEvent("WeddingMoved", 2, moved),
      weddingEvent("WeddingDetailsChanged", 3, details),
      weddingEvent("JourneyApplied", 4, { journeyId: "j", version: 1 }),
      weddingEvent("WeddingMoved", 2, { ...moved, date: "2027-01-01" }),
    ]);
    expect(rows.get(stream)).toStrictEqual({
      wedding_stream: stream,
      vendor: "lens",
      wedding: "w-1",
      date: "2027-07-03",
      end_date: "2027-07-04",
      zone: "Europe/Rome",
      market: "italy",
      status: "booked",
      version: 4,
    });
    const cancelled = applyAll(weddings, [booked(), weddingEvent("WeddingCancelled", 2, { scheduleVersion: 2 })]);
    expect(cancelled.get(stream)).toMatchObject({ status: "cancelled", version: 2 });
  });

  it.each([
    ["a day that does not exist", booked({ date: "2027-02-30" })],
    ["a year that the database has not", booked({ endDate: "0000-01-01" })],
    ["a wedding without a vendor", booked({}, "")],
    ["data of another shape", weddingEvent("WeddingMoved", 2, { date: 5 })],
  ])("LOG-4: %s is poison in the fold, so that it never reaches the table", (_what, event) => {
    expect(() => weddings.fold(event)).toThrow();
  });

  it("LOG-4: a change of a wedding whose booking is not known makes no row", () => {
    expect(applyAll(weddings, [weddingEvent("WeddingCancelled", 2, { scheduleVersion: 2 })]).size).toBe(0);
  });
});

describe("the read model executions", () => {
  it("AGG-1: the day follows the plan, and neither a backoff nor a redrive", () => {
    const at = (day: number) => workOf("lens", "w", { dueAt: Date.parse("2027-03-01T23:30:00Z") + day * 86_400_000 });
    const life = [
      happened.requested(at(0)),
      happened.rescheduled(at(3)),
      happened.retry(at(9)),
      happened.redriven(at(12)),
    ];
    const [row] = applyAll(executions, recorded(life, 0)).values();
    expect(row).toMatchObject({ day: "2027-03-04", status: "pending", due_at: at(12).dueAt });
  });

  it("LOG-4: a due time beyond the calendar is poison, and a later event without a first one makes no row", () => {
    expect(() =>
      executions.fold(recorded([happened.requested(workOf("v", "w", { dueAt: 8e15 }))], 0)[0] as RecordedEvent),
    ).toThrow(RangeError);
    expect(applyAll(executions, recorded([happened.succeeded()], 0)).size).toBe(0);
  });

  it("days are UTC days of the years 1 to 9999", () => {
    expect(utcDay(Date.parse("2027-03-01T23:59:59.999Z"))).toBe("2027-03-01");
    expect(calendarDay("2028-02-29")).toBe("2028-02-29");
    for (const text of ["2027-02-29", "2027-13-01", "0000-12-31", "x"])
      expect(() => calendarDay(text)).toThrow(RangeError);
    expect(() => utcDay(Date.parse("+010000-01-01T00:00:00Z"))).toThrow(RangeError);
  });
});
