import { createCodec } from "@wedsync/contracts";
import { executionEvents, weddingEvents, type ExecutionEvent, type WeddingEvent } from "@wedsync/contracts/scheduler";
import type { RecordedEvent } from "@wedsync/event-log";
import { DemandBook } from "./demand-book.js";
import { dayNumber } from "./local-time.js";

const weddings = createCodec(weddingEvents);
const executions = createCodec(executionEvents);
const exampleOf = <Type extends string>(definitions: readonly { type: string; example: unknown }[], type: Type) =>
  structuredClone(definitions.find((definition) => definition.type === type)?.example) as Record<string, unknown>;
const at = (date: string): number => Date.parse(`${date}T12:00:00Z`);
const any = (): boolean => true;

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
const see = (...events: readonly RecordedEvent[]): DemandBook => {
  const book = new DemandBook();
  for (const event of events) book.see(event);
  return book;
};

describe("the book of demand", () => {
  it("SEA-3: holds a booking from its day on, from the day it was recorded when none is named", () => {
    const unnamed = booked("b", "2027-06-13");
    const { bookedOn: _, ...data } = unnamed.data as Record<string, never>;
    const book = see(booked(stream, "2027-06-12"), { ...unnamed, data });
    expect(book.records(any)).toMatchObject([
      { day: dayNumber("2027-06-12"), bookedOn: dayNumber("2027-01-02") },
      { day: dayNumber("2027-06-13"), bookedOn: dayNumber("2027-01-10") },
    ]);
    expect(book.inHand(any, dayNumber("2027-06-12"), 3)).toEqual([1, 1, 0]);
  });

  it("SEA-3: a cancelled wedding is released on the day it was cancelled and is in hand no more", () => {
    const book = see(booked(stream, "2027-06-12"), wedding(stream, "2027-03-01", "WeddingCancelled"));
    expect(book.records(any)).toMatchObject([{ releasedOn: dayNumber("2027-03-01") }]);
    expect(book.inHand(any, dayNumber("2027-06-12"), 1)).toEqual([0]);
  });

  it("SEA-3: a move gives one day back and books another; what was known before stays known", () => {
    const moved = wedding(stream, "2027-03-01", "WeddingMoved", { date: "2027-07-04", endDate: "2027-07-04" });
    const same = wedding(stream, "2027-03-02", "WeddingMoved", { date: "2027-07-04", endDate: "2027-07-05" });
    const book = see(booked(stream, "2027-06-12"), moved, same);
    const move = dayNumber("2027-03-01");
    expect(book.records(any)).toMatchObject([
      { day: dayNumber("2027-06-12"), releasedOn: move },
      { day: dayNumber("2027-07-04"), bookedOn: move },
    ]);
    expect(book.records(any)[1]).not.toHaveProperty("releasedOn");
  });

  it("a wedding that changes its market counts for the new one", () => {
    const book = see(
      booked(stream, "2027-06-12"),
      wedding(stream, "2027-03-01", "WeddingDetailsChanged", { market: "oceania" }),
    );
    expect(book.markets()).toEqual(["oceania"]);
    expect(book.records((market) => market === "united-kingdom")).toEqual([]);
  });

  it("SEA-4: learns where work lies around a mean booking, by its rule or by its instant in the place's zone", () => {
    const due = Date.parse("2027-06-11T22:30:00Z");
    const book = see(
      booked(stream, "2027-06-12"),
      booked("b", "2027-06-19"),
      requested({ kind: "day", day: -30, time: "09:30" }, at("2027-05-13")),
      requested({ kind: "at", at: due }, due, { zone: "Europe/London" }),
    );
    expect(book.shape(any)).toMatchObject({
      events: 2,
      perEvent: [
        { dayOffset: -30, hour: 9, executions: 0.5 },
        { dayOffset: -1, hour: 23, executions: 0.5 },
      ],
    });
  });

  it("steps whose time had passed, and work of weddings that are not known, are no load", () => {
    const book = see(
      booked("b", "2027-06-19"),
      requested({ kind: "day", day: -300, time: "09:30" }, at("2026-08-01")),
      requested({ kind: "now" }, at("2027-05-13")),
    );
    expect(book.shape(any)).toMatchObject({ perEvent: [] });
    expect(see().shape(any)).toBeUndefined();
  });

  it("events of weddings that it does not know, and events it cannot read, change nothing", () => {
    const unreadable = { ...booked(stream, "2027-06-12"), schemaVersion: 99 };
    const book = see(unreadable, wedding("c", "2027-03-01", "WeddingCancelled"));
    expect(book.markets()).toEqual([]);
  });
});
