import type { OnLate } from "@wedsync/contracts/scheduler";
import * as fc from "fast-check";
import { latenessAt } from "./lateness.js";

const rule = fc.record({
  deadline: fc.integer({ min: 0, max: 1_000 }),
  expiresAt: fc.integer({ min: 0, max: 1_000 }),
  onLate: fc.constantFrom<OnLate>("run", "skip", "hold"),
});

it("SCH-13: work in time starts; late work runs until it expires, is skipped, or is held, as its module says", () => {
  fc.assert(
    fc.property(rule, fc.integer({ min: 0, max: 1_100 }), ({ deadline, expiresAt, onLate }, now) => {
      const { decision } = latenessAt(now, { deadline, expiresAt, onLate });
      const late = now > deadline;
      const expired = now > expiresAt;
      if (!late && !expired) expect(decision).toBe("start");
      else if (onLate === "hold") expect(decision).toBe("hold");
      else if (expired) expect(decision).toBe("skip");
      else expect(decision).toBe(onLate === "run" ? "start" : "skip");
    }),
  );
});

it("INVARIANTS 20: nothing starts after it expired, and what was skipped or held for time never starts later", () => {
  fc.assert(
    fc.property(rule, fc.integer({ min: 0, max: 1_100 }), fc.nat({ max: 500 }), (each, now, later) => {
      if (latenessAt(now, each).decision === "start") expect(now).toBeLessThanOrEqual(each.expiresAt);
      else expect(latenessAt(now + later, each).decision).not.toBe("start");
    }),
  );
});

it("SCH-13: the decision says which limit was passed", () => {
  const rule = { deadline: 10, expiresAt: 20 };
  expect(latenessAt(11, { ...rule, onLate: "hold" })).toEqual({
    decision: "hold",
    reason: { code: "late", params: { deadline: 10 } },
  });
  expect(latenessAt(11, { ...rule, onLate: "skip" })).toEqual({
    decision: "skip",
    reason: { code: "late", params: { deadline: 10 } },
  });
  expect(latenessAt(21, { ...rule, onLate: "run" })).toEqual({
    decision: "skip",
    reason: { code: "expired", params: { expiresAt: 20 } },
  });
});
