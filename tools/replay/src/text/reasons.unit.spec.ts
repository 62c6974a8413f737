import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { local, span } from "./plain.js";
import { knownReasons, reasonText } from "./reasons.js";

const scheduler = fileURLToPath(new URL("../../../../packages/scheduler/src/", import.meta.url));

it("every reason that the scheduler can give has a sentence", () => {
  const codes = new Set<string>();
  for (const file of readdirSync(scheduler)) {
    if (!/^(tier|lateness|attempt-end|execution-decider)\.ts$/.test(file)) continue;
    const text = readFileSync(`${scheduler}${file}`, "utf8");
    for (const [, code] of text.matchAll(/reason: \{ code: "(\w+)"|deadLetter\(attempt, \{ code: "(\w+)"/g))
      if (code !== undefined) codes.add(code);
    for (const [, code] of text.matchAll(/\b(?:own|raised)\([^)]*"(\w+)"/g)) if (code !== undefined) codes.add(code);
  }
  expect(codes.size).toBeGreaterThan(6);
  expect([...codes].filter((code) => !knownReasons.includes(code))).toEqual([]);
});

it("a code without a sentence is shown as it is, and no name of an object's own things is one", () => {
  expect(reasonText("mailbox_on_the_moon")).toBe("mailbox on the moon");
  expect(reasonText("constructor")).toBe("constructor");
  expect(reasonText({ code: "late" })).toBe("its deadline an unknown time had passed");
});

it("instants are told in the zone's own time, through its changes of the clock", () => {
  expect(local(Date.UTC(2027, 2, 28, 0, 59, 59), "Europe/London")).toBe("Sun 2027-03-28 00:59:59 Europe/London");
  expect(local(Date.UTC(2027, 2, 28, 1, 0, 0), "Europe/London")).toBe("Sun 2027-03-28 02:00:00 Europe/London");
});

it.each([
  [999, "999 ms"],
  [4_200, "4.2 s"],
  [180_000, "3 min"],
  [7_500_000, "2 h 5 min"],
  [7_200_000, "2 h"],
  [259_200_000, "3 days"],
])("a span of %d ms is told as %s", (milliseconds, text) => expect(span(milliseconds)).toBe(text));
