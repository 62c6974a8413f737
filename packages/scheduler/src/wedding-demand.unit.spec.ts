import { createCodec } from "@wedsync/contracts";
import { executionEvents, weddingEvents, type ExecutionEvent, type WeddingEvent } from "@wedsync/contracts/scheduler";
import type { RecordedEvent, Row } from "@wedsync/event-log";
import { dayNumber, instantOf } from "./civil-time.js";
import { weddingDemandChange, weddingDemandRow } from "./wedding-demand.js";

const weddings = createCodec(weddingEvents);
const executions = createCodec(executionEvents);
const exampleOf = <Type extends string>(definitions: readonly { type: string; example: unknown }[], type: Type) =>
  structuredClone(definitions.find((definition) => definition.type === type)?.example) as Record<string, unknown>;
const at = (date: string): number => instantOf(date, 0, "12:00", "UTC");

let position = 0n;
const recorded = (
  category: string,
  stream: string,
  date: string,
  encoded: Pick<RecordedEvent, "type" | "schemaVersion" | "data">,
): RecordedEvent => ({
  ...encoded,
  id: `event-${(position += 1n)}`,
  category,
  stream,
  streamVersion: 1,
  position,
  epoch: 1,
  recordedAt: at(date),
  meta: { source: "/test", time: at(date), correlationId: "c", actor: "system:test", region: "local" },
});
const wedding = (stream: string, on: string, type: WeddingEvent["type"], changes: object = {}): RecordedEvent => {
  const data = { ...exampleOf(weddingEvents, type), ...changes };
  return recorded("wedding", stream, on, weddings.encode({ type, data } as WeddingEvent));
};
const booked = (stream: string, date: string, changes: object = {}): RecordedEvent =>
  wedding(stream, "2027-01-10", "WeddingBooked", { date, endDate: date, bookedOn: "2027-01-02", ...changes });
const moved = (on: string, date: string, endDate = date): RecordedEvent =>
  wedding(stream, on, "WeddingMoved", { date, endDate });
const cancelled = (on: string): RecordedEvent => {
  const recordedOnTheDay = wedding(stream, on, "WeddingCancelled");
  const { cancelledOn: _, ...data } = recordedOnTheDay.data;
  return { ...recordedOnTheDay, data };
};
const requested = (when: object, dueAt: number, changes: object = {}): RecordedEvent => {
  const example = exampleOf(executionEvents, "ExecutionRequested");
  const work = {
    ...(example["work"] as object),
    weddingStream: "00000000-0000-4000-8000-00000000000a",
    dueAt,
    ...changes,
  };
  const data = { ...example, work, when };
  return recorded(
    "execution",
    "x",
    "2027-01-10",
    executions.encode({ type: "ExecutionRequested", data } as ExecutionEvent),
  );
};
const stream = "00000000-0000-4000-8000-00000000000a";
const rowAfter = (...events: readonly RecordedEvent[]): Row | undefined => {
  let row: Row | undefined;
  for (const event of events) {
    const change = weddingDemandChange(event);
    if (change !== undefined) row = weddingDemandRow(row, change);
  }
  return row;
};
const [june, july] = [dayNumber("2027-06-12"), dayNumber("2027-07-04")];
const listed = (row: Row | undefined, column: string): unknown => JSON.parse(String(row?.[column]));

describe("what a wedding means for the load", () => {
  it("SEA-3: it is booked for its day, since the day that is named or else the one on which it was recorded", () => {
    const unnamed = booked(stream, "2027-06-12");
    const { bookedOn: _, ...data } = unnamed.data as Record<string, never>;
    const row = { wedding: stream, market: "united-kingdom", day: june, released: "[]", work: "[]" };
    expect(rowAfter(unnamed)).toEqual({ ...row, booked_on: dayNumber("2027-01-02") });
    expect(rowAfter({ ...unnamed, data })).toEqual({ ...row, booked_on: dayNumber("2027-01-10") });
  });

  it("SEA-3: a cancelled one is given back on the day it was cancelled and is in hand no more", () => {
    const row = rowAfter(booked(stream, "2027-06-12"), cancelled("2027-03-01"), cancelled("2027-03-02"));
    expect(row).toMatchObject({ day: null, booked_on: null });
    expect(listed(row, "released")).toEqual([[june, dayNumber("2027-01-02"), dayNumber("2027-03-01")]]);
    expect(weddingDemandRow(row, { wedding: stream, kind: "moved", day: july, on: july })).toBe(row);
  });

  it("SEA-3: one that was cancelled before it was recorded here was given back on that day", () => {
    const earlier = wedding(stream, "2027-05-01", "WeddingCancelled", { cancelledOn: "2027-02-03" });
    expect(listed(rowAfter(booked(stream, "2027-06-12"), earlier), "released")).toEqual([
      [june, dayNumber("2027-01-02"), dayNumber("2027-02-03")],
    ]);
  });

  it("SEA-3: a move gives one day back and books another; what was known before stays known", () => {
    const [first, second] = [dayNumber("2027-03-01"), dayNumber("2027-04-01")];
    const row = rowAfter(
      booked(stream, "2027-06-12"),
      moved("2027-03-01", "2027-07-04"),
      moved("2027-03-02", "2027-07-04", "2027-07-05"),
      moved("2027-04-01", "2027-06-12"),
    );
    expect(row).toMatchObject({ day: june, booked_on: second });
    expect(listed(row, "released")).toEqual([
      [june, dayNumber("2027-01-02"), first],
      [july, first, second],
    ]);
  });

  it("SEA-3: a day of the booking that is corrected counts while it is in hand", () => {
    const dated = wedding(stream, "2027-03-01", "WeddingBookingDateCorrected", { bookedOn: "2027-01-01" });
    const row = rowAfter(booked(stream, "2027-06-12"), dated);
    expect(row).toMatchObject({ booked_on: dayNumber("2027-01-01") });
    expect(rowAfter(booked(stream, "2027-06-12"), cancelled("2027-03-01"), dated)).toMatchObject({ booked_on: null });
  });

  it("one that changes its market counts for the new one", () => {
    const details = wedding(stream, "2027-03-01", "WeddingDetailsChanged", { market: "oceania" });
    expect(rowAfter(booked(stream, "2027-06-12"), details)).toMatchObject({ market: "oceania", day: june });
  });

  it("SEA-4: counts where its work lies, by the step's rule or by the instant in the place's zone", () => {
    const due = instantOf("2027-06-11", 0, "22:30", "UTC");
    const row = rowAfter(
      booked(stream, "2027-06-12"),
      requested({ kind: "at", at: due }, due, { zone: "Europe/London" }),
      requested({ kind: "day", day: -30, time: "09:30" }, at("2027-05-13")),
      requested({ kind: "day", day: -30, time: "09:00" }, at("2027-05-13")),
    );
    expect(listed(row, "work")).toEqual([
      [-30 * 24 + 9, 2],
      [-1, 1],
    ]);
  });

  it("steps whose time had passed, work far away, and work at an instant of a cancelled wedding are no load", () => {
    const booking = booked(stream, "2027-06-12");
    const now = requested({ kind: "now" }, at("2027-05-13"));
    const passed = requested({ kind: "day", day: -300, time: "09:30" }, at("2026-08-01"));
    const far = requested({ kind: "at", at: at("2037-01-01") }, at("2037-01-01"));
    expect(listed(rowAfter(booking, passed, far), "work")).toEqual([]);
    expect(listed(rowAfter(booking, cancelled("2027-03-01"), now), "work")).toEqual([]);
    expect(listed(rowAfter(booking, now), "work")).toHaveLength(1);
  });

  it("events of a wedding that is not known change nothing; one that cannot be read is poison", () => {
    expect(rowAfter(moved("2027-03-01", "2027-07-04"), requested({ kind: "now" }, june))).toBeUndefined();
    expect(rowAfter(wedding(stream, "2027-03-01", "JourneyApplied"))).toBeUndefined();
    expect(() => rowAfter({ ...booked(stream, "2027-06-12"), data: {} })).toThrow(
      expect.objectContaining({ name: "UnreadableEvent" }),
    );
    expect(() => rowAfter({ ...requested({ kind: "now" }, june), data: {} })).toThrow(
      expect.objectContaining({ name: "UnreadableEvent" }),
    );
  });
});
