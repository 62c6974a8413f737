// LOG-4 for the read model `executions`: delivered twice, or woven differently, is the same; and it says what the decider says.
import { executionDecider } from "@wedsync/scheduler";
import * as fc from "fast-check";
import { applyAll, sorted } from "../testing/apply-all.js";
import { histories, interleaved, recorded } from "../testing/histories.js";
import { executions } from "./executions.js";
import { utcDay } from "./utc-day.js";

const picks = fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 40 });

describe("the read model executions", () => {
  it("LOG-4: streams interleaved differently give the same rows", () => {
    fc.assert(
      fc.property(histories, picks, picks, (lives, one, other) => {
        const streams = lives.map(recorded);
        expect(sorted(applyAll(executions, interleaved(streams, one)))).toStrictEqual(
          sorted(applyAll(executions, interleaved(streams, other))),
        );
      }),
    );
  });

  it("LOG-4: events delivered again, alone or as a run, change nothing", () => {
    fc.assert(
      fc.property(histories, picks, fc.nat(), fc.nat(), (lives, order, from, count) => {
        const events = interleaved(lives.map(recorded), order);
        const start = from % events.length;
        const again = events.slice(start, start + 1 + (count % events.length));
        expect(sorted(applyAll(executions, [...events, ...again]))).toStrictEqual(sorted(applyAll(executions, events)));
        const doubled = events.flatMap((event) => [event, event]);
        expect(sorted(applyAll(executions, doubled))).toStrictEqual(sorted(applyAll(executions, events)));
      }),
    );
  });

  it("LOG-4 SCENARIOS S9: leaving one stream out leaves the rows of the others as they are", () => {
    fc.assert(
      fc.property(histories, picks, (lives, order) => {
        const streams = lives.map(recorded);
        const parked = streams[0]?.[0]?.stream;
        const all = sorted(applyAll(executions, interleaved(streams, order)));
        const without = sorted(applyAll(executions, interleaved(streams.slice(1), order)));
        expect(without).toStrictEqual(all.filter(([key]) => key !== parked));
      }),
    );
  });

  it("AGG-1: status and due time are those of the scheduler's own fold, whatever the history", () => {
    fc.assert(
      fc.property(histories, (lives) => {
        const rows = applyAll(executions, lives.flatMap(recorded));
        for (const [index, life] of lives.entries()) {
          const state = life.reduce(executionDecider.evolve, executionDecider.initialState);
          const row = rows.get(recorded(life, index)[0]?.stream ?? "");
          expect(row).toMatchObject({ status: state.phase, version: life.length, vendor: state.work?.vendor });
          expect(row?.["due_at"]).toBe(state.work?.dueAt);
          const planned = life.findLast(({ type }) => type === "ExecutionRequested" || type === "ExecutionRescheduled");
          if (planned !== undefined && "work" in planned.data && planned.data.work !== undefined)
            expect(row?.["day"]).toBe(utcDay(planned.data.work.dueAt));
        }
      }),
    );
  });
});
