import type { RecordedEvent } from "@wedsync/event-log";
import { FirstEvents } from "./first-events.js";

const event = (stream: string, changes: Partial<RecordedEvent> = {}): RecordedEvent =>
  ({ category: "execution", stream, streamVersion: 1, ...changes }) as RecordedEvent;

describe("first events in memory", () => {
  it("are handed out once, and only first ones of the category", () => {
    const held = new FirstEvents("execution");
    held.add(event("a"), 10);
    held.add(event("b", { streamVersion: 2 }), 10);
    held.add(event("c", { category: "wedding" }), 10);
    expect(held.take("a")).toMatchObject({ stream: "a" });
    expect(["a", "b", "c"].map((stream) => held.take(stream))).toStrictEqual([undefined, undefined, undefined]);
    const none = new FirstEvents(undefined);
    none.add(event("a"), 10);
    expect(none.take("a")).toBeUndefined();
  });

  it("take no more than a limit of text: the oldest go, and one larger than the limit is never held", () => {
    const held = new FirstEvents("execution");
    const mebibyte = 1024 * 1024;
    held.add(event("huge"), 9 * mebibyte);
    for (const stream of ["1", "2", "3", "4", "5"]) held.add(event(stream), 2 * mebibyte);
    expect(held.take("huge")).toBeUndefined();
    expect(held.take("1")).toBeUndefined();
    expect(held.take("5")).toMatchObject({ stream: "5" });
  });
});
