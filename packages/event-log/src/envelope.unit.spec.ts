// Modules of types: what they promise is checked by the compiler, here only that they stay modules of types.
import type { Json, NewEvent, RecordedEvent } from "./envelope.js";

it("LOG-1: a recorded event is a new event with a place; data is JSON and nothing else", () => {
  const asNew = (event: RecordedEvent): NewEvent => event;
  const json: Json = { list: [1, "a", null, { deep: true }] };
  // @ts-expect-error A function is no JSON.
  const wrong: Json = [() => 1];
  expect([typeof asNew, typeof json, typeof wrong]).toEqual(["function", "object", "object"]);
});

it("LIB-1: modules of types add nothing to what a user loads", async () => {
  const modules = [
    await import("./append-result.js"),
    await import("./codec.js"),
    await import("./envelope.js"),
    await import("./projection.js"),
    await import("./testing/test-api.js"),
  ];
  expect(modules.flatMap((each) => Object.keys(each))).toEqual([]);
});
