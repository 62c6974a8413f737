// What a wedding means for the load: since when it is booked for which day, what was given back, and for which hours around it
// work was asked for. One row a wedding, folded from the log: what forecasts and load shapes are made of. No personal data.
import { createCodec } from "@wedsync/contracts";
import { executionEvents, weddingEvents, type ExecutionEvent, type WeddingEvent } from "@wedsync/contracts/scheduler";
import type { InlineTable, RecordedEvent, Row } from "@wedsync/event-log";
import { dayNumber, localTime } from "./civil-time.js";

/**
 * Days are days since 1970-01-01. `day` and `booked_on` are null once the wedding is cancelled. `released` is JSON, a list of
 * [day, booked on, released on]; `work` is JSON, a list of [hours from the local midnight of the wedding's day, executions].
 */
export const weddingDemandTable: InlineTable = {
  name: "wedding_demand",
  key: "wedding",
  columns: { wedding: "uuid", market: "text", day: "int4", booked_on: "int4", released: "text", work: "text" },
  indexes: [{ name: "wedding_demand_day", columns: ["day", "market"] }],
};

/** Where an execution lies: at an hour around the wedding's day, or at a local hour of the calendar. */
type WorkHour = { readonly hoursAround: number } | { readonly day: number; readonly hour: number };

/** What one event changes in the row of its wedding. */
export type WeddingDemandChange = { readonly wedding: string } & (
  | { readonly kind: "booked"; readonly market: string; readonly day: number; readonly bookedOn: number }
  | { readonly kind: "moved"; readonly day: number; readonly on: number }
  | { readonly kind: "dated"; readonly bookedOn: number }
  | { readonly kind: "market"; readonly market: string }
  | { readonly kind: "cancelled"; readonly on: number }
  | { readonly kind: "work"; readonly at: WorkHour }
);

const weddings = createCodec(weddingEvents);
const executions = createCodec(executionEvents);
const dayMs = 86_400_000;
/** Work further away from its wedding than these days says nothing about the coming month. */
const farthestOffset = 1_000;

const definitions = [
  ...weddingEvents.filter(({ type }) => type !== "JourneyApplied"),
  ...executionEvents.filter(({ type }) => type === "ExecutionRequested"),
];
/** The types of events that change the table, with the newest version this release reads. */
export const weddingDemandVersions: Readonly<Record<string, number>> = Object.fromEntries(
  definitions.map(({ type, version }) => [type, version]),
);

/**
 * The change an event makes; undefined when it makes none.
 * @throws Error with the name `UnreadableEvent` for an event that does not satisfy its contract
 */
export function weddingDemandChange(event: RecordedEvent): WeddingDemandChange | undefined {
  if (weddingDemandVersions[event.type] === undefined) return undefined;
  if (event.type === "ExecutionRequested") {
    const decoded = executions.decode(event);
    if (!decoded.ok) throw unreadable(decoded.message);
    return decoded.event.type === "ExecutionRequested" ? workChange(decoded.event.data, event.recordedAt) : undefined;
  }
  const decoded = weddings.decode(event);
  if (!decoded.ok) throw unreadable(decoded.message);
  return weddingChange(event.stream, decoded.event, Math.floor(event.recordedAt / dayMs));
}

const unreadable = (message: string): Error => Object.assign(new Error(message), { name: "UnreadableEvent" });

function weddingChange(wedding: string, { type, data }: WeddingEvent, on: number): WeddingDemandChange | undefined {
  switch (type) {
    case "WeddingBooked": {
      const bookedOn = data.bookedOn === undefined ? on : dayNumber(data.bookedOn);
      return { wedding, kind: "booked", market: data.market, day: dayNumber(data.date), bookedOn };
    }
    case "WeddingMoved":
      return { wedding, kind: "moved", day: dayNumber(data.date), on };
    case "WeddingDetailsChanged":
      return { wedding, kind: "market", market: data.market };
    case "WeddingBookingDateCorrected":
      return { wedding, kind: "dated", bookedOn: dayNumber(data.bookedOn) };
    case "WeddingCancelled":
      return { wedding, kind: "cancelled", on: data.cancelledOn === undefined ? on : dayNumber(data.cancelledOn) };
    case "JourneyApplied":
      return undefined;
  }
}

type Requested = Extract<ExecutionEvent, { type: "ExecutionRequested" }>["data"];

function workChange({ work, when }: Requested, acceptedAt: number): WeddingDemandChange | undefined {
  const change = { wedding: work.weddingStream, kind: "work" } as const;
  if (when.kind !== "day") return { ...change, at: localTime(work.dueAt, work.zone) };
  // Steps whose time had passed when they were accepted are skipped: they are no load.
  if (work.dueAt < acceptedAt) return undefined;
  return { ...change, at: { hoursAround: when.day * 24 + Number(when.time.slice(0, 2)) } };
}

/** The row after a change; the row before when nothing changes, undefined when the wedding is not known. */
export function weddingDemandRow(before: Row | undefined, change: WeddingDemandChange): Row | undefined {
  if (change.kind === "booked") {
    const { wedding, market, day, bookedOn } = change;
    return { wedding, market, day, booked_on: bookedOn, released: "[]", work: before?.["work"] ?? "[]" };
  }
  if (before === undefined) return undefined;
  switch (change.kind) {
    case "market":
      return { ...before, market: change.market };
    case "dated":
      return before["day"] === null ? before : { ...before, booked_on: change.bookedOn };
    case "cancelled":
      return { ...before, ...givenBack(before, change.on), day: null, booked_on: null };
    case "moved":
      // What was known before the move stays known: a move gives one day back and books another.
      if (before["day"] === null || before["day"] === change.day) return before;
      return { ...before, ...givenBack(before, change.on), day: change.day, booked_on: change.on };
    case "work":
      return workCounted(before, change.at);
  }
}

function givenBack({ day, booked_on: bookedOn, released }: Row, on: number): Row {
  if (day === null) return {};
  return { released: JSON.stringify([...listOf(released), [day, bookedOn, on]]) };
}

function workCounted(before: Row, at: WorkHour): Row {
  const { day } = before;
  const cell = "hoursAround" in at ? at.hoursAround : day === null ? Number.NaN : (at.day - Number(day)) * 24 + at.hour;
  if (!(Math.abs(cell) <= farthestOffset * 24)) return before;
  const counts = new Map(listOf(before["work"]) as readonly (readonly [number, number])[]);
  counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return { ...before, work: JSON.stringify([...counts].sort(([one], [other]) => one - other)) };
}

const listOf = (text: Row[string] | undefined): readonly unknown[] => JSON.parse(String(text)) as readonly unknown[];
